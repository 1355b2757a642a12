import type { QueueSnapshot, Ticket } from '../ticket.ts'
import { callOrder, countersOf, estimate } from './order.ts'
import { counterState, newDay, putTicket, type QueueRules, type QueueState } from './state.ts'

/** The queue as others see it at `now`. `readNote` opens a sealed note or reason for those who may read it. */
export function snapshotOf(state: QueueState, rules: QueueRules, now: number, readNote: (sealed: string) => string | null): QueueSnapshot {
  const tickets: Ticket[] = []
  const waiting: Ticket[] = []
  for (const ticket of state.active.values()) {
    const { note, heldReason } = ticket
    const opened = (sealed: string | null) => sealed && readNote(sealed)
    tickets.push(note === null && heldReason === null ? ticket : { ...ticket, note: opened(note), heldReason: opened(heldReason) })
    if (ticket.state === 'waiting') waiting.push(ticket)
  }
  return {
    revision: state.revision,
    day: state.day,
    asOf: now,
    tickets,
    callOrder: callOrder(waiting, rules, 0, now).order.map((ticket) => ticket.id),
    counters: rules.counters.flatMap((plan) => {
      const day = state.counters.get(plan.id)
      return day ? [counterState(plan, day)] : []
    }),
    services: rules.services.map((service) => ({
      id: service.id,
      name: service.name,
      prefix: service.prefix,
      waiting: state.waiting.get(service.id) ?? 0,
      estimate: estimate(service.id, state, rules),
      counters: countersOf(service.id, state, rules).map((plan) => plan.id),
    })),
    calls: state.calls,
    ratings: latestRatings(state),
    helpAsked: [...state.help].map(([station, at]) => ({ station, at })),
    ticketsToday: state.tickets.size,
    central: null,
  }
}

/** The newest rating of each counter: the only one its touchpad may show. */
function latestRatings(state: QueueState) {
  const newest = new Map([...state.ratings.values()].map((rating) => [rating.counter, rating] as const))
  return [...newest.values()]
}

/** As much of the state as a snapshot tells: what a station goes on from when the hub is gone. Numbers given earlier are not in it. */
export function stateOf(snapshot: QueueSnapshot, rules: QueueRules): QueueState {
  const state = newDay(snapshot.day, rules)
  for (const ticket of snapshot.tickets) putTicket(state, ticket)
  for (const counter of snapshot.counters) {
    const day = state.counters.get(counter.id)
    if (!day) continue
    day.staff = counter.staff
    day.staffName = counter.staffName
    day.ticket = counter.ticket
    day.pausedUntil = counter.pausedUntil
    day.priorityRun = counter.priorityRun
    day.served = counter.servedToday
    day.servedMs = (counter.minutesPerVisit ?? 0) * counter.servedToday * 60_000
    day.rated = counter.ratedToday
    day.satisfied = counter.satisfiedToday
  }
  for (const rating of snapshot.ratings) state.ratings.set(rating.ticketId, rating)
  for (const { station, at } of snapshot.helpAsked) state.help.set(station, at)
  state.calls = snapshot.calls
  state.callSeq = snapshot.calls.at(-1)?.seq ?? 0
  state.revision = snapshot.revision
  return state
}
