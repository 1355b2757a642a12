import type { Claim } from '#domain/queue/decide.ts'
import type { Ticket } from '#domain/ticket.ts'

/** Runs `run` once after `ms`; the answer cancels it. */
export type After = (ms: number, run: () => void) => () => void

export const systemAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** How long a station may take to give a lease back before it counts as silent, ms: some hundred times an answer on the LAN. */
const recallMs = 400

interface Holder {
  readonly recall: (lease: string) => void
  /** Did not answer a recall; until it speaks again nothing is asked of it. */
  silent: boolean
}

/**
 * The hub's side of leases: before a leased ticket is called by anybody else, its station gives the lease back. A station that can't be asked
 * keeps its leases, as it may be calling them. What was given back is only remembered here: after a restart it is asked for again.
 */
export class LeaseKeeper {
  readonly #after: After
  readonly #holders = new Map<string, Holder>()
  readonly #back = new Set<string>()
  readonly #asked = new Map<string, Set<() => void>>()

  constructor(after: After = systemAfter) {
    this.#after = after
  }

  /** The station of an origin is connected and can be asked; the answer ends it. */
  attach(origin: string, recall: (lease: string) => void): () => void {
    const holder: Holder = { recall, silent: false }
    this.#holders.set(origin, holder)
    return () => {
      if (this.#holders.get(origin) === holder) this.#holders.delete(origin)
    }
  }

  /** The station will not call these any more, and has stored that. */
  givenBack(origin: string, leases: readonly string[]): void {
    const holder = this.#holders.get(origin)
    if (holder) holder.silent = false
    for (const lease of leases) {
      this.#back.add(lease)
      this.#asked.get(lease)?.forEach((done) => done())
    }
  }

  /** Whether a ticket whose lease `held` has may be called by a command of the origin `from` (null: of the hub's own screens). */
  claim(ticket: Ticket, held: string | undefined, from: string | null): Claim {
    if (!ticket.lease || held === undefined || held === from || this.#back.has(ticket.lease.id)) return 'free'
    const holder = this.#holders.get(held)
    return holder && !holder.silent ? 'ask' : 'taken'
  }

  /** Asks for a lease; resolves when it is back, or when the station counts as silent. */
  recall(lease: string, held: string | undefined): Promise<void> {
    const holder = held === undefined ? undefined : this.#holders.get(held)
    if (!holder || this.#back.has(lease)) return Promise.resolve()
    return new Promise((resolve) => {
      const waiting = this.#asked.get(lease) ?? new Set()
      const done = () => {
        cancel()
        waiting.delete(done)
        if (!waiting.size) this.#asked.delete(lease)
        resolve()
      }
      const cancel = this.#after(recallMs, () => {
        holder.silent = true
        done()
      })
      waiting.add(done)
      this.#asked.set(lease, waiting)
      holder.recall(lease)
    })
  }

  /** A new day: leases of the old one are worth nothing. */
  forget(): void {
    this.#back.clear()
  }
}
