import { eventIterator, type } from '@orpc/contract'
import type { TicketState, WaitRange } from '#domain/ticket.ts'
import { procedureFor, type OfficeView } from './shared.ts'

/** The page behind the ticket's QR: one ticket, nothing personal. */
export interface FollowView {
  readonly now: number
  readonly asOf: number
  readonly office: OfficeView
  readonly number: string
  readonly title: string
  readonly state: TicketState
  readonly counter: number | null
  readonly ahead: number
  readonly estimate: WaitRange | null
  readonly counters: readonly number[]
}

export const followContract = {
  /** The ticket is the one whose key opened the connection. */
  live: procedureFor('follow').output(eventIterator(type<FollowView>())),
}
