import { z } from 'zod'
import { procedureCodePattern } from '#domain/codes.ts'
import type { EventType, StoredEvent } from '#domain/event.ts'

/** What a ticket's events say of it; undefined where they say nothing. Times epoch ms. */
export interface TicketChange {
  number?: string
  day?: string
  service?: string
  procedure?: string | null | undefined
  priority?: string | null | undefined
  /** Null: waiting. */
  state?: string | null
  issuedAt?: number
  calledAt?: number
  startedAt?: number
  endedAt?: number | null
  counter?: number
  /** Id of the clerk, not a name. */
  staff?: string | null
  /** Times of the events that `state` with `endedAt`, and `counter` with `staff`, come from: another origin may have said something later. */
  stateAt?: number
  clerkAt?: number
}

export interface DossierChange {
  readonly procedure: string
  readonly procedureName: string
  readonly field: string
  readonly channel: string
  readonly receivedAt: number
  readonly dueAt: number | null
  readonly fee: number
  readonly counter: number
  readonly staff: string
  readonly ticketId: string | null
  /** Number of the event that says so. */
  readonly seq: number
}

export interface PaymentChange {
  readonly code: string
  /** `unknown`: a card terminal's answer is missing; received or cancelled later. */
  readonly state: 'requested' | 'unknown' | 'received' | 'cancelled'
  readonly method: string | null
  readonly amount: number | null
  readonly receivedAt: number | null
  readonly staff: string | null
}

export interface RatingChange {
  readonly counter: number
  readonly staff: string | null
  readonly score: number
  readonly at: number
}

/** An event of a known type that can't be true: `reason` is one of `QuarantineReason`, with details behind a colon. */
export interface Quarantined {
  readonly seq: number
  readonly type: string
  readonly reason: string
}

/**
 * Why an event counts nowhere. `malformed`: its data doesn't fit its type; `duplicate`: its dossier code is taken; `another-office`: the code is
 * of another agency; `unknown-procedure`: no procedure can have this code; `impossible-amount`: below nothing, or beyond any fee.
 */
export type QuarantineReason = 'malformed' | 'duplicate' | 'another-office' | 'unknown-procedure' | 'impossible-amount'

class ImplausibleError extends Error {
  override readonly name = 'ImplausibleError'
  readonly reason: QuarantineReason
  constructor(reason: QuarantineReason) {
    super(reason)
    this.reason = reason
  }
}

/** More than any fee of the catalogue by far, đồng. */
const mostMoney = 10_000_000_000

function plausibleAmount(amount: number): void {
  if (amount < 0 || amount > mostMoney) throw new ImplausibleError('impossible-amount')
}

/** What a run of events of one origin changes, by key. Nothing personal: that is sealed. */
export interface Changes {
  readonly tickets: Map<string, TicketChange>
  readonly dossiers: Map<string, DossierChange>
  readonly payments: Map<string, PaymentChange>
  readonly ratings: Map<string, RatingChange>
  readonly quarantined: Quarantined[]
}

/** Version of what is folded: raise it when `fold` or a table changes, and the next start folds everything anew. */
export const projectionVersion = 4

/** Folds events of one origin, in order. Unknown types and versions are passed over. */
export function fold(events: readonly StoredEvent[]): Changes {
  const changes: Changes = { tickets: new Map(), dossiers: new Map(), payments: new Map(), ratings: new Map(), quarantined: [] }
  for (const event of events) {
    const rule = event.version === 1 ? rules.get(event.type) : undefined
    if (!rule) continue
    try {
      if (event.at < earliest || event.at > latest) dated.parse(event)
      rule(changes, event, JSON.parse(event.data))
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof SyntaxError || error instanceof ImplausibleError)) throw error
      changes.quarantined.push({ seq: event.seq, type: event.type, reason: reasonOf(error) })
    }
  }
  return changes
}

type Rule = (changes: Changes, event: StoredEvent, data: unknown) => void

const count = z.int()
const text = z.string().refine((value) => !value.includes('\0') && value.isWellFormed())
/** What stands in an index, which holds no long texts. */
const id = text.max(200)
const day = z.iso.date().regex(/^[12]/)
/** A moment that `report.*` and other systems can show, epoch ms: until the end of the year 9999. */
const [earliest, latest] = [0, Date.UTC(9999, 11, 31)]
const moment = z.int().min(earliest).max(latest)
const dated = z.object({ at: moment })
const staff = text.nullish().transform((clerk) => clerk ?? null)
const byClerk = z.object({ counter: count, staff })
const resumed = z.object({ serving: z.boolean() })
const issued = z.object({ number: text, day, service: text, procedure: text.nullish(), priority: text.nullish() })
const accepted = z.object({
  procedure: text,
  procedureName: text,
  field: text,
  channel: text,
  receivedAt: moment,
  due: z.object({ due: moment.nullable() }),
  feeTotal: count,
  counter: count,
  staff: text,
  ticketId: text.nullable(),
})
const payment = z.object({ paymentId: id, method: text, amount: count, staff })
const rating = z.object({ counter: count, staff, score: count.min(1).max(5) })

const rulesByType: Partial<Record<EventType, Rule>> = {
  'ticket.issued': (changes, event, data) => change(changes, event, { ...issued.parse(data), issuedAt: event.at }),
  'ticket.called': (changes, event, data) => change(changes, event, { ...clerk(event, data), ...state(event, 'called'), calledAt: event.at }),
  'ticket.started': (changes, event) => change(changes, event, { ...state(event, 'serving'), startedAt: event.at }),
  'ticket.held': (changes, event) => change(changes, event, state(event, 'held')),
  'ticket.resumed': (changes, event, data) => change(changes, event, state(event, resumed.parse(data).serving ? 'serving' : 'called')),
  'ticket.transferred': (changes, event) => change(changes, event, state(event, null)),
  'ticket.requeued': (changes, event) => change(changes, event, state(event, null)),
  'ticket.absent': (changes, event) => change(changes, event, { ...state(event, 'no-show'), endedAt: event.at }),
  'ticket.finished': (changes, event, data) => change(changes, event, { ...clerk(event, data), ...state(event, 'done'), endedAt: event.at }),
  'dossier.accepted': (changes, event, data) => {
    const { due, feeTotal, ...rest } = accepted.parse(data)
    if (changes.dossiers.has(event.subject)) throw new ImplausibleError('duplicate')
    if (!procedureCodePattern.test(rest.procedure)) throw new ImplausibleError('unknown-procedure')
    plausibleAmount(feeTotal)
    changes.dossiers.set(event.subject, { ...rest, dueAt: due.due, fee: feeTotal, seq: event.seq })
  },
  'payment.requested': (changes, event, data) => pay(changes, event, data, 'requested'),
  'payment.received': (changes, event, data) => pay(changes, event, data, 'received'),
  'payment.doubted': (changes, event, data) => settle(changes, event, data, 'unknown'),
  'payment.cancelled': (changes, event, data) => settle(changes, event, data, 'cancelled'),
  'rating.given': (changes, event, data) => changes.ratings.set(event.subject, { ...rating.parse(data), at: event.at }),
}
/** A map, so that an event of type `constructor` finds nothing. */
const rules: ReadonlyMap<string, Rule> = new Map(Object.entries(rulesByType))

const state = ({ at }: StoredEvent, is: string | null): TicketChange => ({ state: is, stateAt: at, endedAt: null })
const clerk = ({ at }: StoredEvent, data: unknown): TicketChange => ({ ...byClerk.parse(data), clerkAt: at })

function change(changes: Changes, event: StoredEvent, what: TicketChange): void {
  const before = changes.tickets.get(event.subject)
  changes.tickets.set(event.subject, { ...before, ...what, ...earlier('calledAt', before, what), ...earlier('startedAt', before, what) })
}

function earlier(time: 'calledAt' | 'startedAt', before: TicketChange | undefined, what: TicketChange): TicketChange {
  const times = [before?.[time], what[time]].filter((one) => one !== undefined)
  return times.length === 0 ? {} : { [time]: Math.min(...times) }
}

function pay(changes: Changes, event: StoredEvent, data: unknown, state: 'requested' | 'received'): void {
  const { paymentId, ...rest } = payment.parse(data)
  plausibleAmount(rest.amount)
  if (changes.payments.get(paymentId)?.state === 'received') return
  changes.payments.set(paymentId, { code: event.subject, state, ...rest, receivedAt: state === 'received' ? event.at : null })
}

/** What the events that name only the payment say of it. */
function settle(changes: Changes, event: StoredEvent, data: unknown, state: 'unknown' | 'cancelled'): void {
  const { paymentId } = z.object({ paymentId: id }).parse(data)
  const before = changes.payments.get(paymentId)
  if (before?.state === 'received') return
  changes.payments.set(paymentId, { method: null, amount: null, staff: null, ...before, code: event.subject, state, receivedAt: null })
}

function reasonOf(error: z.ZodError | SyntaxError | ImplausibleError): string {
  if (error instanceof ImplausibleError) return error.reason
  if (error instanceof SyntaxError) return 'malformed: not JSON'
  return `malformed: ${error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ')}`.slice(0, 200)
}
