import { randomUUID } from 'node:crypto'
import type { QueueDesk } from '#usecases/queue-desk.ts'

/** Closes ratings that nobody answered in time, looked at each second. The answer ends it. */
export function expireRatings(desk: QueueDesk, now: () => number): () => void {
  const timer = setInterval(() => {
    for (const rating of desk.snapshot().ratings) {
      if (rating.state === 'open' && now() > rating.expiresAt + 2_000) desk.run(randomUUID(), 'system', { kind: 'skip-rating', ticketId: rating.ticketId, why: 'expired' })
    }
  }, 1_000)
  timer.unref()
  return () => clearInterval(timer)
}
