import type { BookedSlot, DeclaredPaper, PriorityGroup } from './ticket.ts'

/**
 * What can be asked of an office's queue. `commandId` (in the envelope) makes each of them safe to send again:
 * the same id is done once and answered with the first result.
 */
export type QueueCommand =
  | {
      readonly kind: 'issue'
      readonly service: string
      readonly procedure: string | null
      readonly title: string
      readonly priority: PriorityGroup | null
      readonly papers: readonly DeclaredPaper[]
      readonly station: string
      /** The slot that the citizen booked; used once. */
      readonly appointment?: BookedSlot | undefined
    }
  | { readonly kind: 'call-next'; readonly counter: number; readonly finishCurrent: boolean }
  | { readonly kind: 'call'; readonly counter: number; readonly ticketId: string }
  | { readonly kind: 'recall'; readonly counter: number }
  | { readonly kind: 'start'; readonly counter: number }
  | { readonly kind: 'hold'; readonly counter: number; readonly reason: string }
  | { readonly kind: 'resume'; readonly counter: number; readonly ticketId: string }
  | {
      readonly kind: 'transfer'
      readonly counter: number
      readonly toService: string
      readonly toCounter: number | null
      readonly reason: string
    }
  | { readonly kind: 'no-show'; readonly counter: number }
  | { readonly kind: 'requeue'; readonly ticketId: string }
  | { readonly kind: 'finish'; readonly counter: number }
  | { readonly kind: 'note'; readonly ticketId: string; readonly text: string }
  | { readonly kind: 'pause'; readonly counter: number; readonly until: number | null }
  | { readonly kind: 'sign-on'; readonly counter: number; readonly staff: string; readonly staffName: string }
  | { readonly kind: 'rate'; readonly ticketId: string; readonly score: number; readonly reasons: readonly string[]; readonly other: string }
  | { readonly kind: 'skip-rating'; readonly ticketId: string; readonly why: 'skipped' | 'expired' }
  | { readonly kind: 'ask-help'; readonly station: string }
  | { readonly kind: 'answer-help'; readonly station: string }

/** Why the queue said no. Each has a message in the catalogue under `refusal.<code>`. */
export type QueueRefusal =
  | 'nobody-waiting'
  | 'counter-busy'
  | 'no-current-ticket'
  | 'ticket-not-found'
  | 'wrong-state'
  | 'unknown-service'
  | 'unknown-counter'
  | 'counter-paused'
  | 'rating-closed'
  | 'calls-exhausted'
  | 'calls-left'
  | 'closed'
  | 'leased-elsewhere'
  | 'needs-hub'
  | 'none-leased'
  | 'no-numbers'
  | 'hub-superseded'
  | 'appointment-used'
  | 'appointment-needs-hub'

/** What a done command answers: the ticket it touched, if any. */
export interface QueueDone {
  readonly ticketId: string | null
}
