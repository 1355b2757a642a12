import { cutFrames, type FrameAt, type FrameCodec } from './frame-codec.ts'

const [toReader, fromReader, errorFrame] = [0xd4, 0xd5, 0x7f]
const start = [0x00, 0x00, 0xff] as const

const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => total + byte, 0) & 0xff
const complement = (value: number): number => -value & 0xff

/** A frame of the PN532 user manual 6.2.1: normal up to 254 bytes after `D4`, extended beyond. `payload` begins with the command code. */
export function encodePn532(payload: Uint8Array): Uint8Array {
  const data = Uint8Array.of(toReader, ...payload)
  const [high, low] = [data.length >> 8, data.length & 0xff]
  const length = data.length <= 0xff ? [low, complement(low)] : [0xff, 0xff, high, low, complement(high + low)]
  return Uint8Array.of(...start, ...length, ...data, complement(sum(data)), 0x00)
}

/** Length of the data at `at + 2` and where it begins; a confirmation or nothing where there is no data. */
function lengthAt(bytes: Uint8Array, at: number): { readonly length: number; readonly begin: number } | 'partial' | 'none' {
  const [len, lcs, high, low, check] = bytes.subarray(at + 2, at + 7)
  if (len === undefined || lcs === undefined) return 'partial'
  if (len !== 0xff || lcs !== 0xff) return len > 0 && ((len + lcs) & 0xff) === 0 ? { length: len, begin: at + 4 } : 'none'
  if (high === undefined || low === undefined || check === undefined) return 'partial'
  const length = high * 0x100 + low
  return ((high + low + check) & 0xff) === 0 && length > 0 && length <= 0x109 ? { length, begin: at + 7 } : 'none'
}

function dataAt(bytes: Uint8Array, at: number): FrameAt {
  const found = lengthAt(bytes, at)
  if (typeof found === 'string') return found
  const end = found.begin + found.length
  if (bytes.length < end + 1) return 'partial'
  const length = end + 1 - at
  const data = bytes.slice(found.begin, end)
  if (sum(bytes.subarray(found.begin, end + 1)) !== 0) return { length, event: { kind: 'damaged' }, checked: false }
  if (data[0] === fromReader) return { length, event: { kind: 'answer', seq: null, payload: data.slice(1) }, checked: true }
  // `7F` alone: the reader doesn't know the command
  if (data[0] === errorFrame && data.length === 1) return { length, event: { kind: 'answer', seq: null, payload: data }, checked: true }
  // our own frame, on a cable with echo
  return data[0] === toReader ? { length, event: null, checked: true } : 'none'
}

/** Frames are found by their start code `00 FF`; the preamble before it and the `00` after them may be missing or longer. */
function frameAt(bytes: Uint8Array, at: number): FrameAt {
  if (bytes[at] !== 0x00) return 'none'
  if (at + 1 === bytes.length) return 'partial'
  if (bytes[at + 1] !== 0xff) return 'none'
  const [len, lcs] = bytes.subarray(at + 2, at + 4)
  if (len === 0x00 && lcs === 0xff) return { length: 4, event: { kind: 'confirmed' }, checked: false }
  if (len === 0xff && lcs === 0x00) return { length: 4, event: { kind: 'refused' }, checked: false }
  return dataAt(bytes, at)
}

/** Sent before the first command to a module in low power mode; what follows must be SAMConfiguration (user manual 7.2.11). */
export const pn532WakeUp = Uint8Array.of(0x55, 0x55, ...new Uint8Array(14))

/** Sent by us it ends what the module is doing. */
export const pn532Ack = Uint8Array.of(...start, 0x00, 0xff, 0x00)

/** NXP PN532 over high speed UART: `ACK` within 15 ms (more through adapters), then the answer. */
export const pn532Codec: FrameCodec = {
  encode: (payload) => encodePn532(payload),
  askAgain: Uint8Array.of(...start, 0xff, 0x00, 0x00),
  confirmMs: 400,
  parse: (bytes) => cutFrames(bytes, frameAt),
}
