import type { Audience } from '#contract/audience.ts'

export interface Presence {
  readonly now: number
  /** When the last one of its kind left, epoch ms; null when none ever came. */
  readonly lastSeen: number | null
}

/** Which screens are connected, to tell a clerk that a board or touchpad is dead. */
export class Connections {
  readonly #counts = new Map<string, number>()
  readonly #left = new Map<string, number>()
  readonly #changed: () => void
  readonly #now: () => number

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
  }

  /** Counts a connection; the answer ends it. */
  enter(audience: Audience): () => void {
    this.#counts.set(audience, this.presence(audience).now + 1)
    this.#changed()
    return () => {
      this.#counts.set(audience, this.presence(audience).now - 1)
      this.#left.set(audience, this.#now())
      this.#changed()
    }
  }

  presence(audience: Audience): Presence {
    return { now: this.#counts.get(audience) ?? 0, lastSeen: this.#left.get(audience) ?? null }
  }
}
