import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'

const key = 'commands-unclear'
/** Screens ask again for some seconds only; whatever is further back is asked by nobody. */
const kept = 100

/**
 * Commands that the hub was sent and did not answer: it may have done them, so they are not done here, too. Stored before they are sent, as a
 * screen on another machine asks the same of this station after its restart.
 */
export class UnclearCommands {
  readonly #journal: Journal
  readonly #ids: Set<string>

  constructor(journal: Journal) {
    this.#journal = journal
    this.#ids = new Set(JSON.parse(meta(journal.db, key, () => '[]')) as string[])
  }

  has(commandId: string): boolean {
    return this.#ids.has(commandId)
  }

  /** To be called before the hub is asked. */
  sent(commandId: string): void {
    this.#ids.add(commandId)
    try {
      setMeta(this.#journal.db, key, JSON.stringify([...this.#ids].slice(-kept)))
    } catch (error) {
      // A full disk must not keep a clerk from the hub; only after a restart the id would be missing.
      if (!(error instanceof Error)) throw error
    }
  }

  /** The hub did it or not, and said so. On the disk it goes with the next that is sent. */
  answered(commandId: string): void {
    this.#ids.delete(commandId)
  }
}
