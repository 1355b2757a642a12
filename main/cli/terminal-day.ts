import type { DayTotals, TerminalError } from '#native/terminal/port.ts'
import type { Entry, TerminalJournal } from './terminal-journal.ts'

/** What the file says of a terminal's day: sales that stand. Refunds are left out, because terminals count them each in their own way. */
export interface JournalTotals {
  readonly count: number
  readonly amount: number
}

export interface Difference {
  readonly what: 'count' | 'amount'
  readonly terminal: number
  readonly journal: number
}

/** Sales of the day that were approved and not voided since. */
export function totalsOf(entries: readonly Entry[]): JournalTotals {
  const approved = entries.filter(({ ended }) => ended?.outcome === 'approved')
  const voided = new Set(approved.filter(({ intent }) => intent.op === 'void').map(({ intent }) => Number(intent.receipt)))
  const standing = approved.filter(({ intent, ended }) => intent.op === 'sale' && !voided.has(Number(ended?.details.receipt)))
  return { count: standing.length, amount: standing.reduce((total, { ended }) => total + (ended?.amount ?? 0), 0) }
}

/** Where terminal and file don't agree; empty when they do. */
export function differencesOf(terminal: DayTotals, journal: JournalTotals): readonly Difference[] {
  return (['count', 'amount'] as const).filter((what) => terminal[what] !== journal[what]).map((what) => ({ what, terminal: terminal[what], journal: journal[what] }))
}

type Closed = { readonly answer: DayTotals | null } | { readonly failure: TerminalError['code'] }

/** Closes the day of a terminal and notes it in the file; refused while a payment is unknown, because afterwards the terminal may no longer tell. */
export async function closeDay(file: TerminalJournal, terminal: string, close: () => Promise<Closed>): Promise<{ readonly closed: Closed; readonly journal: JournalTotals | null }> {
  if (file.unresolved().some(({ intent }) => intent.terminal === terminal)) return { closed: { failure: 'unresolved' }, journal: null }
  const journal = totalsOf(file.today(terminal))
  const closed = await close()
  if ('answer' in closed) file.append({ kind: 'day-closed', terminal, at: Date.now(), count: closed.answer?.count ?? null, amount: closed.answer?.amount ?? null })
  return { closed, journal }
}
