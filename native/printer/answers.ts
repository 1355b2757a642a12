/** What a printer sends back, cut out of the stream (ESC/POS: `10 04 n`, `1D 61`, `1D 72`, `1D 28 48`, `1D 28 4C` fn 64, `1D 49`). */
export type Answer =
  /** To `10 04 n`; which n, only the order of asking tells. */
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'asb'; readonly bytes: readonly [number, number, number, number] }
  | { readonly kind: 'process-id'; readonly id: string }
  /** To `1D 72 1`. */
  | { readonly kind: 'paper'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string }
  /** Two-letter keys of the pictures in its memory; `more`: another list follows. */
  | { readonly kind: 'keys'; readonly keys: readonly string[]; readonly more: boolean }
  | { readonly kind: 'flow'; readonly on: boolean }

/** A silence this long inside an answer means that its rest will not come. */
export const answerGapMs = 200
const maxText = 80

/** Bytes that are still part of an answer, and when the last of them came (ms). */
export interface ParserState {
  readonly pending: readonly number[]
  readonly at: number
  /** The answer of free length that was asked for: a name (`1D 49`) or keys. Unasked, a stray 5F or 37 72 must not swallow the answer behind it. */
  readonly awaited: 'text' | 'keys' | null
}

export const initialParser: ParserState = { pending: [], at: 0, awaited: null }

/** How many bytes an answer took; 0: more must come; -1: the first byte starts no answer. */
interface Step {
  readonly length: number
  readonly answers: readonly Answer[]
}

const more: Step = { length: 0, answers: [] }
const noise: Step = { length: -1, answers: [] }
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e

function readAsb(bytes: readonly number[]): Step {
  const [first = 0, second, third, fourth] = bytes
  // bytes 2–4 never have bits 4 and 7; one that has begins something else
  if ([second, third, fourth].some((byte) => byte !== undefined && (byte & 0x90) !== 0)) return noise
  if (second === undefined || third === undefined || fourth === undefined) return more
  return { length: 4, answers: [{ kind: 'asb', bytes: [first, second, third, fourth] }] }
}

function readProcessId(bytes: readonly number[]): Step {
  if (bytes[1] !== undefined && bytes[1] !== 0x22) return noise
  if (!bytes.slice(2, 6).every(isPrintable)) return noise
  if (bytes[6] === undefined) return more
  if (bytes[6] !== 0) return noise
  return { length: 7, answers: [{ kind: 'process-id', id: String.fromCharCode(...bytes.slice(2, 6)) }] }
}

/** `37 72`, 40 (the last list) or 41, up to 40 keys of two letters, 00 (Epson, GS ( L function 64). */
function readKeys(bytes: readonly number[]): Step {
  const [, , status, ...rest] = bytes
  if (status === undefined) return more
  const end = rest.findIndex((byte) => !isPrintable(byte))
  if ((status !== 0x40 && status !== 0x41) || rest.length > maxText + 1) return noise
  if (end < 0) return more
  if (rest[end] !== 0 || end % 2 !== 0) return noise
  const keys = String.fromCharCode(...rest.slice(0, end)).match(/../g) ?? []
  return { length: 3 + end + 1, answers: [{ kind: 'keys', keys, more: status === 0x41 }] }
}

function readText(bytes: readonly number[]): Step {
  const end = bytes.findIndex((byte, index) => index > 0 && !isPrintable(byte))
  if (end < 0) return bytes.length > maxText ? noise : more
  if (bytes[end] !== 0) return noise
  return { length: end + 1, answers: [{ kind: 'text', text: String.fromCharCode(...bytes.slice(1, end)) }] }
}

function step(bytes: readonly number[], awaited: ParserState['awaited']): Step {
  const first = bytes[0] ?? 0
  if (first === 0x11 || first === 0x13) return { length: 1, answers: [{ kind: 'flow', on: first === 0x11 }] }
  if (first === 0x37 && awaited === 'keys' && bytes[1] === 0x72) return readKeys(bytes)
  if (first === 0x37) return readProcessId(bytes)
  if (first === 0x5f && awaited === 'text') return readText(bytes)
  if ((first & 0x93) === 0x12) return { length: 1, answers: [{ kind: 'real-time', byte: first }] }
  if ((first & 0x93) === 0x10) return readAsb(bytes)
  if ((first & 0xf0) === 0) return { length: 1, answers: [{ kind: 'paper', byte: first }] }
  return noise
}

/**
 * Pure: takes the next slice of the stream (any size) and gives the answers that are complete. After garbage it tries again at the very next byte, so a
 * whole answer right behind garbage is found. An answer broken off by 200 ms of silence is dropped the same way. `discarded` counts dropped bytes.
 */
export function parseAnswers(
  state: ParserState,
  chunk: Uint8Array,
  nowMs: number,
): { readonly state: ParserState; readonly answers: readonly Answer[]; readonly discarded: number } {
  const answers: Answer[] = []
  let discarded = 0
  let buffer: readonly number[] = state.pending
  const drain = (broken: boolean): void => {
    while (buffer.length > 0) {
      const { length, answers: found } = step(buffer, state.awaited)
      if (length === 0 && !broken) return
      if (length <= 0) discarded++
      answers.push(...found)
      buffer = buffer.slice(length <= 0 ? 1 : length)
    }
  }
  if (buffer.length > 0 && nowMs - state.at > answerGapMs) drain(true)
  buffer = [...buffer, ...chunk]
  drain(false)
  return { state: { ...state, pending: buffer, at: nowMs }, answers, discarded }
}
