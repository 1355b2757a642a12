import { randomUUID } from 'node:crypto'
import type { Person } from '#domain/dossier.ts'

export interface CardRead {
  readonly scanId: string
  readonly at: number
  readonly person: Person
  readonly warnings: readonly string[]
}

/** The last card read at this station. Only in memory: what matters of it is sealed when a dossier is accepted. */
export class CardDesk {
  readonly #now: () => number
  readonly #changed: () => void
  #last: CardRead | null = null

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
  }

  readonly read = (person: Person, warnings: readonly string[]): void => {
    this.#last = { scanId: randomUUID(), at: this.#now(), person, warnings }
    this.#changed()
  }

  /** The last card, when it was read at or after `since`. */
  since(since: number): CardRead | null {
    return this.#last && this.#last.at >= since ? this.#last : null
  }

  forget(): void {
    this.#last = null
  }
}
