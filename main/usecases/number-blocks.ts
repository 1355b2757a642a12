import { ticketNumber } from '#domain/queue/decide.ts'
import type { Journal } from '#journal/journal.ts'
import type { NumberLease } from './lease-numbers.ts'

/** Ask for the next blocks while fewer numbers than this are left of a service. */
const refillBelow = 8

interface Block {
  readonly prefix: string
  readonly last: number
  readonly used: number
}

/** Ticket numbers that this station may give while it is cut off, from blocks leased beforehand. */
export class NumberBlocks {
  readonly #journal: Journal
  readonly #open

  constructor(journal: Journal) {
    this.#journal = journal
    this.#open = journal.db.prepare<[string, string], Block>('SELECT prefix, last, used FROM v_number_blocks WHERE origin = ? AND day = ? AND used < last ORDER BY first')
  }

  /** The next number of a service's prefix, else of the station's own; null when there is none. To be used in an event in the same turn of the event loop. */
  next(day: string, prefix: string, services: readonly string[]): string | null {
    const open = this.#open.all(this.#journal.origin, day)
    const block = open.find((one) => one.prefix === prefix) ?? open.find((one) => !services.includes(one.prefix))
    return block ? ticketNumber(block.prefix, block.used + 1) : null
  }

  /** Whether the hub should be asked for more. */
  low(day: string, services: readonly string[]): boolean {
    const left = new Map(services.map((prefix) => [prefix, 0]))
    for (const { prefix, last, used } of this.#open.all(this.#journal.origin, day)) left.set(prefix, (left.get(prefix) ?? 0) + last - used)
    return services.some((prefix) => (left.get(prefix) ?? 0) < refillBelow)
  }

  /** Stores what the hub gave. */
  received(lease: NumberLease): void {
    this.#journal.append('system', [{ type: 'numbers.received', subject: `numbers:${lease.day}`, data: lease }])
  }
}
