import { totalsOf, type SaleTotals } from '#domain/terminal-day.ts'
import type { DayTotals, TerminalError } from '#native/terminal/port.ts'
import type { Entry, TerminalJournal } from './terminal-journal.ts'

/** What the file says of a day: sales that were approved and not voided since. Refunds are left out, because terminals count them each in their own way. */
export function fileTotals(entries: readonly Entry[]): SaleTotals {
  const approved = entries.filter(({ ended }) => ended?.outcome === 'approved')
  const voided = new Set(approved.filter(({ intent }) => intent.op === 'void').map(({ intent }) => Number(intent.receipt)))
  const standing = approved.filter(({ intent, ended }) => intent.op === 'sale' && !voided.has(Number(ended?.details.receipt)))
  const { count, amount } = totalsOf(standing.map(({ ended }) => ({ amount: ended?.amount ?? 0, card: ended?.details.card ?? null })))
  return { count, amount }
}

type Closed = { readonly answer: DayTotals | null } | { readonly failure: TerminalError['code'] }

/** Closes the day of a terminal and notes it in the file; refused while a payment is unknown, because afterwards the terminal may no longer tell. */
export async function closeDay(file: TerminalJournal, terminal: string, close: () => Promise<Closed>): Promise<{ readonly closed: Closed; readonly journal: SaleTotals | null }> {
  if (file.unresolved().some(({ intent }) => intent.terminal === terminal)) return { closed: { failure: 'unresolved' }, journal: null }
  const journal = fileTotals(file.today(terminal))
  const closed = await close()
  if ('answer' in closed) file.append({ kind: 'day-closed', terminal, at: Date.now(), count: closed.answer?.count ?? null, amount: closed.answer?.amount ?? null })
  return { closed, journal }
}
