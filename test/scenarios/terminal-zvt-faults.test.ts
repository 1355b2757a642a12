import { describe, expect, it } from 'vitest'
import { cutEverywhere, sellUnderFaults } from './terminal-faults/run.ts'
import { zvtUnderFaults } from './terminal-faults/zvt.ts'

/** R6 for ZVT, a slice: nothing charged twice, nothing paid and unrecorded or recorded and unpaid, nothing left unknown. `npm run bench -- R6` runs all. */
describe.each([zvtUnderFaults(true), zvtUnderFaults(false)])('$name', (protocol) => {
  it('the line cut at every single byte of a sale, in each direction', async () => {
    const summary = await cutEverywhere(protocol)
    expect(summary.violations).toEqual([])
    expect(summary.sales).toBeGreaterThan(400)
    expect(summary.unknown).toBeGreaterThan(50)
  })

  it('500 sales with random faults: cuts, noise, and either side killed', async () => {
    const summary = await sellUnderFaults(protocol, 500, 20_261_122)
    expect(summary.violations).toEqual([])
    expect(summary.sales).toBe(500)
    expect(summary.unknown).toBeGreaterThan(50)
    expect(summary.approved).toBeGreaterThan(50)
  })
})
