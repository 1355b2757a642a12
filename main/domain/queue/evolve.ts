import type { EventData, NumberBlock } from '../event.ts'
import type { Ticket } from '../ticket.ts'
import { counterDay, noteNumber, putTicket, type QueueState } from './state.ts'

/** A queue event as it comes back from the journal: `data` parsed. */
export interface QueueFact<T extends QueueEventType = QueueEventType> {
  readonly type: T
  readonly subject: string
  readonly at: number
  readonly data: EventData[T]
}

export type QueueEventType = Extract<keyof EventData, `ticket.${string}` | `counter.${string}` | `rating.${string}` | `help.${string}` | `lease.${string}` | `numbers.${string}`>

/** Whether the queue's state depends on events of this type. */
export function isQueueEvent(type: string): type is QueueEventType {
  return type in changes
}

/** Applies one fact to the state of its day. Facts of tickets that the state does not hold change nothing. */
export function evolveQueue(state: QueueState, fact: QueueFact): void {
  const change = changes[fact.type] as (state: QueueState, fact: QueueFact) => void
  change(state, fact)
  state.revision += 1
}

type Change<T extends QueueEventType> = (state: QueueState, fact: QueueFact<T>) => void

const changes: { [T in QueueEventType]: Change<T> } = {
  'ticket.issued': (state, { subject, at, data }) => {
    // Decided before midnight, stored after it: a ticket of the day that is over.
    if (data.day !== state.day) return
    const { lease, ...given } = data
    const ticket: Ticket = {
      id: subject, ...given, lease: lease === undefined ? null : { counter: lease, id: subject }, state: 'waiting', issuedAt: at, calls: 0, calledAt: null, startedAt: null, endedAt: null, counter: null,
      staff: null, onlyCounter: null, heldReason: null, heldAt: null, returned: false, order: at, note: null,
    }
    putTicket(state, ticket)
    noteNumber(state, data.number)
  },
  'ticket.leased': (state, { subject, data }) => patch(state, subject, { lease: { counter: data.counter, id: data.lease } }),
  'ticket.called': (state, { subject, at, data }) => {
    const ticket = state.tickets.get(subject)
    if (!ticket) return
    const counter = counterDay(state, data.counter)
    if (data.times === 1) counter.priorityRun = ticket.priority ? counter.priorityRun + 1 : 0
    counter.ticket = subject
    counter.pausedUntil = null
    putTicket(state, { ...ticket, state: 'called', lease: leaseOfTaken(state, ticket, data.counter), calls: data.times, calledAt: at, counter: data.counter, staff: data.staff })
    state.callSeq = Math.max(state.callSeq, data.callSeq)
    state.calls = [...state.calls.slice(-11), { seq: data.callSeq, number: ticket.number, counter: data.counter, at, times: data.times }]
  },
  'ticket.started': (state, { subject, at }) => patch(state, subject, { state: 'serving', startedAt: at }),
  'ticket.held': (state, { subject, at, data }) => {
    release(state, data.counter, subject)
    patch(state, subject, { state: 'held', heldReason: data.reason && JSON.stringify(data.reason), heldAt: at })
  },
  'ticket.resumed': (state, { subject, at, data }) => {
    counterDay(state, data.counter).ticket = subject
    const ticket = state.tickets.get(subject)
    patch(state, subject, { lease: ticket ? leaseOfTaken(state, ticket, data.counter) : null, state: data.serving ? 'serving' : 'called', counter: data.counter, startedAt: ticket?.startedAt ?? at, heldReason: null, heldAt: null })
  },
  'ticket.transferred': (state, { subject, data }) => {
    release(state, data.counter, subject)
    patch(state, subject, { state: 'waiting', service: data.toService, onlyCounter: data.toCounter, lease: null, returned: true, calls: 0, counter: null, heldReason: null, heldAt: null })
  },
  'ticket.absent': (state, { subject, at, data }) => {
    release(state, data.counter, subject)
    patch(state, subject, { state: 'no-show', endedAt: at })
  },
  'ticket.requeued': (state, { subject, at }) =>
    patch(state, subject, { state: 'waiting', lease: null, returned: true, calls: 0, counter: null, endedAt: null, heldReason: null, heldAt: null, order: at }),
  'ticket.finished': (state, { subject, at, data }) => {
    const ticket = state.tickets.get(subject)
    const counter = release(state, data.counter, subject)
    counter.served += 1
    counter.servedMs += at - (ticket?.startedAt ?? ticket?.calledAt ?? at)
    patch(state, subject, { state: 'done', endedAt: at })
  },
  'ticket.noted': (state, { subject, data }) => patch(state, subject, { note: JSON.stringify(data.note) }),
  'counter.signed-on': (state, { data }) => {
    const counter = counterDay(state, data.counter)
    counter.staff = data.staff
    counter.staffName = data.staffName
    counter.pausedUntil = null
  },
  'counter.paused': (state, { data }) => {
    counterDay(state, data.counter).pausedUntil = data.until
  },
  'rating.opened': (state, { subject, at, data }) => {
    // Only the newest of a counter can still be answered or shown; the others are in the journal.
    for (const [ticket, rating] of state.ratings) if (rating.counter === data.counter) state.ratings.delete(ticket)
    state.ratings.set(subject, { ticketId: subject, number: data.number, title: data.title, counter: data.counter, staff: data.staff, openedAt: at, expiresAt: data.expiresAt, state: 'open' })
  },
  'rating.given': (state, { subject, data }) => {
    const rating = state.ratings.get(subject)
    if (rating) state.ratings.set(subject, { ...rating, state: 'given' })
    const counter = counterDay(state, data.counter)
    counter.rated += 1
    if (data.score >= 4) counter.satisfied += 1
  },
  'rating.closed': (state, { subject, data }) => {
    const rating = state.ratings.get(subject)
    if (rating) state.ratings.set(subject, { ...rating, state: data.why })
  },
  'help.asked': (state, { at, data }) => {
    state.help.set(data.station, at)
  },
  'help.answered': (state, { data }) => {
    state.help.delete(data.station)
  },
  'lease.granted': (state, { data }) => {
    for (const counter of data.counters) state.leases.set(counter, data.holder)
  },
  'lease.ended': (state, { data }) => {
    for (const [counter, holder] of state.leases) if (holder === data.holder) state.leases.delete(counter)
  },
  'numbers.leased': noteBlocks,
  'numbers.received': noteBlocks,
}

/** A ticket that a counter took is leased to it, so that it can take it up again while it is cut off; under a new id each time it changes hands. */
function leaseOfTaken(state: QueueState, ticket: Ticket, counter: number): Ticket['lease'] {
  if (!state.leases.has(counter)) return null
  return ticket.lease?.counter === counter ? ticket.lease : { counter, id: `${ticket.id}@${state.revision}` }
}

function noteBlocks(state: QueueState, { data }: { readonly data: EventData['numbers.received'] }): void {
  if (data.day !== state.day) return
  const known = (block: NumberBlock) => state.blocks.some((one) => one.prefix === block.prefix && one.from === block.from)
  state.blocks.push(...data.blocks.filter((block) => !known(block)))
}

function patch(state: QueueState, id: string, change: Partial<Ticket>): void {
  const ticket = state.tickets.get(id)
  if (ticket) putTicket(state, { ...ticket, ...change })
}

function release(state: QueueState, counterId: number, ticketId: string) {
  const counter = counterDay(state, counterId)
  if (counter.ticket === ticketId) counter.ticket = null
  return counter
}
