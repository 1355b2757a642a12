/**
 * Leases: which counter may call a ticket while it is cut off from the hub (docs/decisions/0007). A ticket is leased to one counter at most,
 * so two counters that are cut off never call the same citizen; while they are connected the hub asks for a lease back before anybody else
 * calls its ticket.
 */
import type { NewEvent } from '../event.ts'
import type { Ticket } from '../ticket.ts'
import type { QueueFact } from './evolve.ts'
import type { QueueRules, QueueState } from './state.ts'

/**
 * The counter that the `nth` ticket of a service is leased to, by turns over all that serve it; null when its turn falls on a counter
 * that is no station of its own, or no counter serves it.
 */
export function leaseFor(state: QueueState, rules: QueueRules, service: string, nth: number): number | null {
  if (state.leases.size === 0) return null
  const serving = rules.counters.filter((plan) => plan.services.includes(service))
  const turn = serving[nth % Math.max(1, serving.length)]
  return turn && state.leases.has(turn.id) ? turn.id : null
}

/** Leases for waiting tickets that nobody holds: those that came before the counters did, or came back from one. */
export function dealOut(state: QueueState, rules: QueueRules, newId: () => string): NewEvent[] {
  const events: NewEvent[] = []
  for (const ticket of state.active.values()) {
    if (ticket.state !== 'waiting' || (ticket.lease && state.leases.has(ticket.lease.counter))) continue
    const counter = ticket.onlyCounter ?? leaseFor(state, rules, ticket.service, Number(ticket.number.replace(/\D/g, '')))
    if (counter === null || !state.leases.has(counter)) continue
    events.push({ type: 'ticket.leased', subject: ticket.id, data: { counter, lease: newId() } })
  }
  return events
}

/**
 * Whether something that happened at a station while it was cut off changes the queue: it does as long as the ticket waits or is that counter's.
 * What a person has settled otherwise meanwhile stands.
 */
export function mayAbsorb(state: QueueState, { type, subject, data }: QueueFact): boolean {
  if (!type.startsWith('ticket.')) return true
  const ticket = state.tickets.get(subject)
  if (type === 'ticket.issued') return ticket === undefined
  if (!ticket || ticket.state === 'done' || ticket.state === 'cancelled') return false
  const counter = 'counter' in data ? data.counter : ticket.counter
  return ticket.counter === counter || (ticket.counter === null && type === 'ticket.called')
}

/** Tickets that stand as called or served at a counter which has gone on to another: a call whose answer was lost. They wait again. */
export function strays(state: QueueState): readonly Ticket[] {
  return [...state.active.values()].filter(
    ({ id, state: stage, counter }) => (stage === 'called' || stage === 'serving') && counter !== null && state.counters.get(counter)?.ticket !== id,
  )
}
