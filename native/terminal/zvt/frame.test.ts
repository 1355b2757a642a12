import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeApdu } from './apdu.ts'
import { parseEnquired, parseRegistered } from './completion.ts'
import { crc16 } from './crc.ts'
import { encodeFrame, FrameReceiver, type FrameEvent } from './frame.ts'
import { parsePrintBlock, parsePrintLine } from './print.ts'
import { parseStatusInfo } from './status-info.ts'
import { parseTotals } from './totals.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const kinds = (events: readonly FrameEvent[]): string => events.map(({ kind }) => kind).join(' ')

it('CRC-16/KERMIT of the standard check string', () => {
  expect(crc16(Buffer.from('123456789'))).toBe(0x2189)
})

describe('received', () => {
  it.each([
    ['ACK glued to a frame', '06' + '10028000001003f51f', 'ack frame'],
    ['noise between frames, also a lone 10', '00ff1055' + '10028000001003f51f', 'frame'],
    ['ACK behind a lone 10', '1006', 'ack'],
    ['wrong CRC', '10028000001003f51e', 'bad'],
    ['a frame that begins inside another', '1002060110028000001003f51f', 'frame'],
    ['a frame that begins inside a wrong CRC; the 06 before it is no ACK', '100206011003' + '10028000001003f51f', 'bad frame'],
    ['garbage ends in 10: the start of the frame looks stuffed', '1002aa10' + '10028000001003f51f', 'bad frame'],
  ])('%s', (_name, text, want) => {
    expect(kinds(new FrameReceiver().push(hex(text)))).toBe(want)
  })

  it('a CRC of 10 03, 06 15 is taken as it is', () => {
    // found by trying: APDUs whose CRC bytes are control characters
    for (const [low, high] of [[0x10, 0x03], [0x06, 0x15], [0x10, 0x02]] as const) {
      const apdu = apduWithCrc(low, high)
      const frame = encodeFrame(apdu)
      expect(frame.slice(-2)).toEqual(Uint8Array.of(low, high))
      expect(new FrameReceiver().push(frame)).toEqual([{ kind: 'frame', apdu }])
    }
  })

  it('silence in the middle ends it, and the next frame is whole', () => {
    const receiver = new FrameReceiver()
    expect(receiver.push(hex('100206'))).toEqual([])
    expect(receiver.midFrame).toBe(true)
    expect(kinds(receiver.abandon())).toContain('bad')
    expect(kinds(receiver.push(hex('10028000001003f51f')))).toBe('frame')
  })
})

function apduWithCrc(low: number, high: number): Uint8Array {
  for (let n = 0; n < 0x20000; n++) {
    const apdu = Uint8Array.of(0x80, 0, 3, n & 0xff, (n >> 8) & 0xff, n >> 16)
    if (crc16([...apdu, 3]) === (low | (high << 8))) return apdu
  }
  throw new Error('no such APDU')
}

const good = encodeFrame(Uint8Array.of(0x04, 0x0f, 0x02, 0x27, 0x00))
const goodApdu = [0x04, 0x0f, 0x02, 0x27, 0x00]
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  // bytes that mean something on this line
  fc.array(fc.constantFrom(0x10, 0x02, 0x03, 0x06, 0x15, 0x04, 0x0f, 0xff), { maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
  fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => Uint8Array.from(good, (one, i) => (i === at ? byte : one))),
  fc.nat(good.length - 1).map((length) => good.slice(0, length)),
)

it('20,000 times garbage: no crash, and the frame right behind it is accepted', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(garbage, { minLength: 20, maxLength: 20 }), fc.integer({ min: 1, max: 30 }), (pieces, cut) => {
      const receiver = new FrameReceiver()
      const stream = Buffer.concat(pieces.flatMap((piece) => [piece, good]))
      const events: FrameEvent[] = []
      for (let at = 0; at < stream.length; at += cut) events.push(...receiver.push(stream.subarray(at, at + cut)))
      const found = events.filter((event) => event.kind === 'frame' && Buffer.compare(event.apdu, Uint8Array.from(goodApdu)) === 0).length
      expect(found).toBeGreaterThanOrEqual(pieces.length)
      accepted += found
    }),
    { numRuns: 1_000 },
  )
  expect(accepted).toBeGreaterThanOrEqual(20_000)
})

it('20,000 times random data: every parser gives what it can read and none throws', () => {
  const tagged = fc.array(fc.tuple(fc.constantFrom(0x04, 0x06, 0x22, 0x27, 0x3c, 0x60, 0x87, 0x8b, 0x99, 0xf1), fc.uint8Array({ maxLength: 12 })), { maxLength: 8 })
  const data = fc.oneof(fc.uint8Array({ maxLength: 300 }), tagged.map((fields) => Uint8Array.from(fields.flatMap(([tag, value]) => [tag, ...value]))))
  let read = 0
  fc.assert(
    fc.property(data, (bytes) => {
      const status = parseStatusInfo(bytes)
      read += status.fields.fields.length
      const kept = status.fields.fields.reduce((sum, { value }) => sum + value.length, 0) + status.fields.rest.length
      expect(kept).toBeLessThanOrEqual(bytes.length)
      decodeApdu(bytes)
      parseEnquired(bytes)
      parseRegistered(bytes)
      parseTotals(bytes, 0)
      parsePrintLine(bytes, 'cp437')
      parsePrintBlock(bytes, 'cp437')
    }),
    { numRuns: 20_000 },
  )
  expect(read).toBeGreaterThan(3_000)
})
