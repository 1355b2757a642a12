import { randomUUID } from 'node:crypto'
import type { QueueCommand } from '#domain/queue-command.ts'
import { localDay } from '#domain/local-time.ts'
import { standingIn } from '#domain/queue/standing.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { AwayDesk, type AwayParts } from './away-desk.ts'
import type { HubNews, HubPort } from './hub-port.ts'
import { HubTerm } from './hub-term.ts'
import { systemAfter, type After } from './lease-keeper.ts'
import { prefixesOf } from './lease-numbers.ts'
import { HubUnreachableError, type CodeBlock, type QueueAnswer, type QueuePort, type Standing } from './queue-port.ts'
import { QueueCopy } from './queue-copy.ts'
import { UnclearCommands } from './unclear-commands.ts'
import { seenTickets, type SeenTicket } from './witness.ts'

export interface LinkedQueueParts extends AwayParts {
  readonly hub: HubPort
  /** Days for which ticket numbers are leased ahead, today first; none at a station without a kiosk. */
  readonly numberDays: () => readonly string[]
  readonly after?: After
}

/** The hub's next view is out well before this. */
const seenMs = 2_000
/** Tickets told to a new hub in one message: some 2 kB each at most, of the 256 kB that a hub takes. */
const witnessedAtOnce = 50
/** The copy of the queue is stored at most this often while the hub speaks. */
const keepMs = 1_000

/**
 * The queue at a station that is not the hub: the hub's own while it answers; without it, this station goes on from its copy with what is
 * leased to it (`AwayDesk`), and returns to the hub's once that has all that was done here meanwhile.
 */
export class LinkedQueue implements QueuePort {
  readonly #parts: LinkedQueueParts
  readonly #copy: QueueCopy
  readonly #term: HubTerm
  readonly #listeners = new Set<() => void>()
  #heard: QueueSnapshot | null = null
  #heardAt = 0
  #lostSince: number | null
  #away: AwayDesk | null = null
  /** Number in our journal of the last thing done here while the hub was away, and what of it the hub was told of with the last hello. */
  #lastDone: number
  #told = 0
  #keepDue: (() => void) | null = null
  #leasing = false
  #testifying = false
  readonly #unclear: UnclearCommands

  constructor(parts: LinkedQueueParts) {
    this.#parts = parts
    this.#copy = new QueueCopy(parts.journal)
    this.#term = new HubTerm(parts.journal)
    this.#unclear = new UnclearCommands(parts.journal)
    this.#lostSince = parts.now()
    this.#lastDone = lastQueueEvent(parts, this.#copy.stored?.seq ?? 0)
    parts.hub.open({ hello: this.#hello, news: this.#news, recall: this.#recall, lost: this.#lost })
  }

  readonly snapshot = (): QueueSnapshot | null => (this.#lostSince === null ? this.#heard : (this.#desk()?.snapshot() ?? null))
  readonly heardAt = (): number => this.#heardAt
  readonly lostSince = (): number | null => this.#lostSince

  readonly standing = (ticketId: string): Standing | null => {
    const snapshot = this.snapshot()
    return snapshot && standingIn(snapshot, this.#parts.rules, ticketId)
  }

  readonly execute = async (commandId: string, actor: string, command: QueueCommand): Promise<QueueAnswer> => {
    const { commands, journal } = this.#parts
    const before = commands.answerOf(commandId) as QueueAnswer | undefined
    if (before) return before
    if (this.#lostSince === null) return this.#askHub(commandId, actor, command)
    if (this.#unclear.has(commandId)) throw new HubUnreachableError(this.#lostSince, true)
    const desk = this.#desk()
    if (!desk) throw new HubUnreachableError(this.#lostSince, false)
    const answer = desk.run(commandId, actor, command)
    if (answer.ok) {
      this.#lastDone = journal.head(journal.origin)?.seq ?? 0
      this.#tell()
    }
    return answer
  }

  async #askHub(commandId: string, actor: string, command: QueueCommand): Promise<QueueAnswer> {
    const term = this.#term.known
    if (this.#unclear.isOfEarlierHub(commandId, term)) throw new HubUnreachableError(this.#parts.now(), true)
    this.#unclear.sent(commandId, term)
    try {
      const answer = await this.#parts.hub.command(commandId, actor, command)
      this.#unclear.answered(commandId)
      if (answer.ok) this.#noteCalled(answer.done.ticketId)
      return answer
    } catch (error) {
      if (!(error instanceof HubUnreachableError && error.sent)) this.#unclear.answered(commandId)
      throw error
    }
  }

  /** The hub called a citizen who is leased to us: before its next word is stored we may be cut off or start anew, and must not call the same one again. */
  #noteCalled(ticketId: string | null): void {
    const ticket = this.#heard?.tickets.find((one) => one.id === ticketId)
    if (ticket?.state === 'waiting' && ticket.lease && !this.#copy.gone.has(ticket.lease.id)) this.#copy.giveBack([ticket.lease.id])
  }

  readonly leaseCodes = (commandId: string, day: string): Promise<CodeBlock> => this.#parts.hub.leaseCodes(commandId, day)

  readonly seen = (ticketId: string): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!this.snapshot()?.tickets.some((ticket) => ticket.id === ticketId)) return
        done()
      }
      const done = () => {
        stop()
        cancel()
        resolve()
      }
      const stop = this.onChange(look)
      const cancel = (this.#parts.after ?? systemAfter)(seenMs, done)
      look()
    })

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly close = (): void => {
    this.#keepNow()
    this.#parts.hub.close()
    this.#listeners.clear()
  }

  readonly #hello = () => {
    const { journal, counters } = this.#parts
    this.#told = this.#lastDone
    return { origin: journal.origin, seq: this.#told, hash: journal.hashAt(journal.origin, this.#told), counters, term: this.#term.known }
  }

  readonly #news = ({ snapshot, term }: HubNews): void => {
    const { now, hub } = this.#parts
    if (term > this.#term.known && this.#testify(term)) return
    this.#term.learn(term)
    if (!snapshot) return
    // Something was done here between the hello and this: the hub's view does not have it yet.
    if (this.#told !== this.#lastDone) return hub.renew()
    const changed = snapshot.revision !== this.#heard?.revision || snapshot.day !== this.#heard.day || this.#lostSince !== null
    this.#heard = snapshot
    this.#heardAt = now()
    this.#lostSince = null
    this.#away = null
    if (!changed) return
    this.#keepSoon()
    this.#tell()
    this.#leaseNumbers()
  }

  /** A new hub first hears what the old one had told us of today; until then it is not followed. False when there is nothing to tell. */
  #testify(term: number): boolean {
    const last = this.#copy.stored?.snapshot
    if (this.#term.known === 0 || !last?.tickets.length) return false
    if (this.#testifying) return true
    this.#testifying = true
    this.#tellAll(seenTickets(last.tickets))
      .then(() => this.#term.learn(term))
      // Told again with its next word.
      .catch(() => undefined)
      .finally(() => (this.#testifying = false))
    return true
  }

  /** A hall's tickets are more than one message may hold. */
  async #tellAll(seen: readonly SeenTicket[]): Promise<void> {
    for (let from = 0; from < seen.length; from += witnessedAtOnce) await this.#parts.hub.witness(seen.slice(from, from + witnessedAtOnce))
  }

  /** Gives back what this station is asked for: it is connected, so it calls nothing on its own now. */
  readonly #recall = (leases: readonly string[]): readonly string[] => {
    if (this.#lostSince !== null) return []
    this.#copy.giveBack(leases)
    return leases
  }

  readonly #lost = (): void => {
    if (this.#lostSince !== null) return
    this.#lostSince = this.#parts.now()
    this.#keepNow()
    this.#tell()
  }

  /** The desk of the present day, made from the newest copy; null when the hub was never heard. */
  #desk(): AwayDesk | null {
    const stored = this.#copy.stored
    const today = localDay(this.#parts.now())
    if (!stored) return null
    if (this.#away?.day !== today) {
      // What was heard since the start has the clerks' notes, which are not stored.
      const known = this.#heard ?? stored.snapshot
      this.#away = new AwayDesk(this.#parts, known.day === today ? known : emptied(known, today), stored.seq, this.#copy.gone)
    }
    return this.#away
  }

  #keepSoon(): void {
    this.#keepDue ??= (this.#parts.after ?? systemAfter)(keepMs, () => this.#keepNow())
  }

  /** Stores the newest word of the hub, unless that was done already. */
  #keepNow(): void {
    if (!this.#keepDue || !this.#heard) return
    this.#keepDue()
    this.#keepDue = null
    const { journal } = this.#parts
    try {
      this.#copy.keep(this.#heard, journal.head(journal.origin)?.seq ?? 0)
    } catch (error) {
      // An older copy does as well: what was given back since is stored apart. The hub's next word is tried again.
      if (!(error instanceof Error)) throw error
    }
  }

  /** Asks for ticket numbers ahead, today's first, one request at a time. */
  #leaseNumbers(): void {
    const { numberDays, numbers, rules, hub } = this.#parts
    const day = numberDays().find((one) => numbers.low(one, prefixesOf(rules)))
    if (day === undefined || this.#leasing || this.#lostSince !== null) return
    this.#leasing = true
    hub
      .leaseNumbers(randomUUID(), day)
      .then((lease) => numbers.received(lease))
      .then(
        () => {
          this.#leasing = false
          this.#leaseNumbers()
        },
        // Asked again with the hub's next word.
        () => (this.#leasing = false),
      )
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The same office on a day of which nothing is known. */
function emptied(copy: QueueSnapshot, day: string): QueueSnapshot {
  const counters = copy.counters.map((counter) => ({ ...counter, pausedUntil: null, ticket: null, priorityRun: 0, servedToday: 0, minutesPerVisit: null, ratedToday: 0, satisfiedToday: 0 }))
  return { ...copy, day, counters, tickets: [], callOrder: [], calls: [], ratings: [], helpAsked: [], ticketsToday: 0 }
}

const lastDone = `SELECT max(seq) FROM events WHERE origin = ? AND seq > ? AND (type LIKE 'ticket.%' OR type LIKE 'counter.%' OR type LIKE 'rating.%' OR type LIKE 'help.%')`

/** Number of the last thing done here to the queue behind `seq`; 0 when there is none: then the hub has all. */
function lastQueueEvent({ journal }: AwayParts, seq: number): number {
  return Number(journal.db.prepare(lastDone).pluck().get(journal.origin, seq) ?? 0)
}
