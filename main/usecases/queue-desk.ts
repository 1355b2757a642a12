import type { StoredEvent } from '#domain/event.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import { localDay } from '#domain/local-time.ts'
import { decideQueue } from '#domain/queue/decide.ts'
import { dealOut, strays } from '#domain/queue/leases.ts'
import { snapshotOf } from '#domain/queue/snapshot.ts'
import { standingOf } from '#domain/queue/standing.ts'
import type { QueueRules, QueueState } from '#domain/queue/state.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import type { Vault } from '#vault/vault.ts'
import { HubTerm } from './hub-term.ts'
import { leaseCodeBlock } from './lease-codes.ts'
import { LeaseKeeper, type After } from './lease-keeper.ts'
import { leaseNumberBlocks, type NumberLease } from './lease-numbers.ts'
import type { CodeBlock, QueueAnswer, QueuePort, Standing } from './queue-port.ts'
import { applyEvents, replayDay } from './replay-day.ts'
import { learnFrom, type SeenTicket } from './witness.ts'

export interface QueueDeskParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly vault: Vault
  readonly rules: QueueRules
  readonly now: () => number
  /** Timers; the machine's own when absent. */
  readonly after?: After
}

/** A command and who gives it: `from` is the id of the station that acts for its own counter, null for the hub's own screens. */
interface Order {
  readonly commandId: string
  readonly actor: string
  readonly command: QueueCommand
  readonly from: string | null
}

type Decided = QueueAnswer & { readonly ask?: string }

/** The hub's queue: the one writer of the office's tickets. State in memory, every change in the journal before it is answered. */
export class QueueDesk implements QueuePort {
  readonly #parts: QueueDeskParts
  #state: QueueState
  #snapshot: QueueSnapshot | null = null
  #newest = ''
  readonly leases: LeaseKeeper
  readonly term: HubTerm
  /** Stations that are connected, by their id. */
  readonly #attached = new Map<string, { readonly origin: string; readonly counters: readonly number[] }>()
  #superseded: boolean
  /** Orders that wait for a lease, one after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void

  constructor(parts: QueueDeskParts) {
    this.#parts = parts
    this.leases = new LeaseKeeper(parts.after)
    this.term = new HubTerm(parts.journal)
    this.#state = replayDay(parts.journal, parts.rules, localDay(parts.now()))
    this.#superseded = this.term.superseded
    this.term.onSuperseded(() => {
      this.#superseded = true
    })
    this.#stop = parts.journal.onCommit((events) => this.#follow(events))
  }

  /** Folds the day anew: what the journal holds of it was settled by the hub that this one was, leases and all (`resumeAfterRestore`). */
  refold(): void {
    const { journal, rules, now } = this.#parts
    this.#state = replayDay(journal, rules, localDay(now()))
    this.#snapshot = null
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

  /** Does a command once; a ticket that is leased elsewhere is asked for first. */
  readonly execute = (commandId: string, actor: string, command: QueueCommand, from: string | null = null): Promise<QueueAnswer> => {
    const order = { commandId, actor, command, from }
    const first = this.#decide(order)
    if (first.ok || !first.ask) return Promise.resolve(first)
    const answer = this.#turn.then(() => this.#askAndDo(order))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  /** The same, at once: the whole command happens between two turns of the event loop, so commands cannot interleave. */
  run(commandId: string, actor: string, command: QueueCommand): QueueAnswer {
    return this.#decide({ commandId, actor, command, from: null })
  }

  /** A station is connected: what is leased to its counters it may call when it is cut off. The answer ends it. */
  readonly attach = (station: string, origin: string, counters: readonly number[], recall: (lease: string) => void): (() => void) => {
    const connected = { origin, counters }
    this.#attached.set(station, connected)
    const detach = this.leases.attach(origin, recall)
    this.#grant(this.#today())
    return () => {
      detach()
      if (this.#attached.get(station) === connected) this.#attached.delete(station)
    }
  }

  readonly givenBack = (station: string, leases: readonly string[]): void => {
    const origin = this.#attached.get(station)?.origin
    if (origin !== undefined) this.leases.givenBack(origin, leases)
  }

  /**
   * Whether a station's event `seq` is here, so that the queue holds what was done there while it was cut off. With another hash it is a forgotten
   * copy's: the station goes on alone until it has an epoch of its own. Without one (nothing was done, or by an older version) the number counts.
   */
  readonly reached = (origin: string, seq: number, hash: string | null): boolean => {
    const { journal } = this.#parts
    return hash === null ? (journal.head(origin)?.seq ?? 0) >= seq : journal.hashAt(origin, seq) === hash
  }

  /** A station's copy of the queue, told to a hub that took over: what it lacks of the old one's last moments. */
  readonly witness = (seen: readonly SeenTicket[]): void => {
    if (this.term.own === 1) return
    const events = learnFrom(this.#today(), seen)
    if (events.length) this.#parts.journal.append('system', events)
  }

  /** How many waiting tickets only this station may call while it is cut off, and how many of them are out of reach now. */
  readonly leasedTo = (station: string): { readonly leased: number; readonly away: number } => {
    const { leases, active } = this.#today()
    let [leased, away] = [0, 0]
    for (const ticket of active.values()) {
      const holder = ticket.state === 'waiting' && ticket.lease ? leases.get(ticket.lease.counter) : undefined
      if (!holder?.startsWith(`${station}.`)) continue
      leased += 1
      if (!this.#isAttached(holder)) away += 1
    }
    return { leased, away }
  }

  /** A person says that a machine is off for good: its numbers are anybody's again. What its connected successor of the same name holds stays, unless `all`. */
  readonly endLeases = (actor: string, station: string, all = false): void => {
    const holders = new Set([...this.#today().leases.values()].filter((holder) => holder.startsWith(`${station}.`) && (all || !this.#isAttached(holder))))
    if (all) this.#attached.delete(station)
    if (!holders.size) return
    this.#parts.journal.append(actor, [...holders].map((holder) => ({ type: 'lease.ended' as const, subject: station, data: { holder } })))
    this.#grant(this.#today())
    this.#deal()
  }

  #isAttached(origin: string): boolean {
    return [...this.#attached.values()].some((one) => one.origin === origin)
  }

  readonly seen = (): Promise<void> => Promise.resolve()

  readonly leaseNumbers = (commandId: string, day: string, station: string): Promise<NumberLease> =>
    Promise.resolve(leaseNumberBlocks(this.#parts, commandId, day, station))

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

  #decide({ commandId, actor, command, from }: Order): Decided {
    const { journal, commands, rules, now, vault } = this.#parts
    const before = commands.answerOf(commandId) as QueueAnswer | undefined
    if (before) return before
    if (this.#superseded) return { ok: false, reason: 'hub-superseded' }
    const state = this.#today()
    this.#grant(state)
    const origin = from === null ? null : (this.#attached.get(from)?.origin ?? null)
    const decision = decideQueue(state, command, {
      now: now(),
      rules,
      newId: () => orderedId(now()),
      seal: (subject, text) => vault.seal(subject, text),
      claim: (ticket) => this.leases.claim(ticket, ticket.lease ? state.leases.get(ticket.lease.counter) : undefined, origin),
    })
    if (!decision.ok) return decision
    const answer: QueueAnswer = { ok: true, done: { ticketId: decision.ticketId } }
    journal.append(actor, decision.events, () => commands.keep(commandId, now(), answer))
    if (command.kind === 'issue') this.#newest = decision.ticketId ?? ''
    if (command.kind === 'transfer' || command.kind === 'requeue') this.#deal()
    return answer
  }

  /** Each turn gets a lease back or learns that its station is silent, so it ends. */
  async #askAndDo(order: Order): Promise<QueueAnswer> {
    for (;;) {
      const answer = this.#decide(order)
      if (answer.ok || !answer.ask) return answer
      await this.leases.recall(answer.ask, this.#holderOf(answer.ask))
    }
  }

  /** Of any ticket of the day: somebody may want one that was done a moment ago. */
  #holderOf(lease: string): string | undefined {
    for (const ticket of this.#state.tickets.values()) if (ticket.lease?.id === lease) return this.#state.leases.get(ticket.lease.counter)
    return undefined
  }

  /** Leases of the day for the counters of connected stations. What another origin holds stays with it: that machine may be calling. */
  #grant(state: QueueState): void {
    for (const [station, { origin, counters }] of this.#attached) {
      const fresh = counters.filter((counter) => !state.leases.has(counter))
      if (!fresh.length) continue
      this.#parts.journal.append('system', [{ type: 'lease.granted', subject: station, data: { holder: origin, counters: fresh } }])
      this.#deal()
    }
  }

  /** Leases tickets that nobody holds, such as those that came back into the queue. */
  #deal(): void {
    const events = dealOut(this.#today(), this.#parts.rules, () => orderedId(this.#parts.now()))
    if (events.length) this.#parts.journal.append('system', events)
  }

  /** The state of the present day; a new one begins at midnight, numbers from 001. A clock that was set back comes to a day that has events. */
  #today(): QueueState {
    const day = localDay(this.#parts.now())
    if (this.#state.day !== day) {
      this.#state = replayDay(this.#parts.journal, this.#parts.rules, day)
      this.#snapshot = null
      this.leases.forget()
    }
    return this.#state
  }

  #follow(events: readonly StoredEvent[]): void {
    const { journal } = this.#parts
    const [mine, theirs] = [events.filter((event) => event.origin === journal.origin), events.filter((event) => event.origin !== journal.origin)]
    const ofToday = theirs.filter((event) => localDay(event.at) === this.#state.day)
    const absorbed = applyEvents(this.#state, ofToday, true)
    if (applyEvents(this.#state, mine, false) + absorbed === 0) return
    this.#snapshot = null
    if (absorbed) this.#takeBackStrays()
    for (const listener of this.#listeners) listener()
  }

  /** Calls whose counter has gone on to another citizen while it was cut off: those wait again. */
  #takeBackStrays(): void {
    const events = strays(this.#state).map((ticket) => ({ type: 'ticket.requeued' as const, subject: ticket.id, data: { from: ticket.state } }))
    if (events.length) this.#parts.journal.append('system', events)
  }

  #readNote(sealed: string): string | null {
    const text = this.#parts.vault.open(JSON.parse(sealed))
    return typeof text === 'string' ? text : null
  }
}
