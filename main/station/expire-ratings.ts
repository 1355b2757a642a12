import { randomUUID } from 'node:crypto'
import type { QueueDesk } from '#usecases/queue-desk.ts'

/** Closes ratings that nobody answered in time, looked at each second; what a full disk refuses is tried with the next look. The answer ends it. */
export function expireRatings(desk: QueueDesk, now: () => number, log: (code: string, error: unknown) => void): () => void {
  const look = () => {
    for (const rating of desk.snapshot().ratings) {
      if (rating.state === 'open' && now() > rating.expiresAt + 2_000) desk.run(randomUUID(), 'system', { kind: 'skip-rating', ticketId: rating.ticketId, why: 'expired' })
    }
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch (error) {
      log('ratings.not-expired', error)
    }
  }, 1_000)
  timer.unref()
  return () => clearInterval(timer)
}
