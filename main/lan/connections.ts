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

  /** Counts a connection of an audience, and of a linked machine by its id; the answer ends it. */
  enter(audience: Audience, machine: string | null = null): () => void {
    const names = machine === null ? [audience] : [audience, machineName(machine)]
    for (const name of names) this.#counts.set(name, this.#presence(name).now + 1)
    this.#changed()
    return () => {
      for (const name of names) {
        this.#counts.set(name, this.#presence(name).now - 1)
        this.#left.set(name, this.#now())
      }
      this.#changed()
    }
  }

  presence(audience: Audience): Presence {
    return this.#presence(audience)
  }

  presenceOf(machine: string): Presence {
    return this.#presence(machineName(machine))
  }

  #presence(audience: string): Presence {
    return { now: this.#counts.get(audience) ?? 0, lastSeen: this.#left.get(audience) ?? null }
  }
}

const machineName = (id: string) => `machine:${id}`
