import type { StoredEvent } from '#domain/event.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import { localDay } from '#domain/local-time.ts'
import { decideQueue } from '#domain/queue/decide.ts'
import { evolveQueue, isQueueEvent, type QueueFact } from '#domain/queue/evolve.ts'
import { snapshotOf } from '#domain/queue/snapshot.ts'
import { standingOf } from '#domain/queue/standing.ts'
import { newDay, noteNumber, type QueueRules, type QueueState } from '#domain/queue/state.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import type { Vault } from '#vault/vault.ts'
import { leaseCodeBlock } from './lease-codes.ts'
import type { CodeBlock, QueueAnswer, QueuePort, Standing } from './queue-port.ts'

export interface QueueDeskParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly vault: Vault
  readonly rules: QueueRules
  readonly now: () => number
}

/** The hub's queue: the one writer of the office's tickets. State in memory, every change in the journal before it is answered. */
export class QueueDesk implements QueuePort {
  readonly #parts: QueueDeskParts
  #state: QueueState
  #snapshot: QueueSnapshot | null = null
  #newest = ''
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void

  constructor(parts: QueueDeskParts) {
    this.#parts = parts
    this.#state = replayDay(parts, localDay(parts.now()))
    this.#stop = parts.journal.onCommit((events) => this.#follow(events))
  }

  readonly snapshot = (): QueueSnapshot => {
    this.#today()
    this.#snapshot ??= snapshotOf(this.#state, this.#parts.rules, this.#parts.now(), (sealed) => this.#readNote(sealed))
    return this.#snapshot
  }

  readonly standing = (ticketId: string): Standing | null => {
    const state = this.#today()
    const ticket = state.tickets.get(ticketId)
    if (!ticket) return null
    // Everybody else came before the newest ticket: counted already, no need to look at each.
    const newest = ticketId === this.#newest && ticket.state === 'waiting'
    const standing = standingOf(state, this.#parts.rules, ticket, newest ? Infinity : ticket.order)
    return newest ? { ...standing, ahead: standing.ahead - 1, estimate: ticket.promised } : standing
  }

  readonly heardAt = (): number => this.#parts.now()
  readonly lostSince = (): null => null

  readonly execute = (commandId: string, actor: string, command: QueueCommand): Promise<QueueAnswer> =>
    Promise.resolve(this.run(commandId, actor, command))

  /** The same, at once: the whole command happens between two turns of the event loop, so commands cannot interleave. */
  run(commandId: string, actor: string, command: QueueCommand): QueueAnswer {
    const { journal, commands, rules, now, vault } = this.#parts
    const before = commands.answerOf(commandId) as QueueAnswer | undefined
    if (before) return before
    const decision = decideQueue(this.#today(), command, { now: now(), rules, newId: () => orderedId(now()), seal: (subject, text) => vault.seal(subject, text) })
    if (!decision.ok) return decision
    const answer: QueueAnswer = { ok: true, done: { ticketId: decision.ticketId } }
    journal.append(actor, decision.events, () => commands.keep(commandId, now(), answer))
    if (command.kind === 'issue') this.#newest = decision.ticketId ?? ''
    return answer
  }

  readonly seen = (): Promise<void> => Promise.resolve()

  readonly leaseCodes = (commandId: string, day: string, station = 'hub'): Promise<CodeBlock> =>
    Promise.resolve(leaseCodeBlock(this.#parts, commandId, day, station))

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly close = (): void => {
    this.#stop()
    this.#listeners.clear()
  }

  /** The state of the present day; a new one begins at midnight, numbers from 001. A clock that was set back comes to a day that has events. */
  #today(): QueueState {
    const day = localDay(this.#parts.now())
    if (this.#state.day !== day) {
      this.#state = replayDay(this.#parts, day)
      this.#snapshot = null
    }
    return this.#state
  }

  #follow(events: readonly StoredEvent[]): void {
    const { journal } = this.#parts
    const mine = events.filter((event) => event.origin === journal.origin)
    if (apply(this.#state, mine) === 0) return
    this.#snapshot = null
    for (const listener of this.#listeners) listener()
  }

  #readNote(sealed: string): string | null {
    const text = this.#parts.vault.open(JSON.parse(sealed))
    return typeof text === 'string' ? text : null
  }
}

function apply(state: QueueState, events: readonly StoredEvent[]): number {
  let changed = 0
  for (const { type, version, subject, at, data } of events) {
    if (version !== 1 || !isQueueEvent(type)) continue
    evolveQueue(state, { type, subject, at, data: JSON.parse(data) } as QueueFact)
    changed += 1
  }
  return changed
}

/** Folds the day's own events again, found by walking back from the end of the journal. */
function replayDay({ journal, rules }: QueueDeskParts, day: string): QueueState {
  const state = newDay(day, rules)
  const head = journal.head(journal.origin)?.seq ?? 0
  let from = head
  for (; from > 0; from = Math.max(0, from - 500)) {
    const [first] = journal.after(journal.origin, Math.max(0, from - 500), 1)
    if (first && localDay(first.at) < day) break
  }
  for (let seq = Math.max(0, from - 500); seq < head; ) {
    const page = journal.after(journal.origin, seq, 1_000)
    apply(state, page.filter((event) => localDay(event.at) === day))
    seq = page.at(-1)?.seq ?? head
  }
  // Whatever the clock did to the times of events: a number that was given on this day is not given again.
  const given = journal.db.prepare<[string], string>('SELECT number FROM v_tickets WHERE day = ?').pluck()
  for (const number of given.all(day)) noteNumber(state, number)
  return state
}
