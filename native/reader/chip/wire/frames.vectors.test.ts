import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acr122sCodec, encodeAcr122s, powerOn } from './acr122s-frame.ts'
import { newExchange, stepExchange, type Exchange, type ExchangeInput } from './exchange.ts'
import type { FrameCodec, FrameEvent } from './frame-codec.ts'
import { encodePn532, pn532Codec, pn532WakeUp } from './pn532-frame.ts'

interface ReaderVector {
  readonly id: string
  readonly kind: string
  readonly hex: string
  readonly host: string
  readonly status: string
  readonly ack: string
  readonly reader: string
  readonly values: Readonly<Record<string, string>>
  readonly decoded: Readonly<Record<string, string>> & { readonly seq: number; readonly answerSeq: number }
}

const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/readers.json', 'utf8')) as { vectors: readonly ReaderVector[] }
const of = (kind: string): readonly ReaderVector[] => vectors.filter((one) => one.kind === kind)
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex').toUpperCase()

/** Feeds a stream in slices and gives everything that was understood. */
function feed(codec: FrameCodec, stream: Uint8Array, slice = stream.length): readonly FrameEvent[] {
  const events: FrameEvent[] = []
  let rest: Uint8Array = new Uint8Array()
  for (let at = 0; at < stream.length; at += slice) {
    const parsed = codec.parse(Uint8Array.of(...rest, ...stream.subarray(at, at + slice)))
    events.push(...parsed.events)
    rest = parsed.rest
  }
  return events
}

describe('ACR122S frames', () => {
  it('questions and answers of the vectors, whole and byte by byte', () => {
    expect(of('acr122s').length).toBe(8)
    for (const { host, status, reader, decoded } of of('acr122s')) {
      expect(hex(acr122sCodec.encode(bytes(decoded['payload'] ?? ''), decoded.seq))).toBe(host)
      for (const slice of [1, 3, 999]) {
        expect(feed(acr122sCodec, bytes(status + reader), slice)).toEqual([
          { kind: 'confirmed' },
          { kind: 'answer', seq: decoded.answerSeq, payload: bytes(decoded['answerPayload'] ?? '') },
        ])
      }
    }
  })

  it('every status of the manuals; the power-on of example B with its right checksum', () => {
    for (const [frame] of Object.entries(of('acr122s-status')[0]?.values ?? {})) {
      expect(feed(acr122sCodec, bytes(frame), 1)).toEqual([{ kind: frame === '02000003' ? 'confirmed' : 'refused' }])
    }
    expect(feed(acr122sCodec, bytes(of('acr122s-error')[0]?.status ?? ''))).toEqual([{ kind: 'refused' }])
    expect(hex(encodeAcr122s(powerOn, new Uint8Array(), 1))).toBe('02620000000000010100006203')
  })

  it('a damaged answer is asked for again, one that needs time is waited for', () => {
    const [{ reader } = { reader: '' }] = of('acr122s')
    expect(feed(acr122sCodec, bytes(reader.replace('41', '42')))).toEqual([{ kind: 'damaged' }])
    expect(feed(acr122sCodec, bytes('0280000000000000800000' + '00' + '03'))).toEqual([{ kind: 'busy' }])
    expect(hex(acr122sCodec.askAgain)).toBe('02000000000000000000000003')
  })
})

describe('PN532 frames', () => {
  it('questions and answers of the vectors, whole and byte by byte', () => {
    expect(of('pn532-hsu').length).toBe(7)
    for (const { host, ack, reader, decoded } of of('pn532-hsu')) {
      expect(hex(encodePn532(bytes(host).slice(6, -2)))).toBe(host)
      for (const slice of [1, 4, 999]) {
        expect(feed(pn532Codec, bytes(ack + reader), slice)).toEqual([
          { kind: 'confirmed' },
          { kind: 'answer', seq: null, payload: bytes(decoded['answer'] ?? '').slice(1) },
        ])
      }
      // the cable echoes, the preamble is missing
      expect(feed(pn532Codec, bytes(host + ack.slice(2) + reader.slice(2))).map(({ kind }) => kind)).toEqual(['confirmed', 'answer'])
    }
  })

  it('error frame, wake-up, extended frames', () => {
    const raw = new Map(of('pn532-hsu-raw').map((one) => [one.id, one]))
    expect(feed(pn532Codec, bytes(raw.get('pn532-error')?.hex ?? ''))).toEqual([{ kind: 'answer', seq: null, payload: bytes('7F') }])
    expect(hex(pn532WakeUp)).toBe(raw.get('pn532-wakeup')?.host)
    const long = encodePn532(new Uint8Array(262).fill(0x5a))
    expect(hex(long.subarray(0, 10))).toBe('0000FFFFFF0107F8D45A')
    const answer = long.slice()
    answer[8] = 0xd5
    answer[long.length - 2] = ((answer[long.length - 2] ?? 0) - 1) & 0xff
    expect(feed(pn532Codec, answer, 7)).toEqual([{ kind: 'answer', seq: null, payload: new Uint8Array(262).fill(0x5a) }])
  })
})

describe('one exchange', () => {
  const run = (inputs: readonly ExchangeInput[]): string => {
    let state: Exchange = newExchange(7)
    const acts: string[] = []
    for (const input of inputs) {
      const step = stepExchange(state, input)
      if ('done' in step) return [...acts, `done ${hex(step.done)}`].join(' ')
      if ('failed' in step) return [...acts, step.failed].join(' ')
      acts.push(step.act)
      state = step.next
    }
    return acts.join(' ')
  }
  const answer = { kind: 'answer', seq: 7, payload: bytes('9000') } as const
  const only = <K extends 'confirmed' | 'refused' | 'damaged' | 'busy' | 'timeout'>(kind: K): { readonly kind: K } => ({ kind })

  it.each([
    ['the usual', [only('confirmed'), answer], 'wait done 9000'],
    ['the confirmation got lost', [answer], 'done 9000'],
    ['an old answer comes first', [only('confirmed'), { ...answer, seq: 6 }, answer], 'wait wait done 9000'],
    ['our frame was damaged', [only('refused'), only('confirmed'), answer], 'send wait done 9000'],
    ['its frame was damaged', [only('confirmed'), only('damaged'), answer], 'wait ask-again done 9000'],
    ['it needs time', [only('confirmed'), only('busy'), answer], 'wait wait done 9000'],
    ['nobody is there', [only('timeout'), only('timeout'), only('timeout')], 'send send silent'],
    ['it confirms and stays silent', [only('confirmed'), only('timeout'), only('timeout')], 'wait ask-again silent'],
    ['the line is bad', [only('refused'), only('refused'), only('refused')], 'send send damaged'],
    ['all answers are damaged', [only('damaged'), only('damaged'), only('damaged'), only('damaged')], 'ask-again ask-again ask-again damaged'],
  ] as const)('%s', (_, inputs, expected) => expect(run(inputs)).toBe(expected))
})

describe('fuzz', () => {
  const [acrAnswer, pnAnswer] = [bytes(of('acr122s')[5]?.reader ?? ''), bytes(of('pn532-hsu')[4]?.reader ?? '')]
  const mutated = (frame: Uint8Array) =>
    fc.tuple(fc.nat(frame.length - 1), fc.nat(255)).map(([at, byte]) => frame.map((one, i) => (i === at ? byte : one)))

  it.each([['ACR122S', acr122sCodec, acrAnswer], ['PN532', pn532Codec, pnAnswer]] as const)('%s: no garbage holds back the frame after it', (_, codec, good) => {
    let runs = 0
    const garbage = fc.oneof(fc.uint8Array({ maxLength: 80 }), mutated(good), fc.nat(good.length - 1).map((cut) => good.slice(0, cut)))
    fc.assert(
      fc.property(garbage, fc.integer({ min: 1, max: 40 }), (noise, slice) => {
        const [last] = feed(codec, Uint8Array.of(...noise, ...good), slice).filter(({ kind }) => kind === 'answer').slice(-1)
        const [expected] = feed(codec, good)
        expect(last).toEqual(expected)
        runs++
      }),
      { numRuns: 10_000 },
    )
    expect(runs).toBe(10_000)
  })
})
