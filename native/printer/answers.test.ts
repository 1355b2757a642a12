import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerGapMs, initialParser, parseAnswers, type Answer, type ParserState } from './answers.ts'
import { fromAsb, healthy, statusOf, withRealTime, type Sensors } from './status.ts'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly n?: number
  readonly replyHex?: string
  readonly hex?: string
  readonly chunks?: readonly string[]
  readonly meaning?: string
}
const file = new URL('../../test/fixtures/vectors/escpos.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }
const of = (kind: string): readonly Vector[] => vectors.filter((vector) => vector.kind === kind)
const bytes = (hex = ''): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const parse = (...chunks: readonly Uint8Array[]): { answers: Answer[]; discarded: number } => parseAwaiting('text', ...chunks)
function parseAwaiting(awaited: 'text' | 'keys', ...chunks: readonly Uint8Array[]): { answers: Answer[]; discarded: number } {
  let state: ParserState = { ...initialParser, awaited }
  const answers: Answer[] = []
  let discarded = 0
  for (const chunk of chunks) {
    const step = parseAnswers(state, chunk, 0)
    state = step.state
    answers.push(...step.answers)
    discarded += step.discarded
  }
  return { answers, discarded }
}

const meanings: Readonly<Record<string, (sensors: Sensors) => boolean>> = {
  online: (s) => !s.offline,
  'offline, drawer pin high': (s) => s.offline,
  'no offline cause': (s) => !s.coverOpen && !s.paperOut,
  'paper fed by button': (s) => !s.coverOpen && !s.paperOut,
  'cover open and paper end': (s) => s.coverOpen && s.paperOut,
  'recoverable error': (s) => s.fault && !s.cutter,
  'auto-recoverable error (head hot, cover)': (s) => s.fault && !s.cutter,
  'near end': (s) => s.nearEnd && !s.paperOut,
  'all well': (s) => statusOf(s).error === null,
  'offline, paper out (near end too)': (s) => s.offline && s.paperOut && s.nearEnd,
  'offline, cutter error': (s) => s.offline && s.cutter,
  'auto-recoverable error': (s) => s.offline && s.fault,
}

describe('golden answers', () => {
  it.each(of('dle-eot'))('$id means $meaning', ({ n, replyHex, meaning }) => {
    const { answers } = parse(bytes(replyHex))
    expect(answers).toEqual([{ kind: 'real-time', byte: Number.parseInt(replyHex ?? '', 16) }])
    expect(meanings[meaning ?? '']?.(withRealTime(healthy, n ?? 0, Number.parseInt(replyHex ?? '', 16)))).toBe(true)
  })

  it.each(of('dle-eot-invalid'))('$id is no status answer', ({ replyHex }) => {
    expect(parse(bytes(replyHex)).answers.filter((answer) => answer.kind === 'real-time')).toEqual([])
  })

  it.each(of('asb'))('$id means $meaning', ({ hex, meaning }) => {
    const [answer] = parse(bytes(hex)).answers
    expect(answer?.kind === 'asb' && meanings[meaning ?? '']?.(fromAsb(answer.bytes))).toBe(true)
  })

  it.each(of('stream'))('$id is put together', ({ chunks }) => {
    const [answer] = parse(...(chunks ?? []).map(bytes)).answers
    expect(answer?.kind === 'asb' && fromAsb(answer.bytes).paperOut).toBe(true)
  })

  it.each(of('process-id'))('$id carries its own id only', ({ replyHex }) => {
    expect(parse(bytes(replyHex)).answers).toEqual([{ kind: 'process-id', id: '0001' }])
  })
})

describe('the stream', () => {
  it('takes flow control, names and paper answers', () => {
    expect(parse(bytes('13115F4550534F4E0003')).answers).toEqual([
      { kind: 'flow', on: false }, { kind: 'flow', on: true }, { kind: 'text', text: 'EPSON' }, { kind: 'paper', byte: 3 },
    ])
  })

  it('takes the keys of stored pictures when they were asked for, however they are sliced', () => {
    const empty = parseAwaiting('keys', bytes('37724000'))
    expect(empty.answers).toEqual([{ kind: 'keys', keys: [], more: false }])
    const sliced = [...bytes('3772416D616D6200')].map((byte) => Uint8Array.of(byte))
    expect(parseAwaiting('keys', ...sliced).answers).toEqual([{ kind: 'keys', keys: ['ma', 'mb'], more: true }])
    expect(parse(bytes('3772406D6100')).answers.some((answer) => answer.kind === 'keys')).toBe(false)
    expect(parseAwaiting('keys', bytes('3772406D0012')).answers.at(-1)).toEqual({ kind: 'real-time', byte: 0x12 })
  })

  it('drops an answer that 200 ms of silence broke off, and takes the next', () => {
    const first = parseAnswers(initialParser, bytes('1800'), 0)
    const second = parseAnswers(first.state, bytes('0F'), answerGapMs + 50)
    expect(second.answers.some((answer) => answer.kind === 'asb')).toBe(false)
    const third = parseAnswers(second.state, bytes('18000F00'), answerGapMs + 60)
    expect(third.answers.at(-1)).toEqual({ kind: 'asb', bytes: [0x18, 0, 0x0f, 0] })
  })

  it('finds every whole answer behind any garbage, in any slicing (20,000 frames)', () => {
    let seed = 20_261_123
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const frames = ['18000F00', '10000000', '38000C00', '37223030303100', '37227A397A3900', '12', '16', '11']
    let state = initialParser
    for (let round = 0; round < 20_000; round++) {
      const garbage = Array.from({ length: random(12) }, () => random(256))
      const frame = bytes(frames[random(frames.length)])
      const stream = [...garbage, ...frame]
      const answers: Answer[] = []
      for (let at = 0; at < stream.length; ) {
        const size = 1 + random(5)
        const step = parseAnswers(state, Uint8Array.from(stream.slice(at, at + size)), 0)
        state = step.state
        answers.push(...step.answers)
        at += size
      }
      const [wanted] = parse(frame).answers
      expect(answers.at(-1), `garbage ${Buffer.from(garbage).toString('hex')} frame ${Buffer.from(frame).toString('hex')}`).toEqual(wanted)
      expect(state.pending).toEqual([])
    }
  })

  it('never grows and never throws on noise of all bytes', () => {
    let state = initialParser
    let seed = 7
    for (let round = 0; round < 5_000; round++) {
      const noise = Uint8Array.from({ length: 16 }, () => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) & 0xff)
      state = parseAnswers(state, noise, 0).state
      expect(state.pending.length).toBeLessThan(90)
    }
  })
})

describe('what people are told', () => {
  it.each([
    [{}, { paper: 'ok', cover: 'closed', online: true, error: null }],
    [{ nearEnd: true }, { paper: 'near-end', cover: 'closed', online: true, error: null }],
    [{ paperOut: true, nearEnd: true, offline: true }, { paper: 'out', cover: 'closed', online: false, error: 'paper-out' }],
    [{ coverOpen: true, paperOut: true, offline: true }, { paper: 'out', cover: 'open', online: false, error: 'cover-open' }],
    [{ cutter: true, offline: true }, { paper: 'ok', cover: 'closed', online: false, error: 'cutter' }],
    [{ fault: true }, { paper: 'ok', cover: 'closed', online: false, error: 'offline' }],
    [{ offline: true }, { paper: 'ok', cover: 'closed', online: false, error: 'offline' }],
  ] as const)('%j', (change, status) => {
    expect(statusOf({ ...healthy, ...change })).toEqual(status)
  })

  it('silence is unreachable', () => {
    expect(statusOf(null)).toEqual({ paper: 'ok', cover: 'closed', online: false, error: 'unreachable' })
  })
})
