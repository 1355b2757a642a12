import { cutFrames, type FrameAt, type FrameCodec, type FrameEvent } from './frame-codec.ts'

/** CCID message types that the ACR122S knows. */
export const powerOn = 0x62
export const exchange = 0x6f

const [stx, etx] = [0x02, 0x03]
const headerLength = 10
/** Longer messages are refused by the reader with status FE FE. */
const longest = 0x105

function xor(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0)
}

/** `02 | type, length LE32, slot 0, sequence, three bytes | data | xor of header and data | 03`. */
export function encodeAcr122s(type: number, payload: Uint8Array, seq: number): Uint8Array {
  const header = [type, payload.length & 0xff, payload.length >> 8, 0, 0, 0, seq, type === powerOn ? 0x01 : 0, 0, 0]
  const inner = Uint8Array.of(...header, ...payload)
  return Uint8Array.of(stx, ...inner, xor(inner), etx)
}

/** `02 xx xx 03`: the reader has the frame (00), or wants it again (FF checksum, FE length, FD end, FC and 99 time-out, FB slot). */
function statusAt(bytes: Uint8Array, at: number): FrameAt {
  const [first, second, last] = bytes.subarray(at + 1, at + 4)
  if (first === undefined || ![0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x99].includes(first)) return 'none'
  if ((second !== undefined && second !== first) || (last !== undefined && last !== etx)) return 'none'
  if (last === undefined) return 'partial'
  return { length: 4, event: { kind: first === 0x00 ? 'confirmed' : 'refused' }, checked: false }
}

function messageAt(bytes: Uint8Array, at: number): FrameAt {
  const header = bytes.subarray(at + 1, at + 1 + headerLength)
  const [type = 0x80, low = 0, middle = 0, high = 0, highest = 0, slot = 0, seq = 0, status = 0] = header
  const length = low + middle * 0x100
  if ((type !== 0x80 && type !== 0x81) || high !== 0 || highest !== 0 || slot !== 0 || length > longest) return 'none'
  const whole = bytes.subarray(at, at + headerLength + length + 3)
  if (header.length < headerLength || whole.length < headerLength + length + 3) return 'partial'
  const right = xor(whole.subarray(1, -2)) === whole.at(-2) && whole.at(-1) === etx
  if (!right) return { length: whole.length, event: { kind: 'damaged' }, checked: false }
  const moreTime = (status & 0xc0) === 0x80
  const answer: FrameEvent = { kind: 'answer', seq, payload: whole.slice(1 + headerLength, -2) }
  return { length: whole.length, event: moreTime ? { kind: 'busy' } : answer, checked: true }
}

function frameAt(bytes: Uint8Array, at: number): FrameAt {
  if (bytes[at] !== stx) return 'none'
  if (at + 1 === bytes.length) return 'partial'
  const status = statusAt(bytes, at)
  return status === 'none' ? messageAt(bytes, at) : status
}

/** ACS ACR122S, "Serial protocol" of its manual: status frame first, then the message; each with the sequence number of the question. */
export const acr122sCodec: FrameCodec = {
  encode: (payload, seq) => encodeAcr122s(exchange, payload, seq),
  askAgain: Uint8Array.of(stx, ...new Uint8Array(headerLength + 1), etx),
  confirmMs: 1_000,
  parse: (bytes) => cutFrames(bytes, frameAt),
}
