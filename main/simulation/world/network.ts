import { currentProcess, type SimProcess } from './process.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** How the network treats what is sent; probabilities of one message. */
export interface Weather {
  readonly delayMs: readonly [from: number, to: number]
  readonly loss: number
  /** A copy arrives once more, up to `lateMs` later: also after what was sent after it. */
  readonly duplicate: number
  readonly lateMs: number
  /** One byte arrives as another. */
  readonly corrupt: number
}

export const calm: Weather = { delayMs: [1, 5], loss: 0, duplicate: 0, lateMs: 0, corrupt: 0 }

/** Whatever listens on the network under a machine's name: its process of the moment, or nobody. */
export type LookUp = (machine: string) => SimProcess | null

/** The lines between machines: who hears whom, how late, and how often. */
export class Network {
  weather: Weather = calm
  readonly #timeline: Timeline
  readonly #random: Random
  /** Directions that are cut: `from>to`. */
  readonly #cut = new Set<string>()

  constructor(timeline: Timeline, random: Random) {
    this.#timeline = timeline
    this.#random = random
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
  }

  mend(from: string, to: string): void {
    this.#cut.delete(`${from}>${to}`)
  }

  mendAll(): void {
    this.#cut.clear()
  }

  reaches(from: string, to: string): boolean {
    return !this.#cut.has(`${from}>${to}`)
  }

  delay(): number {
    const [from, to] = this.weather.delayMs
    return from + this.#random.next() * (to - from)
  }

  /** A message that may be lost, doubled or late: each copy that arrives runs `arrive` outside any process. */
  send(from: string, to: string, arrive: (copy: number) => void): void {
    const { loss, duplicate, lateMs } = this.weather
    const sender = currentProcess()
    if (sender?.alive === false || !this.reaches(from, to)) return
    if (!this.#random.chance(loss)) this.#deliver(from, to, this.delay(), () => arrive(0))
    if (this.#random.chance(duplicate)) this.#deliver(from, to, this.delay() + this.#random.next() * lateMs, () => arrive(1))
  }

  /** The same bytes, or with one of them changed. */
  carry(bytes: Uint8Array): Uint8Array {
    if (!this.#random.chance(this.weather.corrupt)) return bytes
    const damaged = Uint8Array.from(bytes)
    const at = this.#random.int(0, damaged.length - 1)
    damaged[at] = this.#otherThan(damaged[at] ?? 0)
    return damaged
  }

  /** A digit becomes another digit, a letter another letter: damage that still reads as JSON is the kind that must be noticed. */
  #otherThan(byte: number): number {
    const within = ([from, size]: readonly [number, number]) => from + ((byte - from + this.#random.int(1, size - 1)) % size)
    if (byte >= 0x30 && byte <= 0x39) return within([0x30, 10])
    if (byte >= 0x61 && byte <= 0x7a) return within([0x61, 26])
    return (byte + this.#random.int(1, 255)) % 256
  }

  #deliver(from: string, to: string, ms: number, arrive: () => void): void {
    this.#timeline.afterAsNobody(ms, () => {
      if (this.reaches(from, to)) arrive()
    })
  }
}
