import type { NewEvent } from '../event.ts'
import type { QueueCommand, QueueRefusal } from '../queue-command.ts'
import type { Ticket } from '../ticket.ts'
import { leaseFor } from './leases.ts'
import { estimate, nextFor } from './order.ts'
import { nextNumber, type CounterDay, type CounterPlan, type QueueRules, type QueueState } from './state.ts'

/** What the pure core needs from outside: time, fresh ids, and sealing of free text. */
export interface DecideContext {
  readonly now: number
  readonly rules: QueueRules
  readonly newId: () => string
  readonly seal: (subject: string, text: string) => { readonly key: string; readonly box: string }
  /** Whether another station may be calling this ticket on its own; nobody may when absent. */
  readonly claim?: (ticket: Ticket, counter: number) => Claim
  /** Where numbers come from at a station that is cut off; null when it has none left. */
  readonly number?: (prefix: string) => string | null
}

/** `free` to be called. `ask`: leased to a station that can be asked for it. `taken`: leased to one that can't be asked now. */
export type Claim = 'free' | 'ask' | 'taken'

export type Decision =
  | { readonly ok: true; readonly events: readonly NewEvent[]; readonly ticketId: string | null }
  | Refused

interface Refused {
  readonly ok: false
  readonly reason: QueueRefusal
  /** Fills the blanks of its message. */
  readonly details?: Readonly<Record<string, string>>
  /** The lease that must be given back before the command can be decided. */
  readonly ask?: string
}

const refuse = (reason: QueueRefusal): Refused => ({ ok: false, reason })
const done = (ticketId: string | null, ...events: NewEvent[]): Decision => ({ ok: true, events, ticketId })

/** Decides one command against the state of the day: the events to write, or why not. Changes nothing. */
export function decideQueue(state: QueueState, command: QueueCommand, context: DecideContext): Decision {
  switch (command.kind) {
    case 'issue':
      return issue(state, command, context)
    case 'rate':
    case 'skip-rating':
      return rate(state, command, context)
    case 'ask-help':
      return done(null, { type: 'help.asked', subject: command.station, data: { station: command.station } })
    case 'answer-help':
      return done(null, { type: 'help.answered', subject: command.station, data: { station: command.station } })
    case 'note': {
      if (!state.tickets.has(command.ticketId)) return refuse('ticket-not-found')
      const note = context.seal(`ticket:${command.ticketId}`, command.text)
      return done(command.ticketId, { type: 'ticket.noted', subject: command.ticketId, data: { note } })
    }
    case 'requeue':
      return requeue(state, command.ticketId, context)
    default:
      return atCounter(state, command, context)
  }
}

/** `A012`. */
export const ticketNumber = (prefix: string, nth: number): string => `${prefix}${String(nth).padStart(3, '0')}`

function issue(state: QueueState, command: Extract<QueueCommand, { kind: 'issue' }>, { rules, newId, number }: DecideContext): Decision {
  const service = rules.services.find((one) => one.id === command.service)
  if (!service) return refuse('unknown-service')
  const { appointment } = command
  const before = appointment && [...state.tickets.values()].find((ticket) => ticket.appointment?.code === appointment.code)
  if (before) return { ok: false, reason: 'appointment-used', details: { number: before.number } }
  const id = newId()
  const nth = nextNumber(state, service.prefix)
  const given = number ? number(service.prefix) : ticketNumber(service.prefix, nth)
  if (given === null) return refuse('no-numbers')
  const lease = leaseFor(state, rules, service.id, nth)
  return done(id, {
    type: 'ticket.issued',
    subject: id,
    data: {
      number: given,
      day: state.day,
      service: service.id,
      procedure: command.procedure,
      title: command.title || service.name,
      priority: command.priority,
      papers: command.papers,
      promised: estimate(service.id, state, rules),
      key: newId(),
      station: command.station,
      ...(appointment ? { appointment } : {}),
      ...(lease === null ? {} : { lease }),
    },
  })
}

function requeue(state: QueueState, ticketId: string, context: DecideContext): Decision {
  const ticket = state.tickets.get(ticketId)
  if (!ticket) return refuse('ticket-not-found')
  if (ticket.state !== 'no-show' && ticket.state !== 'held') return refuse('wrong-state')
  const claimed = claimedBy(ticket, ticket.counter ?? 0, context)
  if (claimed) return claimed
  return done(ticketId, { type: 'ticket.requeued', subject: ticketId, data: { from: ticket.state } })
}

function rate(state: QueueState, command: Extract<QueueCommand, { kind: 'rate' | 'skip-rating' }>, { now, seal }: DecideContext): Decision {
  const rating = state.ratings.get(command.ticketId)
  if (!rating || rating.state !== 'open') return refuse('rating-closed')
  if (command.kind === 'skip-rating') return done(command.ticketId, { type: 'rating.closed', subject: command.ticketId, data: { why: command.why } })
  // A tap on the last second travels a while: two seconds of grace, not more.
  if (now > rating.expiresAt + 2_000) return refuse('rating-closed')
  const other = sealed({ seal }, command.ticketId, command.other)
  return done(command.ticketId, {
    type: 'rating.given',
    subject: command.ticketId,
    data: { counter: rating.counter, staff: rating.staff, score: command.score, reasons: command.reasons, other },
  })
}

/** Free words under the ticket's key, null when there are none. */
function sealed({ seal }: Pick<DecideContext, 'seal'>, ticketId: string, text: string) {
  return text.trim() ? seal(`ticket:${ticketId}`, text.trim()) : null
}

type CounterCommand = Extract<QueueCommand, { counter: number }>

function atCounter(state: QueueState, command: CounterCommand, context: DecideContext): Decision {
  const plan = context.rules.counters.find((one) => one.id === command.counter)
  const day = state.counters.get(command.counter)
  if (!plan || !day) return refuse('unknown-counter')
  if (command.kind === 'pause') return pause(day, command)
  if (command.kind === 'sign-on') {
    const { counter, staff, staffName } = command
    return done(null, { type: 'counter.signed-on', subject: `counter:${counter}`, data: { counter, staff, staffName } })
  }
  if (command.kind === 'call-next') return callNext(state, command, plan, day, context)
  if (command.kind === 'call' || command.kind === 'resume') return callThis(state, command, day, context)
  const current = day.ticket ? state.tickets.get(day.ticket) : undefined
  return current ? withCurrent(state, command, current, context) : refuse('no-current-ticket')
}

function pause(day: CounterDay, { counter, until }: Extract<CounterCommand, { kind: 'pause' }>): Decision {
  if (day.ticket) return refuse('counter-busy')
  return done(null, { type: 'counter.paused', subject: `counter:${counter}`, data: { counter, until } })
}

/** Why a ticket can't be taken just now: its lease is elsewhere; null when it can. */
function claimedBy(ticket: Ticket, counter: number, { claim }: DecideContext): Refused | null {
  const held = claim?.(ticket, counter) ?? 'free'
  if (held === 'free' || !ticket.lease) return null
  return held === 'ask' ? { ok: false, reason: 'leased-elsewhere', ask: ticket.lease.id } : refuse('leased-elsewhere')
}

function callNext(state: QueueState, command: Extract<CounterCommand, { kind: 'call-next' }>, plan: CounterPlan, day: CounterDay, context: DecideContext): Decision {
  if (day.pausedUntil !== null) return refuse('counter-paused')
  const events: NewEvent[] = []
  if (day.ticket) {
    const current = state.tickets.get(day.ticket)
    if (!command.finishCurrent || current?.state !== 'serving') return refuse('counter-busy')
    events.push(...finish(state, current, command.counter, context))
  }
  const next = nextFor(state, plan, context.rules, context.now, (ticket) => context.claim?.(ticket, plan.id) !== 'taken')
  const claimed = next && claimedBy(next, plan.id, context)
  if (claimed) return claimed
  if (!next) return events.length ? done(null, ...events) : refuse('nobody-waiting')
  return done(next.id, ...events, called(state, next, command.counter, day, 1))
}

function callThis(state: QueueState, command: Extract<CounterCommand, { kind: 'call' | 'resume' }>, day: CounterDay, context: DecideContext): Decision {
  if (day.ticket) return refuse('counter-busy')
  const ticket = state.tickets.get(command.ticketId)
  if (!ticket) return refuse('ticket-not-found')
  const claimed = claimedBy(ticket, command.counter, context)
  if (claimed) return claimed
  if (command.kind === 'resume') {
    if (ticket.state !== 'held') return refuse('wrong-state')
    return done(ticket.id, { type: 'ticket.resumed', subject: ticket.id, data: { counter: command.counter, serving: true } })
  }
  if (ticket.state !== 'waiting' && ticket.state !== 'no-show') return refuse('wrong-state')
  return done(ticket.id, called(state, ticket, command.counter, day, 1))
}

type CurrentCommand = Exclude<CounterCommand, { kind: 'pause' | 'sign-on' | 'call-next' | 'call' | 'resume' }>

function withCurrent(state: QueueState, command: CurrentCommand, current: Ticket, context: DecideContext): Decision {
  const { counter } = command
  const subject = current.id
  switch (command.kind) {
    case 'recall': {
      if (current.state !== 'called') return refuse('wrong-state')
      if (current.calls >= context.rules.maxCalls) return refuse('calls-exhausted')
      const day = state.counters.get(counter)
      return day ? done(subject, called(state, current, counter, day, current.calls + 1)) : refuse('unknown-counter')
    }
    case 'start':
      return current.state === 'called' ? done(subject, { type: 'ticket.started', subject, data: { counter } }) : refuse('wrong-state')
    case 'hold':
      return done(subject, { type: 'ticket.held', subject, data: { counter, reason: sealed(context, subject, command.reason) } })
    case 'no-show':
      if (current.state !== 'called') return refuse('wrong-state')
      // The ticket says so: nobody is absent before the last of the promised calls.
      if (current.calls < context.rules.maxCalls) return refuse('calls-left')
      return done(subject, { type: 'ticket.absent', subject, data: { counter, calls: current.calls } })
    case 'transfer':
      if (!context.rules.services.some((one) => one.id === command.toService)) return refuse('unknown-service')
      if (command.toCounter !== null && !context.rules.counters.some((one) => one.id === command.toCounter)) return refuse('unknown-counter')
      return done(subject, { type: 'ticket.transferred', subject, data: { counter, toService: command.toService, toCounter: command.toCounter, reason: sealed(context, subject, command.reason) } })
    case 'finish':
      return current.state === 'serving' ? done(subject, ...finish(state, current, counter, context)) : refuse('wrong-state')
  }
}

function called(state: QueueState, ticket: Ticket, counter: number, day: CounterDay, times: number): NewEvent {
  return { type: 'ticket.called', subject: ticket.id, data: { counter, staff: day.staff, times, callSeq: state.callSeq + 1 } }
}

function finish(state: QueueState, ticket: Ticket, counter: number, { now, rules }: DecideContext): NewEvent[] {
  const staff = state.counters.get(counter)?.staff ?? null
  const subject = ticket.id
  const open = [...state.ratings.values()].filter((rating) => rating.counter === counter && rating.state === 'open')
  return [
    ...open.map((rating): NewEvent => ({ type: 'rating.closed', subject: rating.ticketId, data: { why: 'expired' } })),
    { type: 'ticket.finished', subject, data: { counter, staff } },
    { type: 'rating.opened', subject, data: { counter, staff, number: ticket.number, title: ticket.title, expiresAt: now + rules.ratingSeconds * 1000 } },
  ]
}
