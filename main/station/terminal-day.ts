import type { ChargeDesk } from '#effects/charge-desk.ts'
import { DayClosing } from '#effects/day-closing.ts'
import { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { TerminalDays } from '#usecases/terminal-days.ts'

export interface TerminalDayHost {
  readonly journal: Journal
  readonly charges: ChargeDesk
  readonly now: () => number
  readonly log: (code: string, error: unknown) => void
}

/** The book of the card terminal's days, and who closes them. What runs at the end of the station is waited for by the terminal's desk. */
export function openTerminalDay({ journal, charges, now, log }: TerminalDayHost) {
  const terminalDays = new TerminalDays({ journal, commands: new CommandLog(journal.db), now })
  terminalDays.recover()
  const book = {
    isKnown: (commandId: string) => terminalDays.isKnown(commandId),
    ask: (...asked: Parameters<TerminalDays['ask']>) => terminalDays.ask(...asked),
    closed: (...told: Parameters<TerminalDays['closed']>) => terminalDays.closed(...told),
    failed: (...told: Parameters<TerminalDays['failed']>) => terminalDays.failed(...told),
  }
  return { terminalDays, dayClosing: new DayClosing({ book, charges, now, log }) }
}
