import type { NumberBlock } from '../event.ts'
import type { Call, CounterState, RatingRequest, Ticket } from '../ticket.ts'

/** A service group of the office: a letter, and the counters that serve it. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly prefix: string
  /** Used for the estimate until the day has figures of its own. */
  readonly minutesPerVisit: number
}

export interface CounterPlan {
  readonly id: number
  readonly services: readonly string[]
  readonly staff: string | null
  readonly staffName: string | null
}

/** What the head of the office sets; comes from the configuration, not from events. */
export interface QueueRules {
  readonly services: readonly Service[]
  readonly counters: readonly CounterPlan[]
  /** After this many calls a citizen may be marked absent. */
  readonly maxCalls: number
  /** Priority tickets called in a row before one ordinary ticket. */
  readonly priorityRun: number
  /** An ordinary ticket that waited longer goes first, minutes. */
  readonly raiseAfterMinutes: number
  readonly ratingSeconds: number
}

/** A counter's day, without what can be derived from the tickets. */
export interface CounterDay {
  staff: string | null
  staffName: string | null
  pausedUntil: number | null
  ticket: string | null
  /** Priority tickets called in a row, for the rule of lanes. */
  priorityRun: number
  served: number
  servedMs: number
  rated: number
  satisfied: number
}

/** The queue of one day, folded from events. One writer (the hub) changes it, only through `evolveQueue`. */
export interface QueueState {
  readonly day: string
  readonly tickets: Map<string, Ticket>
  /** Those that are not over, so that a look at the queue costs the same in the evening as in the morning. */
  readonly active: Map<string, Ticket>
  /** How many wait, by service. */
  readonly waiting: Map<string, number>
  readonly counters: Map<number, CounterDay>
  readonly ratings: Map<string, RatingRequest>
  /** Last number given, by prefix. */
  readonly numbers: Map<string, number>
  readonly help: Map<string, number>
  /** Origin of the station that holds a counter's leases. */
  readonly leases: Map<number, string>
  /** Numbers that were given away in blocks: the hub's own counting passes over them. */
  readonly blocks: NumberBlock[]
  calls: readonly Call[]
  callSeq: number
  revision: number
}

/** An empty day. */
export function newDay(day: string, rules: QueueRules): QueueState {
  const counters = new Map<number, CounterDay>()
  for (const plan of rules.counters) counters.set(plan.id, { ...emptyCounter, staff: plan.staff, staffName: plan.staffName })
  return { day, tickets: new Map(), active: new Map(), waiting: new Map(), counters, ratings: new Map(), numbers: new Map(), help: new Map(), leases: new Map(), blocks: [], calls: [], callSeq: 0, revision: 0 }
}

const emptyCounter: CounterDay = { staff: null, staffName: null, pausedUntil: null, ticket: null, priorityRun: 0, served: 0, servedMs: 0, rated: 0, satisfied: 0 }

/** The day of a counter, made on first use for a counter that the plan does not name. */
export function counterDay(state: QueueState, id: number): CounterDay {
  const known = state.counters.get(id)
  if (known) return known
  const fresh = { ...emptyCounter }
  state.counters.set(id, fresh)
  return fresh
}

/** Puts a ticket into the state and keeps what is counted of it. */
export function putTicket(state: QueueState, ticket: Ticket): void {
  const before = state.tickets.get(ticket.id)
  if (before?.state === 'waiting') state.waiting.set(before.service, (state.waiting.get(before.service) ?? 0) - 1)
  if (ticket.state === 'waiting') state.waiting.set(ticket.service, (state.waiting.get(ticket.service) ?? 0) + 1)
  state.tickets.set(ticket.id, ticket)
  if (ticket.state === 'done' || ticket.state === 'cancelled') state.active.delete(ticket.id)
  else state.active.set(ticket.id, ticket)
}

/** Remembers that `A012` was given, so that the next one of its prefix comes after it. */
export function noteNumber(state: QueueState, number: string): void {
  const prefix = number.replace(/\d+$/, '')
  const nth = Number(number.slice(prefix.length))
  if (!blockWith(state, prefix, nth)) state.numbers.set(prefix, Math.max(nth, state.numbers.get(prefix) ?? 0))
}

/** The number after the last one given of a prefix, past those that were given away in blocks. */
export function nextNumber(state: QueueState, prefix: string): number {
  let nth = (state.numbers.get(prefix) ?? 0) + 1
  for (let block = blockWith(state, prefix, nth); block; block = blockWith(state, prefix, nth)) nth = block.to + 1
  return nth
}

function blockWith(state: QueueState, prefix: string, nth: number): NumberBlock | undefined {
  return state.blocks.find((block) => block.prefix === prefix && block.from <= nth && nth <= block.to)
}

/** What others may see of a counter. */
export function counterState(plan: CounterPlan, day: CounterDay): CounterState {
  return {
    id: plan.id,
    services: plan.services,
    staff: day.staff,
    staffName: day.staffName,
    pausedUntil: day.pausedUntil,
    ticket: day.ticket,
    priorityRun: day.priorityRun,
    servedToday: day.served,
    minutesPerVisit: day.served ? day.servedMs / day.served / 60_000 : null,
    ratedToday: day.rated,
    satisfiedToday: day.satisfied,
  }
}
