import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createInterpreter } from './interpret.ts'
import { createLineAssembler } from './line-assembler.ts'

const good = Buffer.from('066187003095||H’Hương Niê Kdăm|02091987|Nữ|Buôn A, xã Hòa Phú|15062021\r')
const line = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ maxLength: 120, unit: 'binary' }).map((text) => Buffer.from(text)),
  fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => Buffer.from(good.map((one, i) => (i === at ? byte : one)))),
  fc.stringMatching(/^[IAC][A-Z0-9<]{29}$/).map((text) => Buffer.from(`${text}\r\n`)),
)

it('survives 10,000 lines of garbage and reads the card right after each', () => {
  let cards = 0
  fc.assert(
    fc.property(fc.array(line, { minLength: 10, maxLength: 10 }), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }), (lines, cuts) => {
      const assembler = createLineAssembler()
      const interpreter = createInterpreter(() => '2026-11-23')
      const stream = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\r'), good]))
      const found = []
      for (let at = 0, i = 0; at < stream.length; i++) {
        const size = cuts[i % cuts.length] ?? 1
        found.push(...assembler.push(stream.subarray(at, at + size)).flatMap((each) => interpreter.line(each)))
        at += size
      }
      found.push(...interpreter.flush())
      const read = found.filter((scan) => scan.kind === 'cccd' && scan.fullName === 'H’Hương Niê Kdăm')
      expect(read.length).toBeGreaterThanOrEqual(lines.length)
      cards += read.length
    }),
    { numRuns: 1000 },
  )
  expect(cards).toBeGreaterThanOrEqual(10_000)
})
