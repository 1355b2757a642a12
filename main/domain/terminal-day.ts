/** Sales and their sum, đồng. */
export interface SaleTotals {
  readonly count: number
  readonly amount: number
}

/** Sales of a card terminal's day; `card` is a brand as it was written down, empty where none was. */
export interface DayTotals extends SaleTotals {
  readonly byCard: readonly (SaleTotals & { readonly card: string })[]
}

export interface DayDifference {
  readonly what: 'count' | 'amount'
  readonly terminal: number
  readonly journal: number
}

/** A day that the terminal closed, or didn't. */
export interface ClosedDay {
  /** Null when the terminal keeps its totals to its own slip. */
  readonly terminal: DayTotals | null
  readonly journal: DayTotals
  readonly differences: readonly DayDifference[]
}

export interface FailedDay {
  /** `refused`: the day is still open, `unknown`: nobody knows whether it closed. */
  readonly outcome: 'refused' | 'unknown'
  /** Key of the catalogue behind `supervisor.day.why.`. */
  readonly reason: string
}

/** A payment that went through the terminal. Money in đồng; `card` and `receipt` as the terminal's slip says them. */
export interface TerminalSale {
  readonly at: number
  readonly code: string
  readonly amount: number
  readonly card: string | null
  readonly receipt: string | null
}

/** How an attempt to close ended. */
export type DayEnd = { readonly at: number; readonly staff: string } & (
  | ({
      readonly outcome: 'closed'
      /** Our payments behind our totals. */
      readonly sales: readonly TerminalSale[]
      /** When they begin at an attempt with an unknown end: when that was. */
      readonly afterUnclear: number | null
      /** Who typed the terminal's totals from its slip; null when nobody did. */
      readonly typedBy: string | null
    } & ClosedDay)
  | FailedDay
)

/** What is open now: the last known closing (null before the first) and our totals since. */
export interface OpenDay {
  readonly closed: { readonly at: number; readonly staff: string } | null
  readonly totals: DayTotals
}

/** Where a terminal and our own journal don't agree on a day; empty when they do. */
export function differencesOf(terminal: SaleTotals, journal: SaleTotals): readonly DayDifference[] {
  return (['count', 'amount'] as const).filter((what) => terminal[what] !== journal[what]).map((what) => ({ what, terminal: terminal[what], journal: journal[what] }))
}

/** Adds up sales, by the name of the card in the order in which the names come. */
export function totalsOf(sales: readonly { readonly amount: number; readonly card: string | null }[]): DayTotals {
  const byCard = new Map<string, SaleTotals>()
  for (const { amount, card } of sales) {
    const before = byCard.get(card ?? '') ?? { count: 0, amount: 0 }
    byCard.set(card ?? '', { count: before.count + 1, amount: before.amount + amount })
  }
  return { count: sales.length, amount: sales.reduce((sum, { amount }) => sum + amount, 0), byCard: [...byCard].map(([card, totals]) => ({ card, ...totals })) }
}

/**
 * Which of our periods a terminal's totals are held against: the first, which goes back to the last known closing, unless only a later one agrees. Those begin at
 * attempts to close of which nobody knows whether they did. Without totals of the terminal's it is the first.
 */
export function periodOf<Period extends { readonly totals: SaleTotals }>(terminal: SaleTotals | null, periods: readonly [Period, ...Period[]]): Period {
  return periods.find(({ totals }) => terminal !== null && differencesOf(terminal, totals).length === 0) ?? periods[0]
}
