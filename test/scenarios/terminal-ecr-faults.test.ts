import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Lane } from './terminal-faults/case.ts'
import { ecrUnderFaults } from './terminal-faults/ecr.ts'
import { cutEverywhere, sellUnderFaults } from './terminal-faults/run.ts'

/** R6 for the banks' ECR dialect, a slice: nothing charged twice, nothing paid and unrecorded or recorded and unpaid, nothing left unknown. */
it('the line cut at every single byte of a sale, in each direction', async () => {
  const summary = await cutEverywhere(ecrUnderFaults())
  expect(summary.violations).toEqual([])
  expect(summary.sales).toBeGreaterThan(200)
  expect(summary.unknown).toBeGreaterThan(150)
})

it('500 sales with random faults: cuts, noise, and either side killed', async () => {
  const summary = await sellUnderFaults(ecrUnderFaults(), 500, 20_261_122)
  expect(summary.violations).toEqual([])
  expect(summary.sales).toBe(500)
  expect(summary.unknown).toBeGreaterThan(50)
  expect(summary.approved).toBeGreaterThan(50)
})

it('a bank without any inquiry: what the till had recorded when it died is the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecr-'))
  const lane = new Lane(ecrUnderFaults('maybank'), folder)
  const endIsLine = 3
  const verdict = await lane.sell(50_000, { tillDiesAtLine: { atLine: endIsLine, written: 'nothing' } })
  lane.stop()
  rmSync(folder, { recursive: true })
  expect(verdict).toMatchObject({ outcome: 'approved', wasUnknown: true, violations: [] })
})
