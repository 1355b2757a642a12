import type { TerminalDayView } from '#contract/terminal-day.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)
type Closed = Extract<NonNullable<TerminalDayView['last']>, { outcome: 'closed' }>

const sales: Closed['sales'] = [
  { at: at('08:12:00'), code: 'H15.50.05.13-261123-0003', amount: 50_000, card: 'NAPAS', receipt: '0211' },
  { at: at('09:40:00'), code: 'H15.50.05.13-261123-0017', amount: 150_000, card: 'Visa', receipt: '0212' },
  { at: at('10:05:00'), code: 'H15.50.05.13-261123-0024', amount: 1_034_000, card: 'Visa', receipt: '0214' },
]
const journal: Closed['journal'] = { count: 3, amount: 1_234_000, byCard: [{ card: 'NAPAS', count: 1, amount: 50_000 }, { card: 'Visa', count: 2, amount: 1_184_000 }] }
const terminal: Closed['journal'] = { count: 4, amount: 1_264_000, byCard: [{ card: 'Visa', count: 3, amount: 1_214_000 }, { card: 'other', count: 1, amount: 50_000 }] }
const closed: Closed = { at: at('10:28:00'), staff: 'supervisor', outcome: 'closed', terminal: null, journal, differences: [], sales, afterUnclear: null, typedBy: null }

const open: TerminalDayView['open'] = { closed: { at: at('10:28:00'), staff: 'supervisor' }, totals: { count: 0, amount: 0, byCard: [] } }
const quiet: TerminalDayView = { byHand: false, runningSince: null, blocked: null, open: { closed: null, totals: journal }, last: null }

/** The card terminal's day in each of its states. Payments are invented. */
export const dayViews = {
  never: quiet,
  blocked: { ...quiet, blocked: 'card-in-doubt' },
  running: { ...quiet, runningSince: at('10:30:00'), blocked: 'terminal-busy' },
  agrees: { ...quiet, open, last: { ...closed, terminal: journal } },
  differs: {
    ...quiet, open,
    last: { ...closed, terminal, differences: [{ what: 'count', terminal: 4, journal: 3 }, { what: 'amount', terminal: 1_264_000, journal: 1_234_000 }] },
  },
  slip: { ...quiet, open, last: closed },
  unknown: { ...quiet, last: { at: at('10:28:00'), staff: 'supervisor', outcome: 'unknown', reason: 'no-answer' } },
  refused: { ...quiet, last: { at: at('10:28:00'), staff: 'supervisor', outcome: 'refused', reason: 'unreachable' } },
  'refused-by-terminal': { ...quiet, last: { at: at('10:28:00'), staff: 'supervisor', outcome: 'refused', reason: 'refused' } },
} satisfies Readonly<Record<string, TerminalDayView>>
