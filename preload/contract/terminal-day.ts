import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { DayEnd, OpenDay } from '#domain/terminal-day.ts'
import { commandId, procedureFor } from './shared.ts'

/** The day of this station's card terminal. Times epoch ms. */
export interface TerminalDayView {
  /** The terminal hangs on no cable: a person closes the day on its keys, and then says so here. */
  readonly byHand: boolean
  /** Since when the terminal is closing its day; null when it isn't. */
  readonly runningSince: number | null
  /** Why it can't be closed now: a key of the catalogue behind `refusal.day-`; null when it can. */
  readonly blocked: string | null
  readonly open: OpenDay
  /** The attempt that was made last; null when there was none or it is still running. */
  readonly last: DayEnd | null
}

export const terminalDayContract = {
  live: procedureFor('supervisor').output(eventIterator(type<TerminalDayView>())),
  /** Asks the terminal to close its day, once a command; the outcome comes by `live`. Refused with `day-…` while a payment runs or is in doubt. */
  close: procedureFor('supervisor').input(z.object({ commandId })).output(type<{ readonly ok: true }>()),
  /** What the slip of the last closing says, typed by a person, where the terminal itself tells no totals. Amounts in đồng. */
  compare: procedureFor('supervisor')
    .input(z.object({ count: z.int().min(0).max(9_999), amount: z.int().min(0).max(99_999_999_999) }))
    .output(type<{ readonly ok: true }>()),
}
