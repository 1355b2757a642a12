import type { QueueSnapshot } from '#domain/ticket.ts'
import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'

interface Stored {
  /** Under which origin this station heard it. */
  readonly origin: string
  readonly snapshot: QueueSnapshot
  /** How far this station's journal went when the hub said it: what comes after is not in it. */
  readonly seq: number
}

const copyKey = 'queue-copy'
const goneKey = 'leases-gone'

/**
 * The last that the hub said of the queue and the leases that were given back since, kept over a restart: power that fails for the whole office
 * must not leave the counters without a queue. Notes are left out, as clerks write names into them.
 */
export class QueueCopy {
  readonly #journal: Journal
  #stored: Stored | null
  readonly #gone: Set<string>

  constructor(journal: Journal) {
    this.#journal = journal
    const stored = JSON.parse(meta(journal.db, copyKey, () => 'null')) as Stored | null
    // A disk that was copied or put back under a new epoch: what was leased to the old one may long be called by others.
    this.#stored = stored?.origin === journal.origin ? stored : null
    this.#gone = new Set(JSON.parse(meta(journal.db, goneKey, () => '[]')) as string[])
  }

  get stored(): Stored | null {
    return this.#stored
  }

  get gone(): ReadonlySet<string> {
    return this.#gone
  }

  keep(snapshot: QueueSnapshot, seq: number): void {
    if (this.#stored && snapshot.day !== this.#stored.snapshot.day && this.#gone.size) this.#forgetAllBut(snapshot)
    this.#stored = { origin: this.#journal.origin, snapshot: { ...snapshot, tickets: snapshot.tickets.map((ticket) => ({ ...ticket, note: null, heldReason: null })) }, seq }
    setMeta(this.#journal.db, copyKey, JSON.stringify(this.#stored))
  }

  /** A new day: only what was given back of it already still matters. */
  #forgetAllBut({ tickets }: QueueSnapshot): void {
    const open = new Set(tickets.map(({ lease }) => lease?.id))
    for (const lease of this.#gone) if (!open.has(lease)) this.#gone.delete(lease)
    setMeta(this.#journal.db, goneKey, JSON.stringify([...this.#gone]))
  }

  /** These will not be called here any more; stored before the hub may be told. */
  giveBack(leases: readonly string[]): void {
    for (const lease of leases) this.#gone.add(lease)
    setMeta(this.#journal.db, goneKey, JSON.stringify([...this.#gone]))
  }
}
