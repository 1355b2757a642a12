import { randomUUID } from 'node:crypto'
import type { Person } from '#domain/dossier.ts'

export interface CardRead {
  readonly scanId: string
  readonly at: number
  readonly person: Person
  readonly warnings: readonly string[]
  /** What the chip proved; null for a QR code, which proves nothing. */
  readonly authentic: 'verified' | 'not-verified' | 'failed' | null
}

/** A chip that is being read, or why the last one wasn't: a code of the reader. */
export type ChipReading = { readonly state: 'reading'; readonly at: number } | { readonly state: 'failed'; readonly at: number; readonly code: string }

/** A code that is no card: that of a dossier or an appointment. */
export interface CodeRead {
  readonly at: number
  readonly text: string
}

/** The last card read at this station. Only in memory: what matters of it is sealed when a dossier is accepted. */
export class CardDesk {
  readonly #now: () => number
  readonly #changed: () => void
  #last: CardRead | null = null
  #chip: ChipReading | null = null
  #code: CodeRead | null = null

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
  }

  readonly read = (person: Person, warnings: readonly string[], authentic: CardRead['authentic'] = null): void => {
    this.#last = { scanId: randomUUID(), at: this.#now(), person, warnings, authentic }
    if (authentic !== null) this.#chip = null
    this.#changed()
  }

  readonly readCode = (text: string): void => {
    this.#code = { at: this.#now(), text }
    this.#changed()
  }

  /** A chip is being read; a QR code that is scanned meanwhile is shown until it is. */
  beginChip(): ChipReading {
    this.#chip = { state: 'reading', at: this.#now() }
    this.#changed()
    return this.#chip
  }

  /** Whether the result of that reading is still wanted: not once its citizen has left or another card came. */
  isWanted(reading: ChipReading): boolean {
    return this.#chip === reading
  }

  chipFailed(reading: ChipReading, code: string): void {
    if (!this.isWanted(reading)) return
    this.#chip = { state: 'failed', at: reading.at, code }
    this.#changed()
  }

  /** The last card, when it was read at or after `since`. */
  since(since: number): CardRead | null {
    return this.#last && this.#last.at >= since ? this.#last : null
  }

  /** The chip, when it was begun at or after `since`. */
  chipSince(since: number): ChipReading | null {
    return this.#chip && this.#chip.at >= since ? this.#chip : null
  }

  /** The last code that is no card, when it was read at or after `since`. */
  codeSince(since: number): CodeRead | null {
    return this.#code && this.#code.at >= since ? this.#code : null
  }

  forget(): void {
    this.#code = null
    this.#last = null
    this.#chip = null
  }
}
