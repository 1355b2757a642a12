import type { Audience } from '#contract/audience.ts'

/** What the station knows of the screen behind a connection; from its token, never from what it says. */
export interface Session {
  readonly audience: Audience
  readonly counter: number | null
  readonly staff: { readonly id: string; readonly name: string } | null
  /** Follow pages: the one ticket they may see. */
  readonly ticketId: string | null
  /** Linked stations: their id. */
  readonly station: string | null
  /** Linked stations: counters they may act for; null for any. */
  readonly counters: readonly number[] | null
}
