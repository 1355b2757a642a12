import { randomUUID } from 'node:crypto'
import type { Journal } from '#journal/journal.ts'
import type { QueuePort } from './queue-port.ts'

/** Ask for the next block while this many numbers are left, so that a cut network finds us with a supply. */
const refillBelow = 15

/** How often a quiet night is looked at for a new day, ms. */
const lookMs = 60_000

interface Block {
  readonly first: number
  readonly last: number
  readonly used: number
}

/** Dossier numbers that this station may give on its own, from blocks leased from the hub. */
export class CodeBlocks {
  readonly #journal: Journal
  readonly #queue: QueuePort
  readonly #open
  /** Requests under way, by day: at midnight there may be two. */
  readonly #refilling = new Map<string, Promise<void>>()

  constructor(journal: Journal, queue: QueuePort) {
    this.#journal = journal
    this.#queue = queue
    this.#open = journal.db.prepare<[string, string], Block>(
      'SELECT first, last, used FROM v_code_blocks WHERE origin = ? AND day = ? AND used < last ORDER BY first',
    )
  }

  /** Makes sure that a number of that day is at hand; asks the hub when not. Rejects with HubUnreachableError. */
  async ready(day: string): Promise<void> {
    if (this.left(day) === 0) await this.#refill(day)
    else if (this.left(day) < refillBelow) this.#refill(day).catch(() => undefined)
  }

  /**
   * Leases ahead for these days (today and the next working day) from the first contact with the hub on, not only with the first
   * dossier: a counter that is cut off in the morning, or whose hub died overnight, goes on taking dossiers in. The answer ends it.
   */
  keepSupplied(days: () => readonly string[]): () => void {
    const look = () => {
      // A hub that can't be asked now is asked at its next word.
      if (this.#queue.lostSince() !== null) return
      for (const day of days()) if (this.left(day) < refillBelow) this.#refill(day).catch(() => undefined)
    }
    const stop = this.#queue.onChange(look)
    const timer = setInterval(look, lookMs)
    timer.unref()
    look()
    return () => {
      stop()
      clearInterval(timer)
    }
  }

  /** Numbers left of a day. */
  left(day: string): number {
    return this.#blocks(day).reduce((sum, block) => sum + block.last - block.used, 0)
  }

  /** The next number. To be used in an event in the same turn of the event loop: the view then counts it as used. */
  next(day: string): number {
    const [block] = this.#blocks(day)
    if (!block) throw new Error('no dossier number at hand: call ready() first')
    return block.used + 1
  }

  #blocks(day: string): readonly Block[] {
    return this.#open.all(this.#journal.origin, day)
  }

  #refill(day: string): Promise<void> {
    const running = this.#refilling.get(day)
    if (running) return running
    const refilling = this.#queue
      .leaseCodes(randomUUID(), day)
      .then((block) => {
        this.#journal.append('system', [{ type: 'codes.received', subject: `codes:${day}`, data: block }])
      })
      .finally(() => this.#refilling.delete(day))
    this.#refilling.set(day, refilling)
    return refilling
  }
}
