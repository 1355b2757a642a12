import { checksum } from './bytes.ts'
import type { Faults } from './fault.ts'

/** The terminal's end of one connection: whole messages in and out, with or without serial framing. */
export interface Line {
  /** False when it could not be delivered. */
  send(apdu: readonly number[]): Promise<boolean>
  take(bytes: Uint8Array): void
  /** The plug is out, or the power is. */
  end(): void
  readonly alive: boolean
}

export interface LineTimers {
  readonly gapMs: number
  readonly ackMs: number
}

type Write = (bytes: readonly number[]) => void
type OnMessage = (apdu: readonly number[]) => void

/** TCP: messages one behind the other. */
export class PlainLine implements Line {
  readonly #write: Write
  readonly #onMessage: OnMessage
  readonly #copies: number
  #buffer: number[] = []
  alive = true

  constructor(write: Write, onMessage: OnMessage, faults: Faults) {
    this.#write = write
    this.#onMessage = onMessage
    this.#copies = faults.duplicate ? 2 : 1
  }

  send(apdu: readonly number[]): Promise<boolean> {
    // only what the terminal tells by itself comes twice, not its answers
    const copies = (apdu[0] ?? 0) >= 0x80 ? 1 : this.#copies
    for (let copy = 0; copy < copies; copy += 1) if (this.alive) this.#write(apdu)
    return Promise.resolve(this.alive)
  }

  take(bytes: Uint8Array): void {
    this.#buffer.push(...bytes)
    for (;;) {
      const long = this.#buffer[2] === 255
      const head = long ? 5 : 3
      if (this.#buffer.length < head) return
      const size = head + (long ? (this.#buffer[3] ?? 0) + 256 * (this.#buffer[4] ?? 0) : (this.#buffer[2] ?? 0))
      if (this.#buffer.length < size) return
      this.#onMessage(this.#buffer.splice(0, size))
    }
  }

  end(): void {
    this.alive = false
  }
}

/** A serial line: `10 02 … 10 03 CRC`, ACK and NAK, up to three transmissions. */
export class FramedLine implements Line {
  readonly #write: Write
  readonly #onMessage: OnMessage
  readonly #faults: Faults
  readonly #timers: LineTimers
  #seen: number[] = []
  #gap: NodeJS.Timeout | undefined
  #acknowledge: ((good: boolean) => void) | null = null
  #naks: number
  #ackDrops: number
  #turn: Promise<unknown> = Promise.resolve()
  alive = true

  constructor(write: Write, onMessage: OnMessage, faults: Faults, timers: LineTimers) {
    this.#write = write
    this.#onMessage = onMessage
    this.#faults = faults
    this.#timers = timers
    this.#naks = faults.nak
    this.#ackDrops = faults.dropAck
  }

  send(apdu: readonly number[]): Promise<boolean> {
    const sent = this.#turn.then(() => this.#transmit(apdu))
    this.#turn = sent
    return sent
  }

  take(bytes: Uint8Array): void {
    clearTimeout(this.#gap)
    for (const byte of bytes) this.#byte(byte)
    if (this.alive && this.#seen.length > 1) this.#gap = setTimeout(() => this.#reject(), this.#timers.gapMs)
  }

  end(): void {
    this.alive = false
    clearTimeout(this.#gap)
    this.#acknowledge?.(false)
  }

  async #transmit(apdu: readonly number[]): Promise<boolean> {
    const body = apdu.flatMap((byte) => (byte === 16 ? [16, 16] : [byte]))
    const frame = [16, 2, ...body, 16, 3, ...checksum([...apdu, 3])]
    for (let attempt = 0; attempt < 3 && this.alive; attempt += 1) {
      if (this.#faults.garbage) this.#write([0x55, 0x10, 0xaa, 0x00])
      this.#write(frame)
      if (this.#faults.duplicate) this.#write(frame)
      if (await this.#acknowledged()) return true
    }
    return false
  }

  #acknowledged(): Promise<boolean> {
    if (!this.alive) return Promise.resolve(false)
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#acknowledge?.(false), this.#timers.ackMs)
      this.#acknowledge = (good) => {
        clearTimeout(timer)
        this.#acknowledge = null
        resolve(good)
      }
    })
  }

  /** `#seen` holds a frame from its 10 02 on, or a lone 10. */
  #byte(byte: number): void {
    const seen = this.#seen
    if (seen.length < 2) {
      if (seen.length === 1 && byte === 2) seen.push(2)
      else {
        this.#seen = byte === 16 ? [16] : []
        if (byte === 6 || byte === 21) this.#acknowledge?.(byte === 6)
      }
      return
    }
    seen.push(byte)
    const end = endOf(seen)
    if (end === 'bad') this.#reject()
    else if (end !== 'more') this.#whole(end)
  }

  #whole(apdu: readonly number[]): void {
    this.#seen = []
    if (this.#naks > 0) {
      this.#naks -= 1
      return this.#write([21])
    }
    if (this.#ackDrops > 0) this.#ackDrops -= 1
    else this.#write([6])
    // whoever answers has heard us
    this.#acknowledge?.(true)
    this.#onMessage(apdu)
  }

  #reject(): void {
    this.#seen = []
    if (this.alive) this.#write([21])
  }
}

/** The message in a frame that is complete and right, else whether more must come. */
function endOf(frame: readonly number[]): 'more' | 'bad' | readonly number[] {
  const apdu: number[] = []
  for (let at = 2; at < frame.length; at += 1) {
    const byte = frame[at] ?? 0
    if (byte !== 16) apdu.push(byte)
    else if (at + 1 === frame.length) return 'more'
    else if (frame[at + 1] === 16) {
      apdu.push(16)
      at += 1
    } else if (frame[at + 1] === 3) {
      if (frame.length < at + 4) return 'more'
      const [low, high] = checksum([...apdu, 3])
      return frame[at + 2] === low && frame[at + 3] === high ? apdu : 'bad'
    } else return 'bad'
  }
  return 'more'
}
