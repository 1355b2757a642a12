import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memoryPair } from '#native/transport/memory.ts'
import { TerminalError, type ChargeResult } from '../port.ts'
import { encodeApdu } from './apdu.ts'
import { openZvt } from './driver.ts'
import { encodeFrame } from './frame.ts'
import { findZvtProfile } from './profile.ts'

const generic = findZvtProfile('generic')
if (!generic) throw new Error('no generic profile')
const profile = { ...generic, timers: { gapMs: 1, ackMs: 2, answerMs: 5, completionMs: 8, pollMs: 1 } }

const message = fc.tuple(
  fc.constantFrom(0x8000, 0x8400, 0x8483, 0x849c, 0x040f, 0x04ff, 0x04f0, 0x060f, 0x061e, 0x06d1, 0x06d3, 0x06e0, 0x0601),
  fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('2700', '270004000000050000870008', '2705', '0a', '00').map((text) => Uint8Array.from(Buffer.from(text, 'hex')))),
)
const said = fc.oneof(message.map(([control, data]) => encodeApdu({ control, data })), fc.uint8Array({ maxLength: 30 }))

/** A terminal out of its mind: whatever it is told, it says the next of these. */
async function against(babble: readonly Uint8Array[], framed: boolean) {
  const { a, b } = memoryPair('fuzz')
  let next = 0
  b.onData(() => {
    const one = babble[next++ % babble.length] ?? new Uint8Array()
    if (next < 60) void b.write(framed ? Uint8Array.from([0x06, ...encodeFrame(one)]) : one).catch(() => undefined)
  })
  const terminal = openZvt(framed ? 'serial:/dev/memory' : 'tcp://127.0.0.1:1', { profile, exponent: 0, connect: () => Promise.resolve(a) })
  const recorded: ChargeResult[] = []
  try {
    const result = await terminal.charge({ reference: 'R', amount: 50_000, at: Date.now(), lastReceipt: '0007' }, { record: (one) => void recorded.push(one) })
    return { result, recorded }
  } catch (error) {
    expect(error).toBeInstanceOf(TerminalError)
    return { result: null, recorded }
  } finally {
    await terminal.close()
  }
}

it('600 terminals out of their mind: each charge ends, with the asked amount, and is recorded as approved once at most', async () => {
  let begun = 0
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 8 }), fc.boolean(), async (babble, framed) => {
      // registered first, so that the charge is reached
      const registered = [encodeApdu({ control: 0x8000, data: new Uint8Array() }), encodeApdu({ control: 0x060f, data: new Uint8Array() })]
      const { result, recorded } = await against([...registered, ...babble], framed)
      if (result) begun++
      if (result?.outcome === 'approved') expect(result.amount).toBe(50_000)
      expect(recorded.filter(({ outcome }) => outcome === 'approved').length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 600 },
  )
  expect(begun).toBeGreaterThan(200)
})
