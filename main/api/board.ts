import type { CounterState, QueueSnapshot } from '#domain/ticket.ts'
import { noticeFor } from '#domain/opening.ts'
import type { BoardCounter, BoardView } from '#contract/board.ts'
import { api } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

/** What the waiting room may know: numbers and counters, never names or procedures. */
export function boardView(parts: ApiParts): BoardView {
  const queue = parts.queue.snapshot()
  const now = parts.now()
  return {
    now,
    asOf: parts.queue.heardAt(),
    office: parts.office,
    sample: parts.sample,
    calls: queue?.calls ?? [],
    counters: queue?.counters.map((counter) => boardCounter(counter, queue)) ?? [],
    waiting: queue?.services.reduce((sum, service) => sum + service.waiting, 0) ?? 0,
    services: queue?.services.map(({ id, name, waiting, estimate }) => ({ id, name, waiting, estimate })) ?? [],
    notice: noticeFor(now, parts.calendar),
    voice: parts.voice,
  }
}

function boardCounter(counter: CounterState, queue: QueueSnapshot): BoardCounter {
  const ticket = queue.tickets.find((one) => one.id === counter.ticket)
  const state = ticket ? (ticket.state === 'serving' ? 'serving' : 'called') : counter.pausedUntil !== null ? 'paused' : counter.staff === null ? 'closed' : 'free'
  return { id: counter.id, number: ticket?.number ?? null, state, pausedUntil: counter.pausedUntil || null }
}

/** Procedures that a board may call. */
export function boardRouter(parts: ApiParts) {
  return { live: api.board.live.handler(({ signal }) => live(parts.changes, () => boardView(parts), signal)) }
}
