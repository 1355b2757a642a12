import type { FollowView } from '#contract/follow.ts'
import { Refusal } from '#usecases/refusal.ts'
import { api } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

function followView(parts: ApiParts, ticketId: string): FollowView | null {
  const standing = parts.queue.standing(ticketId)
  if (!standing) return null
  const { ticket, ahead, estimate, counters } = standing
  return {
    now: parts.now(),
    asOf: parts.queue.heardAt(),
    office: parts.office,
    number: ticket.number,
    title: ticket.title,
    state: ticket.state,
    counter: ticket.counter,
    ahead: ticket.state === 'waiting' ? ahead : 0,
    estimate: ticket.state === 'waiting' ? estimate : null,
    counters,
  }
}

/** The page behind a ticket's QR sees that ticket and nothing else. */
export function followRouter(parts: ApiParts) {
  return {
    live: api.follow.live.handler(({ context, signal }) => {
      const { ticketId } = context.session
      if (ticketId === null || !parts.queue.standing(ticketId)) throw new Refusal('ticket-not-found')
      return live(parts.changes, () => followView(parts, ticketId), signal)
    }),
  }
}
