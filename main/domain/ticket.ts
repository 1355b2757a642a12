/** Shapes of the queue: what a ticket is and what everybody may know of it. Times are epoch milliseconds. */

export type TicketState = 'waiting' | 'called' | 'serving' | 'held' | 'no-show' | 'done' | 'cancelled'

/** Why someone goes first (domain.md 6.1); the office decides which of these it grants. */
export type PriorityGroup = 'disabled' | 'elderly' | 'pregnant' | 'child' | 'merit' | 'urgent' | 'appointment'

/** What the citizen said at the kiosk about one paper of the procedure. */
export interface DeclaredPaper {
  readonly name: string
  readonly have: boolean
}

/** A booked slot: its code, and its time in epoch ms. Whose it is, is not known to the queue. */
export interface BookedSlot {
  readonly code: string
  readonly at: number
}

/** Minutes, a range and never a promise. */
export interface WaitRange {
  readonly from: number
  readonly to: number
}

export interface Ticket {
  readonly id: string
  /** As printed and spoken: prefix and three or more digits, `A012`. Unique within `day`. */
  readonly number: string
  /** Local day (Asia/Ho_Chi_Minh) as `yyyy-mm-dd`. */
  readonly day: string
  readonly service: string
  /** National procedure code, or null when the citizen only chose a service. */
  readonly procedure: string | null
  /** Short name shown to clerks, never on the board. */
  readonly title: string
  readonly priority: PriorityGroup | null
  readonly papers: readonly DeclaredPaper[]
  /** The slot that its holder booked. */
  readonly appointment?: BookedSlot
  readonly state: TicketState
  readonly issuedAt: number
  /** The wait that was told when the ticket was issued. */
  readonly promised: WaitRange | null
  readonly calls: number
  readonly calledAt: number | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly counter: number | null
  readonly staff: string | null
  /** Counter the ticket was transferred to, when it may be called only there. */
  readonly onlyCounter: number | null
  readonly heldReason: string | null
  readonly heldAt: number | null
  /** Came back after hold, no-show or transfer. */
  readonly returned: boolean
  /** Sort key among the waiting of its lane: issue time, or earlier for one that came back. */
  readonly order: number
  readonly note: string | null
  /** Unguessable key of the page that the QR opens. */
  readonly key: string
  /** Station that printed or showed it. */
  readonly station: string
  /** Counter that may call it while cut off from the hub, and the id under which that right is given back; null when only the hub may. */
  readonly lease: { readonly counter: number; readonly id: string } | null
}

/** One call as the board shows and speaks it. */
export interface Call {
  /** Grows by one with every call of the day; the order of the voice. */
  readonly seq: number
  readonly number: string
  readonly counter: number
  readonly at: number
  /** 1 for the first call of this ticket. */
  readonly times: number
}

export interface CounterState {
  readonly id: number
  readonly services: readonly string[]
  readonly staff: string | null
  readonly staffName: string | null
  /** Set while the counter takes a break: epoch ms it says it will be back, or 0 when unknown. */
  readonly pausedUntil: number | null
  /** Ticket called or being served there. */
  readonly ticket: string | null
  /** Priority tickets called in a row there; the order of the next ones depends on it. */
  readonly priorityRun: number
  readonly servedToday: number
  readonly minutesPerVisit: number | null
  readonly ratedToday: number
  readonly satisfiedToday: number
}

export interface ServiceLoad {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly waiting: number
  readonly estimate: WaitRange | null
  readonly counters: readonly number[]
}

/** The rating that the touchpad of a counter asks for. */
export interface RatingRequest {
  readonly ticketId: string
  readonly number: string
  readonly title: string
  readonly counter: number
  readonly staff: string | null
  readonly openedAt: number
  readonly expiresAt: number
  readonly state: 'open' | 'given' | 'skipped' | 'expired'
}

/** The whole queue of an office at one moment, as the hub gives it to its stations. */
export interface QueueSnapshot {
  readonly revision: number
  readonly day: string
  readonly asOf: number
  /** Tickets that are not over, in no order. */
  readonly tickets: readonly Ticket[]
  /** Ids of the waiting, in the order in which any counter would call them. */
  readonly callOrder: readonly string[]
  readonly counters: readonly CounterState[]
  readonly services: readonly ServiceLoad[]
  /** Newest last, at most 12. */
  readonly calls: readonly Call[]
  readonly ratings: readonly RatingRequest[]
  /** Stations whose citizens asked for a guide, oldest first. */
  readonly helpAsked: readonly { readonly station: string; readonly at: number }[]
  readonly ticketsToday: number
  /** How far the office's events have got to central, as the hub sees it; null where nobody asked it. */
  readonly central: {
    readonly reachable: boolean
    readonly lastContact: number | null
    readonly lostSince: number | null
    readonly waiting: number
  } | null
}
