import type { QueueSnapshot, Ticket, WaitRange } from '../ticket.ts'
import { aheadOf, countersOf, estimate } from './order.ts'
import { newDay, putTicket, type QueueRules, type QueueState } from './state.ts'

/** Where one ticket stands, reckoned from a snapshot; null when it is over or unknown. */
export function standingIn(snapshot: QueueSnapshot, rules: QueueRules, ticketId: string) {
  const ticket = snapshot.tickets.find((one) => one.id === ticketId)
  return ticket ? standingOf(stateOf(snapshot, rules), rules, ticket) : null
}

/** Where a ticket stands in a state. */
export function standingOf(state: QueueState, rules: QueueRules, ticket: Ticket, before = ticket.order) {
  const ahead = aheadOf(ticket.service, state, rules, before)
  const wait: WaitRange | null = estimate(ticket.service, state, rules, ahead)
  return {
    ticket,
    serviceName: rules.services.find((one) => one.id === ticket.service)?.name ?? ticket.service,
    ahead,
    estimate: wait,
    counters: countersOf(ticket.service, state, rules).map((plan) => plan.id),
  }
}

/** As much of the state as a snapshot tells: enough for order and estimates. */
function stateOf(snapshot: QueueSnapshot, rules: QueueRules): QueueState {
  const state = newDay(snapshot.day, rules)
  for (const ticket of snapshot.tickets) putTicket(state, ticket)
  for (const counter of snapshot.counters) {
    const day = state.counters.get(counter.id)
    if (!day) continue
    day.ticket = counter.ticket
    day.pausedUntil = counter.pausedUntil
    day.served = counter.servedToday
    day.servedMs = (counter.minutesPerVisit ?? 0) * counter.servedToday * 60_000
  }
  return state
}
