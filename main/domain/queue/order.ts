import type { Ticket, WaitRange } from '../ticket.ts'
import { counterState, type CounterPlan, type QueueRules, type QueueState } from './state.ts'

/** Why the first of an order is first; a key of the catalogue under `rule.`. */
export type OrderRule = 'priority-first' | 'after-priority-run' | 'waited-too-long' | 'by-turn' | 'nobody'

/** Everybody waiting that the counter may call. */
export function waitingFor(state: QueueState, plan: CounterPlan): Ticket[] {
  const mine: Ticket[] = []
  for (const ticket of state.active.values()) {
    if (ticket.state !== 'waiting') continue
    if (ticket.onlyCounter === null ? plan.services.includes(ticket.service) : ticket.onlyCounter === plan.id) mine.push(ticket)
  }
  return mine
}

/** Before whom a ticket of its lane is called. */
const byTurn = (a: Ticket, b: Ticket): number => a.order - b.order || (a.number < b.number ? -1 : 1)

type Lane = 'raised' | 'priority' | 'ordinary'

function laneOf(ticket: Ticket, rules: QueueRules, now: number): Lane {
  if (ticket.priority) return 'priority'
  return now - ticket.issuedAt > rules.raiseAfterMinutes * 60_000 ? 'raised' : 'ordinary'
}

/**
 * The order in which tickets are called: two lanes by turn; priority first, but after `priorityRun` of them one ordinary
 * ticket; an ordinary ticket that waited over `raiseAfterMinutes` goes before both (domain.md 6.1).
 */
export function callOrder(tickets: readonly Ticket[], rules: QueueRules, run: number, now: number): { order: Ticket[]; rule: OrderRule } {
  const lanes: Record<Lane, Ticket[]> = { raised: [], priority: [], ordinary: [] }
  for (const ticket of tickets.toSorted(byTurn)) lanes[laneOf(ticket, rules, now)].push(ticket)
  const { raised, priority, ordinary } = lanes
  const order = [...raised]
  let inRow = raised.length ? 0 : run
  let rule: OrderRule = raised.length ? 'waited-too-long' : 'nobody'
  for (let [p, o] = [0, 0]; p < priority.length || o < ordinary.length; ) {
    const takePriority = p < priority.length && (o >= ordinary.length || inRow < rules.priorityRun)
    if (rule === 'nobody') rule = takePriority ? 'priority-first' : p < priority.length ? 'after-priority-run' : 'by-turn'
    const next = takePriority ? priority[p++] : ordinary[o++]
    if (next) order.push(next)
    inRow = takePriority ? inRow + 1 : 0
  }
  return { order, rule }
}

/** The next citizen of a counter, or null: the first of `callOrder` that `may` be called, found without putting the others in order. */
export function nextFor(state: QueueState, plan: CounterPlan, rules: QueueRules, now: number, may: (ticket: Ticket) => boolean = () => true): Ticket | null {
  const run = state.counters.get(plan.id)?.priorityRun ?? 0
  const first: { [L in Lane]?: Ticket } = {}
  for (const ticket of waitingFor(state, plan)) {
    const lane = laneOf(ticket, rules, now)
    const best = first[lane]
    if ((!best || byTurn(ticket, best) < 0) && may(ticket)) first[lane] = ticket
  }
  const { raised, priority, ordinary } = first
  return raised ?? (priority && (!ordinary || run < rules.priorityRun) ? priority : ordinary) ?? null
}

/** Counters that serve a service today, paused ones left out unless there is no other. */
export function countersOf(service: string, state: QueueState, rules: QueueRules): readonly CounterPlan[] {
  const all = rules.counters.filter((plan) => plan.services.includes(service))
  const open = all.filter((plan) => state.counters.get(plan.id)?.pausedUntil == null)
  return open.length ? open : all
}

/** How many are before somebody who comes now for this service: all that its counters must call first. */
export function aheadOf(service: string, state: QueueState, rules: QueueRules, before = Infinity): number {
  const served = new Set(countersOf(service, state, rules).flatMap((plan) => plan.services))
  let ahead = 0
  if (before === Infinity) {
    for (const id of served) ahead += state.waiting.get(id) ?? 0
    return ahead
  }
  for (const ticket of state.active.values()) {
    if (ticket.state === 'waiting' && served.has(ticket.service) && ticket.order < before) ahead += 1
  }
  return ahead
}

/**
 * An honest range in minutes: the people `ahead` (by default all who wait), by the pace of today, over the counters that are open; wide, in steps of five.
 * Null when no counter serves it.
 */
export function estimate(service: string, state: QueueState, rules: QueueRules, ahead = aheadOf(service, state, rules)): WaitRange | null {
  const plans = countersOf(service, state, rules)
  if (!plans.length) return null
  const pace = minutesPerVisit(service, plans, state, rules)
  const busy = plans.filter((plan) => state.counters.get(plan.id)?.ticket).length
  if (ahead === 0 && busy < plans.length) return { from: 0, to: 5 }
  const minutes = ((ahead + busy * 0.5) * pace) / plans.length
  const from = Math.floor((minutes * 0.8) / 5) * 5
  return { from, to: Math.max(from + 5, Math.ceil((minutes * 1.25) / 5) * 5) }
}

function minutesPerVisit(service: string, plans: readonly CounterPlan[], state: QueueState, rules: QueueRules): number {
  const usual = rules.services.find((one) => one.id === service)?.minutesPerVisit ?? 7
  let [visits, minutes] = [3, 3 * usual]
  for (const plan of plans) {
    const day = state.counters.get(plan.id)
    if (!day) continue
    visits += day.served
    minutes += counterState(plan, day).minutesPerVisit === null ? 0 : day.servedMs / 60_000
  }
  return Math.max(1, minutes / visits)
}
