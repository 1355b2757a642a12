/** One thing that a contactless reader said on its line. */
export type FrameEvent =
  /** It has our frame and works on it. */
  | { readonly kind: 'confirmed' }
  /** Our frame came to it damaged: send it again. */
  | { readonly kind: 'refused' }
  /** It needs more time. */
  | { readonly kind: 'busy' }
  /** `seq` is null where the protocol has no sequence numbers. */
  | { readonly kind: 'answer'; readonly seq: number | null; readonly payload: Uint8Array }
  /** A frame that came damaged: ask for it again. */
  | { readonly kind: 'damaged' }

/** What of the stream is understood so far; `rest` is to be put before the next bytes. */
export interface Parsed {
  readonly events: readonly FrameEvent[]
  readonly rest: Uint8Array
  /** Bytes that belonged to no frame. */
  readonly discarded: number
}

/** The framing of one kind of reader. */
export interface FrameCodec {
  readonly encode: (payload: Uint8Array, seq: number) => Uint8Array
  /** Asks the reader to repeat its answer; it does not work again. */
  readonly askAgain: Uint8Array
  /** Within this time the reader confirms a frame, ms. */
  readonly confirmMs: number
  /** Pure. */
  parse(bytes: Uint8Array): Parsed
}

/**
 * What stands at one place of a stream: no frame, the beginning of one, or all of it. `checked` means that a checksum over its content agreed; only
 * such a frame is believed inside what may be the beginning of another one. A frame without an event (our own, echoed) is skipped.
 */
export type FrameAt = 'none' | 'partial' | { readonly length: number; readonly event: FrameEvent | null; readonly checked: boolean }

type Whole = Exclude<FrameAt, string>

function wholeAfter(bytes: Uint8Array, from: number, frameAt: (bytes: Uint8Array, at: number) => FrameAt): number | null {
  for (let at = from; at < bytes.length; at++) {
    const found = frameAt(bytes, at)
    if (typeof found !== 'string' && found.checked) return at
  }
  return null
}

/**
 * Cuts a stream into frames. After garbage it tries again at the next byte, and garbage that looks like the beginning of a long frame does not hold back a
 * whole one behind it. A damaged frame is told only when no whole one follows it.
 */
export function cutFrames(bytes: Uint8Array, frameAt: (bytes: Uint8Array, at: number) => FrameAt): Parsed {
  const events: FrameEvent[] = []
  let damaged = false
  let discarded = 0
  let at = 0
  const take = ({ length, event }: Whole): void => {
    if (event?.kind === 'damaged') {
      damaged = true
      discarded++
      at++
      return
    }
    damaged &&= event?.kind !== 'answer'
    if (event !== null) events.push(event)
    at += length
  }
  while (at < bytes.length) {
    const found = frameAt(bytes, at)
    if (found === 'none') {
      discarded++
      at++
    } else if (found === 'partial') {
      const next = wholeAfter(bytes, at + 1, frameAt)
      if (next === null) break
      discarded += next - at
      at = next
    } else take(found)
  }
  if (damaged) events.push({ kind: 'damaged' })
  return { events, rest: bytes.slice(at), discarded }
}
