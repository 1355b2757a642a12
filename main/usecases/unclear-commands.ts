import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'

const key = 'unclear-commands'
/** Screens ask again for some seconds only; whatever is further back is asked by nobody. */
const kept = 100

/**
 * Commands that the hub was sent and did not answer: it may have done them, so they are not done here, too. Stored before they are sent, as a
 * screen on another machine asks the same of this station after its restart. A hub that took over since does not know either: it is not asked.
 */
export class UnclearCommands {
  readonly #journal: Journal
  /** Of each command the term of the hub that was asked. */
  readonly #terms: Map<string, number>

  constructor(journal: Journal) {
    this.#journal = journal
    this.#terms = new Map(JSON.parse(meta(journal.db, key, () => '[]')) as [string, number][])
  }

  has(commandId: string): boolean {
    return this.#terms.has(commandId)
  }

  /** Whether a hub before the one of this term was asked. */
  isOfEarlierHub(commandId: string, term: number): boolean {
    return (this.#terms.get(commandId) ?? term) < term
  }

  /** To be called before the hub is asked. */
  sent(commandId: string, term: number): void {
    this.#terms.set(commandId, term)
    try {
      setMeta(this.#journal.db, key, JSON.stringify([...this.#terms].slice(-kept)))
    } catch (error) {
      // A full disk must not keep a clerk from the hub; only after a restart the id would be missing.
      if (!(error instanceof Error)) throw error
    }
  }

  /** The hub did it or not, and said so. On the disk it goes with the next that is sent. */
  answered(commandId: string): void {
    this.#terms.delete(commandId)
  }
}
