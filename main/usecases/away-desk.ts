import type { QueueCommand } from '#domain/queue-command.ts'
import { localDay } from '#domain/local-time.ts'
import { decideQueue } from '#domain/queue/decide.ts'
import { snapshotOf, stateOf } from '#domain/queue/snapshot.ts'
import type { QueueRules, QueueState } from '#domain/queue/state.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import type { Vault } from '#vault/vault.ts'
import { prefixesOf } from './lease-numbers.ts'
import type { NumberBlocks } from './number-blocks.ts'
import type { QueueAnswer } from './queue-port.ts'
import { applyEvents } from './replay-day.ts'

export interface AwayParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly vault: Vault
  readonly rules: QueueRules
  readonly numbers: NumberBlocks
  /** Counters of this station. */
  readonly counters: readonly number[]
  readonly now: () => number
}

/**
 * The queue of a station that is cut off: its last copy of the hub's, of which it changes only what is leased to its counters or stands there.
 * What is done goes into the station's own journal, and with that to the hub when it is back.
 */
export class AwayDesk {
  readonly #parts: AwayParts
  readonly #state: QueueState
  /** Tickets of the day that were over before the copy was made. */
  readonly #over: number
  #snapshot: QueueSnapshot | null = null

  /** Goes on from `copy` and from what this station has done itself after it (its journal's events behind `seq`); leases in `gone` were given back. */
  constructor(parts: AwayParts, copy: QueueSnapshot, seq: number, gone: ReadonlySet<string>) {
    this.#parts = parts
    const tickets = copy.tickets.map((ticket) => (ticket.lease && gone.has(ticket.lease.id) ? { ...ticket, lease: null } : ticket))
    this.#state = stateOf({ ...copy, tickets }, parts.rules)
    this.#over = copy.ticketsToday - copy.tickets.length
    for (const counter of parts.counters) this.#state.leases.set(counter, 'here')
    const own = parts.journal.after(parts.journal.origin, seq, 100_000)
    applyEvents(this.#state, own.filter((event) => localDay(event.at) === copy.day), false)
  }

  get day(): string {
    return this.#state.day
  }

  get state(): QueueState {
    return this.#state
  }

  snapshot(): QueueSnapshot {
    const { rules, now } = this.#parts
    this.#snapshot ??= snapshotOf(this.#state, rules, now(), (note) => this.#readNote(note))
    return { ...this.#snapshot, ticketsToday: this.#over + this.#state.tickets.size }
  }

  run(commandId: string, actor: string, command: QueueCommand): QueueAnswer {
    const { journal, commands, rules, vault, numbers, now } = this.#parts
    if (command.kind === 'requeue') return { ok: false, reason: 'needs-hub' }
    // Another station may have given its number: only the hub knows.
    if (command.kind === 'issue' && command.appointment) return { ok: false, reason: 'appointment-needs-hub' }
    const decision = decideQueue(this.#state, command, {
      now: now(),
      rules,
      newId: () => orderedId(now()),
      seal: (subject, text) => vault.seal(subject, text),
      claim: (ticket, counter) => (ticket.lease?.counter === counter ? 'free' : 'taken'),
      number: (prefix) => numbers.next(this.#state.day, prefix, prefixesOf(rules)),
    })
    if (!decision.ok) return { ok: false, reason: decision.reason === 'nobody-waiting' && this.#othersWait(command) ? 'none-leased' : decision.reason }
    const answer: QueueAnswer = { ok: true, done: { ticketId: decision.ticketId } }
    const stored = journal.append(actor, decision.events, () => commands.keep(commandId, now(), answer))
    applyEvents(this.#state, stored, false)
    this.#snapshot = null
    return answer
  }

  #othersWait(command: QueueCommand): boolean {
    const plan = 'counter' in command ? this.#parts.rules.counters.find((one) => one.id === command.counter) : undefined
    return [...this.#state.active.values()].some((ticket) => ticket.state === 'waiting' && plan?.services.includes(ticket.service))
  }

  /** Notes of the copy are plain text in memory, those written here are sealed. */
  #readNote(note: string): string | null {
    if (!note.startsWith('{')) return note
    const text = this.#parts.vault.open(JSON.parse(note))
    return typeof text === 'string' ? text : null
  }
}

