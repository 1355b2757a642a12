import { answerGapMs, initialParser, parseAnswers, type ParserState } from '#native/printer/answers.ts'
import { acr122sCodec } from '#native/reader/chip/wire/acr122s-frame.ts'
import type { FrameCodec } from '#native/reader/chip/wire/frame-codec.ts'
import { pn532Codec } from '#native/reader/chip/wire/pn532-frame.ts'
import { createInterpreter } from '#native/reader/interpret.ts'
import { createLineAssembler } from '#native/reader/line-assembler.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { createFrameParser, encodeFrame as encodeEcr } from '#native/terminal/ecr/frame.ts'
import { encodeFrame as encodeZvt, FrameReceiver } from '#native/terminal/zvt/frame.ts'
import type { Random } from './random.ts'

/** One parser with the state of its line. What it understood comes as texts, to be compared. */
export interface OpenParser {
  push(bytes: Uint8Array): readonly string[]
  /** The line falls silent for as long as the protocol says ends a frame. */
  pause(): readonly string[]
}

/** A parser of the program and the frames it lives on. */
export interface FuzzedParser {
  readonly name: string
  readonly open: () => OpenParser
  /** A good frame and what the parser must say of it. */
  readonly frame: (random: Random) => { readonly bytes: Uint8Array; readonly says: string }
  /** Between rubbish and the good frame the line is silent: this protocol has no other way to tell where a frame begins. */
  readonly pauses: boolean
  /** What only a whole frame makes the parser say; by default its content in hex. */
  readonly wholeFrame?: RegExp
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

function printerAnswers(awaited: ParserState['awaited']): OpenParser {
  let state: ParserState = { ...initialParser, awaited }
  let now = 0
  const take = (bytes: Uint8Array): readonly string[] => {
    const parsed = parseAnswers(state, bytes, now)
    state = parsed.state
    return parsed.answers.map((answer) => JSON.stringify(answer))
  }
  return {
    push: take,
    pause: () => {
      now += answerGapMs + 1
      return take(new Uint8Array())
    },
  }
}

function scanner(): OpenParser {
  const assembler = createLineAssembler()
  const interpreter = createInterpreter(() => '2026-11-23')
  const scans = (lines: ReturnType<typeof assembler.push>): readonly string[] => lines.flatMap((line) => interpreter.line(line)).map((scan) => JSON.stringify(scan))
  return { push: (bytes) => scans(assembler.push(bytes)), pause: () => [...scans(assembler.silence()), ...interpreter.flush().map((scan) => JSON.stringify(scan))] }
}

function zvt(): OpenParser {
  const receiver = new FrameReceiver()
  const said = (events: ReturnType<typeof receiver.push>): readonly string[] => events.map((event) => (event.kind === 'frame' ? hex(event.apdu) : event.kind))
  return { push: (bytes) => said(receiver.push(bytes)), pause: () => said(receiver.abandon()) }
}

function ecr(length: 'bcd' | 'binary'): OpenParser {
  const parser = createFrameParser({ length, lrcStart: 0 })
  const said = (events: ReturnType<typeof parser.push>): readonly string[] => events.map((event) => (event.kind === 'frame' ? hex(event.data) : event.kind))
  return { push: (bytes) => said(parser.push(bytes)), pause: () => said(parser.silence()) }
}

function chip(codec: FrameCodec): OpenParser {
  let rest: Uint8Array = new Uint8Array()
  return {
    push: (bytes) => {
      const parsed = codec.parse(Uint8Array.of(...rest, ...bytes))
      rest = parsed.rest
      return parsed.events.map((event) => (event.kind === 'answer' ? hex(event.payload) : event.kind))
    },
    // an exchange that got no answer in time begins the next one with nothing in hand
    pause: () => {
      rest = new Uint8Array()
      return []
    },
  }
}

const framed = (encode: (data: Uint8Array) => Uint8Array) => (random: Random) => {
  const data = random.bytes(3 + random.below(40))
  return { bytes: encode(data), says: hex(data) }
}

/** The reader's side of an ACR122S frame: as ours, of type 80. */
function acr122sAnswer(data: Uint8Array): Uint8Array {
  const inner = Uint8Array.of(0x80, data.length, 0, 0, 0, 0, 7, 0, 0, 0, ...data)
  return Uint8Array.of(0x02, ...inner, inner.reduce((sum, byte) => sum ^ byte, 0), 0x03)
}

function pn532Answer(data: Uint8Array): Uint8Array {
  const body = Uint8Array.of(0xd5, ...data)
  return Uint8Array.of(0, 0, 0xff, body.length, -body.length & 0xff, ...body, -body.reduce((sum, byte) => sum + byte, 0) & 0xff, 0)
}

const asb = { '18000f00': [0x18, 0, 0x0f, 0], '10000000': [0x10, 0, 0, 0], '38000c00': [0x38, 0, 0x0c, 0] }
const printerFrame = (random: Random) => {
  const id = random.text(4, '0123456789abcdefghijklmnopqrstuvwxyz')
  const reports = Object.entries(asb).map(([bytes, report]) => ({ bytes: fromHex(bytes), says: JSON.stringify({ kind: 'asb', bytes: report }) }))
  return random.pick([{ bytes: Uint8Array.of(0x37, 0x22, ...Buffer.from(id), 0), says: JSON.stringify({ kind: 'process-id', id }) }, ...reports])
}
const nameFrame = (random: Random) => {
  const text = random.text(1 + random.below(20), 'ABCDEFGHIJ 0123456789-')
  return { bytes: Uint8Array.of(0x5f, ...Buffer.from(text), 0), says: JSON.stringify({ kind: 'text', text }) }
}
const keysFrame = (random: Random) => {
  const keys = Array.from({ length: random.below(4) }, () => random.text(2, 'abcxyz'))
  return { bytes: Uint8Array.of(0x37, 0x72, 0x40, ...Buffer.from(keys.join('')), 0), says: JSON.stringify({ kind: 'keys', keys, more: false }) }
}

/** What a scanner's line must be understood as: asked of a fresh one, once a line. */
function scannedAs(line: string): { readonly bytes: Uint8Array; readonly says: string } {
  const bytes = Buffer.from(line)
  const says = scanner().push(bytes).at(-1)
  if (says === undefined || says.includes('"invalid"')) throw new Error(`not a good line: ${line}`)
  return { bytes, says }
}
const cardLines = simCards.map(({ qr }) => scannedAs(`${qr}\r`))
const zoneLines = simCards.map(({ mrz }) => scannedAs(`${mrz.join('\r')}\r`))
const codeFrame = (random: Random) => {
  const code = `H15.50.05.13-261123-${random.text(4, '0123456789')}`
  return { bytes: Buffer.from(`${code}\r`), says: JSON.stringify({ kind: 'dossier', code }) }
}

/** Every parser of bytes from devices. A new one is a line here. */
export const fuzzedParsers: readonly FuzzedParser[] = [
  { name: 'printer answers', open: () => printerAnswers(null), frame: printerFrame, pauses: false, wholeFrame: /"process-id"/ },
  { name: 'printer names', open: () => printerAnswers('text'), frame: nameFrame, pauses: true },
  { name: 'printer pictures', open: () => printerAnswers('keys'), frame: keysFrame, pauses: true },
  { name: 'scanner, cards', open: scanner, frame: (random) => random.pick(cardLines), pauses: true },
  { name: 'scanner, MRZ', open: scanner, frame: (random) => random.pick(zoneLines), pauses: true },
  { name: 'scanner, dossiers', open: scanner, frame: codeFrame, pauses: true },
  { name: 'ZVT', open: zvt, frame: framed(encodeZvt), pauses: false },
  { name: 'ECR, BCD length', open: () => ecr('bcd'), frame: framed((data) => encodeEcr(data, { length: 'bcd', lrcStart: 0 })), pauses: false },
  { name: 'ECR, binary length', open: () => ecr('binary'), frame: framed((data) => encodeEcr(data, { length: 'binary', lrcStart: 0 })), pauses: false },
  { name: 'ACR122S', open: () => chip(acr122sCodec), frame: framed(acr122sAnswer), pauses: false },
  { name: 'PN532', open: () => chip(pn532Codec), frame: framed(pn532Answer), pauses: false },
]
