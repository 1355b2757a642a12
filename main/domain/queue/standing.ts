import type { QueueSnapshot, Ticket, WaitRange } from '../ticket.ts'
import { aheadOf, countersOf, estimate } from './order.ts'
import { stateOf } from './snapshot.ts'
import type { QueueRules, QueueState } from './state.ts'

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
