import { crc16 } from './crc.ts'

/** Serial framing of PA00P016: `10 02`, the APDU with every 10 doubled, `10 03`, CRC over APDU and 03, low byte first, not doubled. */

const dle = 0x10
const stx = 0x02
const etx = 0x03
export const ack = 0x06
export const nak = 0x15
/** Longer than any APDU that terminals send; a frame that grows beyond it is noise. */
const longestApdu = 8_192

/** The bytes of one APDU on a serial line. */
export function encodeFrame(apdu: Uint8Array): Uint8Array {
  const stuffed = [...apdu].flatMap((byte) => (byte === dle ? [dle, dle] : [byte]))
  const crc = crc16([...apdu, etx])
  return Uint8Array.from([dle, stx, ...stuffed, dle, etx, crc & 0xff, crc >> 8])
}

export type FrameEvent =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak' }
  | { readonly kind: 'frame'; readonly apdu: Uint8Array }
  /** A frame began and was none: wrong CRC, a lone 10 inside, too long, or silence in the middle. */
  | { readonly kind: 'bad' }

type Phase = 'idle' | 'got10' | 'body' | 'body10' | 'crc1' | 'crc2'

/**
 * Cuts the stream of a serial line into events. A failed frame is searched again from its second byte on, so a whole frame right behind (or inside)
 * garbage is found. The CRC bytes may have any value, so the end is found by states and never by looking for `10 03`.
 */
export class FrameReceiver {
  #phase: Phase = 'idle'
  #raw: number[] = []
  #apdu: number[] = []
  #crcLow = 0
  #events: FrameEvent[] = []
  /** Searching a failed frame: its 06 and 15 were no answers. */
  #searching = false
  /** Bytes outside of good frames so far. */
  discarded = 0

  /** Inside a frame: then a silence of T1 ends it (`abandon`). */
  get midFrame(): boolean {
    return this.#phase !== 'idle' && this.#phase !== 'got10'
  }

  push(bytes: Iterable<number>): readonly FrameEvent[] {
    for (const byte of bytes) this.#take(byte)
    const events = this.#events
    this.#events = []
    return events
  }

  /** T1 is over: what began is no frame. */
  abandon(): readonly FrameEvent[] {
    if (this.midFrame) this.#fail()
    // what is left of the search has been silent just as long
    while (this.midFrame) this.#fail()
    this.#phase = 'idle'
    return this.push([])
  }

  #take(byte: number): void {
    if (this.#phase === 'idle' || this.#phase === 'got10') return this.#outside(byte)
    this.#raw.push(byte)
    if (this.#phase === 'body') this.#body(byte)
    else if (this.#phase === 'body10') this.#afterDle(byte)
    else if (this.#phase === 'crc1') {
      this.#crcLow = byte
      this.#phase = 'crc2'
    } else this.#finish(this.#crcLow | (byte << 8))
  }

  #outside(byte: number): void {
    if (this.#phase === 'got10' && byte === stx) return this.#begin()
    if (this.#phase === 'got10') this.discarded++
    this.#phase = byte === dle ? 'got10' : 'idle'
    if (byte === dle) return
    if (byte === ack && !this.#searching) this.#events.push({ kind: 'ack' })
    else if (byte === nak && !this.#searching) this.#events.push({ kind: 'nak' })
    else this.discarded++
  }

  #begin(): void {
    this.#phase = 'body'
    this.#raw = [dle, stx]
    this.#apdu = []
  }

  #body(byte: number): void {
    if (byte === dle) this.#phase = 'body10'
    else if (this.#apdu.push(byte) > longestApdu) this.#fail()
  }

  #afterDle(byte: number): void {
    if (byte === etx) this.#phase = 'crc1'
    else if (byte === dle) {
      this.#phase = 'body'
      if (this.#apdu.push(dle) > longestApdu) this.#fail()
    } else if (byte === stx) {
      // inside a frame a 10 is doubled: this is the start of the next one
      this.discarded += this.#raw.length - 2
      this.#begin()
    } else this.#fail()
  }

  #finish(crc: number): void {
    if (crc !== crc16([etx], crc16(this.#apdu))) return this.#fail()
    this.#events.push({ kind: 'frame', apdu: Uint8Array.from(this.#apdu) })
    this.#phase = 'idle'
  }

  #fail(): void {
    const [, ...rest] = this.#raw
    const searching = this.#searching
    this.#raw = []
    this.#phase = 'idle'
    this.discarded++
    this.#events.push({ kind: 'bad' })
    this.#searching = true
    for (const byte of rest) this.#take(byte)
    this.#searching = searching
  }
}
