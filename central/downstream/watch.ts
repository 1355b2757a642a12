import { newestChange } from './changes.ts'
import type { Database } from '../database/port.ts'

const lookMs = 1_000

/** Tells the hubs that wait of new changes: one look a second at the database for all of them, and none while nobody waits. */
export class ChangeWatch {
  readonly #db: Database
  readonly #onError: (error: Error) => void
  readonly #waiting = new Set<{ readonly n: number; readonly wake: () => void }>()
  #looking = false

  constructor(db: Database, onError: (error: Error) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** Settles when there is something above `n`, at the latest after `ms` or when `signal` ends. */
  wait(n: number, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(late)
        signal.removeEventListener('abort', done)
        this.#waiting.delete(waiter)
        resolve()
      }
      const waiter = { n, wake: done }
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
    if (this.#looking) return
    this.#looking = true
    setTimeout(() => void this.#look(), lookMs)
  }

  async #look(): Promise<void> {
    try {
      const newest = this.#waiting.size > 0 ? await newestChange(this.#db) : 0
      for (const { n, wake } of this.#waiting) if (newest > n) wake()
    } catch (error) {
      this.#onError(error instanceof Error ? error : new Error(String(error)))
    }
    this.#looking = false
    if (this.#waiting.size > 0) this.#lookSoon()
  }
}
