import type { Database } from '../database/port.ts'
import { stateOfChanges } from './changes.ts'

const lookMs = 1_000

/** Tells the hubs that wait of new changes: one look a second at the database for all of them, and none while nobody waits. */
export class ChangeWatch {
  readonly #db: Database
  readonly #onError: (error: Error) => void
  readonly #waiting = new Set<{ readonly state: string; readonly wake: () => void }>()
  #looking = false

  constructor(db: Database, onError: (error: Error) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** Settles when the state is no longer this one (`stateOfChanges`), at the latest after `ms` or when `signal` ends. */
  wait(state: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(late)
        signal.removeEventListener('abort', done)
        this.#waiting.delete(waiter)
        resolve()
      }
      const waiter = { state, wake: done }
      const late = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.#waiting.add(waiter)
      if (signal.aborted) done()
      this.#lookSoon()
    })
  }

  /** Lets everybody who waits go. */
  close(): void {
    for (const { wake } of this.#waiting) wake()
  }

  #lookSoon(): void {
    if (this.#looking || this.#waiting.size === 0) return
    this.#looking = true
    setTimeout(() => void this.#look(), lookMs)
  }

  async #look(): Promise<void> {
    try {
      const now = this.#waiting.size > 0 ? await stateOfChanges(this.#db) : ''
      for (const { state, wake } of this.#waiting) if (state !== now) wake()
    } catch (error) {
      this.#onError(error instanceof Error ? error : new Error(String(error)))
    }
    this.#looking = false
    this.#lookSoon()
  }
}
