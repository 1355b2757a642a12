import { formatMoney } from '#domain/money.ts'
import { differencesOf, type SaleTotals } from '#domain/terminal-day.ts'
import type { ChargeResult, DayTotals, TerminalSlip } from '#native/terminal/port.ts'
import type { CliGlobals } from './answer.ts'
import type { Intent } from './terminal-journal.ts'
import { terminalMessages } from './terminal-messages.ts'

/** Exit codes of `terminal pay`, `void` and `refund`, as docs/cli.md has them. */
export const exitCodes = { approved: 0, declined: 1, unknown: 3 } as const

/** The shape of docs/cli.md; `code` is the terminal's own. */
function jsonOf({ outcome, amount, reference, details, reason }: ChargeResult): object {
  return { outcome, amount, reference: reference || null, receipt: details.receipt, trace: details.trace, reason: reason?.key ?? null, code: reason?.code ?? null }
}

export function writeLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** One outcome: JSON or a sentence on stdout; what went wrong and what to do next on stderr. */
export function report(globals: CliGlobals, result: ChargeResult, op: Intent['op'] = 'sale'): void {
  const messages = terminalMessages(globals.lang)
  const { outcome, amount, details, reason } = result
  if (globals.json) writeLine(JSON.stringify(jsonOf(result)))
  if (outcome === 'approved') {
    if (!globals.json) writeLine(messages.done[op](formatMoney(amount), details.receipt ?? '?'))
    return
  }
  const why = reason ? [messages.reasons[reason.key], reason.code ? messages.code(reason.code) : ''] : []
  // an unresolved payment says by itself what to run
  const next = outcome === 'unknown' && reason?.key !== 'unresolved' ? messages.recoverFirst : ''
  complain([messages[outcome][op], ...why, next].filter(Boolean).join(' '))
}

/** A slip of the terminal for eyes; scripts don't get it. */
export function showSlip({ lines }: TerminalSlip): void {
  writeLine(`\n${lines.map(({ text }) => text.trimEnd()).join('\n')}\n`)
}

/** Ends the command with exit 1 and a sentence. */
export function fail(sentence: string): void {
  complain(sentence)
  process.exitCode = 1
}

/** A closed day, and where the terminal and the file (null: none was given) don't agree. */
export function reportDay(globals: CliGlobals, totals: DayTotals | null, journal: SaleTotals | null): void {
  const messages = terminalMessages(globals.lang)
  const differences = totals && journal ? differencesOf(totals, journal) : []
  if (globals.json) writeLine(JSON.stringify({ closed: true, count: totals?.count ?? null, amount: totals?.amount ?? null, byCard: totals?.byCard ?? [], journal, differences }))
  else writeLine(totals ? messages.dayClosed(totals.count, formatMoney(totals.amount)) : messages.dayClosedOnPaper)
  const shown = (what: 'count' | 'amount', value: number): string => (what === 'amount' ? formatMoney(value) : String(value))
  for (const { what, terminal, journal: ours } of differences) complain(messages.difference(what, shown(what, terminal), shown(what, ours)))
  if (differences.length > 0) fail(messages.dayDiffers)
}
