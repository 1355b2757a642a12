/**
 * The frame of the banks' "ECR" dialect: STX | length of data, 2 bytes | data | ETX | LRC, and bare ACK and NAK between frames.
 * The LRC is the xor of length, data and ETX. Frames are cut by their length, because data and length may hold any byte.
 */

/** How a bank writes its frames; see the profiles. */
export interface FrameFormat {
  /** `bcd`: four decimal digits; `binary`: big-endian. */
  readonly length: 'bcd' | 'binary'
  /** What the xor begins with; 0 nearly everywhere. */
  readonly lrcStart: number
}

export type FrameEvent =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak' }
  | { readonly kind: 'frame'; readonly data: Uint8Array }
  /** Something began like a frame and wasn't a good one: wrong LRC, no ETX where it should be, or cut off. It wants a NAK. */
  | { readonly kind: 'broken' }

export interface FrameParser {
  /** Takes any slice of the stream. */
  push(bytes: Uint8Array): readonly FrameEvent[]
  /** The line fell silent: what is half there will not be completed. Good frames behind a false beginning come out now. */
  silence(): readonly FrameEvent[]
  /** Whether half a frame is waiting. */
  holding(): boolean
  /** Bytes that belonged to nothing, so far. */
  discarded(): number
}

const stx = 0x02
const etx = 0x03
export const ack = Uint8Array.of(0x06)
export const nak = Uint8Array.of(0x15)

/** Longest data that any known bank sends, with room. A length above it is noise. */
export const maxData = 2000
const frameOverhead = 5

/** 325 → 03 25. Throws `RangeError` above 9999. */
export function toBcd(value: number): readonly [number, number] {
  if (!Number.isInteger(value) || value < 0 || value > 9999) throw new RangeError(`no length: ${value}`)
  const byte = (two: number): number => (Math.floor(two / 10) << 4) | (two % 10)
  return [byte(Math.floor(value / 100)), byte(value % 100)]
}

/** 03 25 → 325; NaN when a nibble is no digit. */
export function fromBcd(high: number, low: number): number {
  const digits = [high >> 4, high & 15, low >> 4, low & 15]
  return digits.some((digit) => digit > 9) ? Number.NaN : digits.reduce((sum, digit) => sum * 10 + digit, 0)
}

export function toLength(value: number, coding: FrameFormat['length']): readonly [number, number] {
  return coding === 'bcd' ? toBcd(value) : [(value >> 8) & 0xff, value & 0xff]
}

export function fromLength(high: number, low: number, coding: FrameFormat['length']): number {
  return coding === 'bcd' ? fromBcd(high, low) : high * 256 + low
}

/** Xor of everything between STX and the LRC. */
export function lrc(bytes: Uint8Array, start: number): number {
  return bytes.reduce((sum, byte) => sum ^ byte, start)
}

/** Data in its frame; no data at all is the echo frame. Throws `RangeError` above `maxData`. */
export function encodeFrame(data: Uint8Array, format: FrameFormat): Uint8Array {
  if (data.length > maxData) throw new RangeError(`no frame holds ${data.length} bytes`)
  const inner = Uint8Array.of(...toLength(data.length, format.length), ...data, etx)
  return Uint8Array.of(stx, ...inner, lrc(inner, format.lrcStart))
}

type Candidate = { readonly kind: 'good' | 'broken'; readonly end: number } | { readonly kind: 'incomplete' | 'noise' }

/** Judges what begins with the STX at `at`. */
function candidate(held: Uint8Array, at: number, format: FrameFormat): Candidate {
  const [high, low] = [held[at + 1], held[at + 2]]
  if (high === undefined || low === undefined) return { kind: 'incomplete' }
  const length = fromLength(high, low, format.length)
  if (Number.isNaN(length) || length > maxData) return { kind: 'noise' }
  const end = at + length + frameOverhead
  if (end > held.length) return { kind: 'incomplete' }
  const inner = held.subarray(at + 1, end - 1)
  const good = inner.at(-1) === etx && lrc(inner, format.lrcStart) === held[end - 1]
  return { kind: good ? 'good' : 'broken', end }
}

/** Finds frames in a stream. After garbage it tries again at the very next byte, so that a corrupt length never eats the good frame behind it. */
export function createFrameParser(format: FrameFormat): FrameParser {
  let held: Uint8Array = new Uint8Array()
  /** Up to here `held` is the inside of a broken frame, where 06 and 15 are data and no answers. */
  let muted = 0
  let lost = 0

  const scan = (ended: boolean): readonly FrameEvent[] => {
    const events: FrameEvent[] = []
    let broken = false
    let at = 0
    while (at < held.length) {
      const byte = held[at]
      const found: Candidate = byte === stx ? candidate(held, at, format) : { kind: 'noise' }
      if (found.kind === 'incomplete' && !ended) break
      if (found.kind === 'good') {
        events.push({ kind: 'frame', data: held.slice(at + 3, found.end - 2) })
        broken = false
        at = found.end
        continue
      }
      // A beginning inside a broken frame is most likely its data: it was reported already.
      if (found.kind !== 'noise' && at >= muted) {
        broken = true
        muted = found.kind === 'broken' ? found.end : held.length
      }
      if (byte === ack[0] && at >= muted) events.push({ kind: 'ack' })
      else if (byte === nak[0] && at >= muted) events.push({ kind: 'nak' })
      else lost++
      at++
    }
    held = held.slice(at)
    muted = Math.max(0, muted - at)
    // A good frame behind a false beginning needs no NAK.
    return broken ? [...events, { kind: 'broken' }] : events
  }

  return {
    push(bytes) {
      const joined = new Uint8Array(held.length + bytes.length)
      joined.set(held)
      joined.set(bytes, held.length)
      held = joined
      return scan(false)
    },
    silence: () => scan(true),
    holding: () => held.length > 0,
    discarded: () => lost,
  }
}
