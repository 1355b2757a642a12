import type { TerminalDayView } from '#contract/terminal-day.ts'
import { Refusal } from '#usecases/refusal.ts'
import { actorOf, api } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

function terminalDayView({ dayClosing, terminalDays }: ApiParts): TerminalDayView {
  const runningSince = dayClosing.runningSince()
  return { byHand: dayClosing.isByHand, runningSince, blocked: dayClosing.whyNot(), open: terminalDays.open(), last: runningSince === null ? terminalDays.last() : null }
}

/** The day of the card terminal, for the head of the office. */
export function terminalDayRouter(parts: ApiParts) {
  return {
    live: api.terminalDay.live.handler(({ signal }) => live(parts.changes, () => terminalDayView(parts), signal)),
    close: api.terminalDay.close.handler(({ input, context }) => {
      const why = parts.dayClosing.begin(input.commandId, actorOf(context.session))
      if (why !== null) throw new Refusal(`day-${why}`)
      return { ok: true as const }
    }),
    compare: api.terminalDay.compare.handler(({ input, context }) => {
      parts.terminalDays.compare(actorOf(context.session), input)
      return { ok: true as const }
    }),
  }
}
