import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'

const knownKey = 'hub-term'
const ownKey = 'hub-own-term'

/**
 * The generation of the office's hub: 1 for its first, one more with each machine that takes over. Whoever knows of a newer one does not follow an
 * older (fencing), and a hub that hears of a newer one stops being the hub.
 */
export class HubTerm {
  readonly #journal: Journal
  readonly #listeners = new Set<() => void>()

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** The newest generation that this machine knows of; 0 when it never met a hub. */
  get known(): number {
    return Number(meta(this.#journal.db, knownKey, () => '0'))
  }

  /** The generation in which this machine is, or was, the hub. */
  get own(): number {
    return Number(meta(this.#journal.db, ownKey, () => '1'))
  }

  get superseded(): boolean {
    return this.known > this.own
  }

  /** Somebody speaks of a generation. */
  learn(term: number): void {
    if (term <= this.known) return
    setMeta(this.#journal.db, knownKey, String(term))
    if (this.superseded) for (const listener of this.#listeners) listener()
  }

  /** This machine is the hub from now on; answers its generation. */
  begin(): number {
    const term = Math.max(this.known, this.own) + 1
    setMeta(this.#journal.db, ownKey, String(term))
    setMeta(this.#journal.db, knownKey, String(term))
    return term
  }

  /** Another machine is the hub of our very generation: it was promoted, and the backup that we were put back from knew nothing of it. It stays the hub. */
  stepBack(): void {
    setMeta(this.#journal.db, ownKey, '0')
    for (const listener of this.#listeners) listener()
  }

  onSuperseded(listener: () => void): void {
    this.#listeners.add(listener)
  }
}
