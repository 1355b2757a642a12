import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameParser, encodeFrame, fromLength, lrc, toLength, type FrameEvent, type FrameFormat } from './frame.ts'
import { decodeMessage, encodeMessage, textOf, type MessageFormat } from './message.ts'
import { findEcrProfile } from './profile.ts'

interface Vector {
  readonly id: string
  readonly dialect?: string
  readonly hex: string
  readonly decoded: {
    readonly declared_len: number
    readonly format_version: string
    readonly req_resp: string
    readonly transaction_code: string
    readonly response_code: string
    readonly fields: readonly (readonly [string, number, string])[]
  }
}

const file = new URL('../../../test/fixtures/vectors/ecr.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }
const bcd: FrameFormat = { length: 'bcd', lrcStart: 0 }
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const profile = (id: string) => findEcrProfile(id) ?? expect.fail(`no profile ${id}`)

function frames(bytes: Uint8Array, format = bcd): readonly FrameEvent[] {
  const parser = createFrameParser(format)
  return [...parser.push(bytes), ...parser.silence()]
}
const dataOf = (events: readonly FrameEvent[]) => events.flatMap((event) => (event.kind === 'frame' ? [hex(event.data)] : []))

// pbb-void-ok is of the C200 dialect, which has no length: only its LRC can be judged here.
const framed = vectors.filter(({ id }) => id !== 'pbb-void-ok')
const ours = framed.filter(({ dialect }) => dialect === undefined)

describe('shared frames', () => {
  it.each(framed)('$id: read at once and byte by byte, written the same', (vector) => {
    const bytes = bytesOf(vector.hex)
    const [event, ...rest] = frames(bytes)
    expect(rest).toEqual([])
    expect(event?.kind === 'frame' && event.data.length).toBe(vector.decoded.declared_len)
    const parser = createFrameParser(bcd)
    expect([...bytes].flatMap((byte) => parser.push(Uint8Array.of(byte)))).toEqual([event])
    if (event?.kind === 'frame') expect(hex(encodeFrame(event.data, bcd))).toBe(vector.hex)
  })
  it('computes the LRC of the C200 dialect too', () => {
    const bytes = bytesOf(vectors.find(({ id }) => id === 'pbb-void-ok')?.hex ?? '')
    expect(lrc(bytes.subarray(1, -1), 0)).toBe(bytes.at(-1))
  })
})

describe('shared messages', () => {
  it.each(ours.filter(({ decoded }) => decoded.declared_len > 0))('$id: read and written the same', ({ hex: text, decoded }) => {
    const [event] = frames(bytesOf(text))
    const data = event?.kind === 'frame' ? event.data : new Uint8Array()
    const version = decoded.format_version === '31' ? '1' : '\u0001'
    const format: MessageFormat = { ...profile('generic').message, version }
    const message = decodeMessage(data, format)
    expect(message).toEqual({
      kind: decoded.req_resp === '0' ? 'request' : 'response',
      code: decoded.transaction_code,
      responseCode: decoded.response_code,
      more: false,
      fields: decoded.fields.map(([type, , value]) => ({ type, value })),
    })
    if (message) expect(hex(encodeFrame(encodeMessage(message, format), bcd))).toBe(text)
  })
  it('writes the handshake of Credibanco', () => {
    const handshake = encodeMessage({ kind: 'request', code: '00', responseCode: '', more: false, fields: [] }, profile('credibanco').message)
    expect(hex(encodeFrame(handshake, bcd))).toBe(vectors.find(({ id }) => id === 'credibanco-handshake')?.hex)
  })
  it('takes padding and NULs off a value', () => {
    const message = { kind: 'response', code: '20', responseCode: '00', more: false, fields: [{ type: '02', value: 'OK  \0  ' }, { type: '01', value: '      ' }] } as const
    expect([textOf(message, '02'), textOf(message, '01'), textOf(message, '64')]).toEqual(['OK', null, null])
  })
  it('keeps the good fields in front of a broken one', () => {
    const { message: format } = profile('generic')
    const whole = encodeMessage({ kind: 'response', code: '20', responseCode: '00', more: false, fields: [{ type: '01', value: '123456' }, { type: '65', value: '000001' }] }, format)
    expect(decodeMessage(whole.subarray(0, -3), format)?.fields).toEqual([{ type: '01', value: '123456' }])
  })
})

describe('damage', () => {
  const good = encodeFrame(Buffer.from('60000000001120000'), bcd)
  it.each([
    ['a wrong LRC', Uint8Array.of(...good.subarray(0, -1), 0)],
    ['no ETX', Uint8Array.of(...good.subarray(0, -2), 4, good.at(-1) ?? 0)],
    ['a frame that breaks off', good.subarray(0, 9)],
  ])('%s wants a NAK', (_, bytes) => {
    expect(frames(bytes)).toEqual([{ kind: 'broken' }])
  })
  it('a length that is no number, or too long, is noise', () => {
    for (const bytes of [bytesOf('020a00'), bytesOf('022001')]) expect(frames(bytes)).toEqual([])
  })
  it('ACK and NAK inside a broken frame are data', () => {
    expect(frames(Uint8Array.of(0x02, 0x00, 0x02, 0x06, 0x15, 0x03, 0xff))).toEqual([{ kind: 'broken' }])
  })
  it('a corrupt length does not eat the good frame behind it', () => {
    const corrupt = Uint8Array.from(good)
    corrupt[1] = 0x09
    expect(frames(Uint8Array.of(...corrupt, ...good)).at(-1)?.kind).toBe('frame')
  })
  it('ACK glued to a response', () => {
    expect(frames(Uint8Array.of(0x06, ...good)).map(({ kind }) => kind)).toEqual(['ack', 'frame'])
  })
})

describe('fuzz', () => {
  const format = fc.record({ length: fc.constantFrom('bcd' as const, 'binary' as const), lrcStart: fc.constantFrom(0, 0x7f) })
  it('what was written is read, in any slices', () => {
    fc.assert(
      fc.property(format, fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (how, datas, size) => {
        const stream = Buffer.concat(datas.map((data) => encodeFrame(data, how)))
        const parser = createFrameParser(how)
        const found = []
        for (let at = 0; at < stream.length; at += size) found.push(...parser.push(stream.subarray(at, at + size)))
        expect(dataOf(found)).toEqual(datas.map(hex))
        expect(parser.discarded()).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
  it('survives 20,000 pieces of garbage and reads the good frame right after each', () => {
    let read = 0
    const nasty = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 20 }).map((rest) => Uint8Array.of(0x02, 0x19, 0x99, ...rest)), fc.uint8Array({ max: 6, maxLength: 40 }))
    fc.assert(
      fc.property(format, nasty, fc.uint8Array({ minLength: 17, maxLength: 80 }), (how, garbage, data) => {
        const found = dataOf(frames(Buffer.concat([garbage, encodeFrame(data, how)]), how))
        // A false frame that spans the good one's beginning has a right LRC once in 256 × 256; then it was a frame.
        if (found.includes(hex(data))) read++
        decodeMessage(data, profile('generic').message)
      }),
      { numRuns: 20_000 },
    )
    expect(read).toBeGreaterThanOrEqual(19_990)
  })
  it('lengths in both codings', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9999 }), fc.constantFrom('bcd' as const, 'binary' as const), (value, coding) => fromLength(...toLength(value, coding), coding) === value))
  })
})
