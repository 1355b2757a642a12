import type { NewEvent } from '#domain/event.ts'
import type { QueueState } from '#domain/queue/state.ts'
import type { Ticket } from '#domain/ticket.ts'

/** What a station knew of a ticket: enough for a new hub that never heard of it. */
export type SeenTicket = Pick<Ticket, 'id' | 'number' | 'day' | 'service' | 'procedure' | 'title' | 'priority' | 'state' | 'counter' | 'staff' | 'key' | 'station' | 'appointment'>

/** Only what a new hub needs: no notes, no papers. */
export function seenTickets(tickets: readonly Ticket[]): readonly SeenTicket[] {
  return tickets.map(({ id, number, day, service, procedure, title, priority, state, counter, staff, key, station, appointment }) => ({
    id, number, day, service, procedure, title, priority, state, counter, staff, key, station, ...(appointment ? { appointment } : {}),
  }))
}

/**
 * What a hub that has taken over learns from a station's copy of the queue: tickets that its own copy lacks, and calls of tickets that wait here
 * untouched. It only ever goes forward: a copy that is older than ours changes nothing.
 */
export function learnFrom(state: QueueState, seen: readonly SeenTicket[]): NewEvent[] {
  const numbers = new Set([...state.tickets.values()].map((ticket) => ticket.number))
  const events: NewEvent[] = []
  for (const ticket of seen) {
    if (ticket.day !== state.day) continue
    const ours = state.tickets.get(ticket.id)
    if (!ours && numbers.has(ticket.number)) continue
    if (!ours) events.push(issued(ticket))
    const untouched = !ours || (ours.state === 'waiting' && ours.calls === 0 && !ours.returned)
    const free = ticket.counter !== null && !state.counters.get(ticket.counter)?.ticket
    if (untouched && free && (ticket.state === 'called' || ticket.state === 'serving')) events.push(...taken(state, ticket, ticket.counter))
  }
  return events
}

function issued({ id, number, day, service, procedure, title, priority, key, station, appointment }: SeenTicket): NewEvent {
  return { type: 'ticket.issued', subject: id, data: { number, day, service, procedure, title, priority, papers: [], promised: null, key, station, ...(appointment ? { appointment } : {}) } }
}

function taken(state: QueueState, { id, staff, state: stage }: SeenTicket, counter: number | null): NewEvent[] {
  if (counter === null) return []
  const called: NewEvent = { type: 'ticket.called', subject: id, data: { counter, staff, times: 1, callSeq: state.callSeq + 1 } }
  return stage === 'serving' ? [called, { type: 'ticket.started', subject: id, data: { counter } }] : [called]
}
