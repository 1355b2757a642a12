import type { NewEvent, StoredEvent } from '#domain/event.ts'
import { Journal, type JournalOptions } from '#journal/journal.ts'
import { ProcessDied } from './process.ts'

/** Asked right before and right after each commit; true kills the process there. */
export type Strike = (moment: 'before' | 'after') => boolean

/** The product's journal on a machine that may lose its power at any commit. */
export class FragileJournal extends Journal {
  readonly #strike: Strike

  constructor(options: JournalOptions, strike: Strike) {
    super(options)
    this.#strike = strike
  }

  override append(actor: string, events: readonly NewEvent[], within?: () => void): readonly StoredEvent[] {
    return this.#between(() => super.append(actor, events, within))
  }

  override appendReplica(events: readonly StoredEvent[]): readonly StoredEvent[] {
    return this.#between(() => super.appendReplica(events))
  }

  #between<T>(commit: () => T): T {
    if (this.#strike('before')) throw new ProcessDied('before a commit')
    const done = commit()
    if (this.#strike('after')) throw new ProcessDied('after a commit')
    return done
  }
}
