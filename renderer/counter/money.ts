/** Cash at the counter. Whole đồng. */

const notes = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000] as const

/** What the clerk typed as đồng: dots, spaces and `đ` don't matter; null when there is no number. */
export const typedMoney = (text: string): number | null => {
  const digits = text.replace(/[\s.,đ\u00a0]/gi, '')
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null
}

export type CashState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'short'; readonly missing: number }
  | { readonly kind: 'enough'; readonly given: number; readonly change: number }

/** What the money given means for the amount due. */
export const cashState = (due: number, typed: string): CashState => {
  if (typed.trim() === '') return { kind: 'empty' }
  const given = typedMoney(typed)
  if (given === null) return { kind: 'unreadable' }
  return given < due ? { kind: 'short', missing: due - given } : { kind: 'enough', given, change: given - due }
}

/** Amounts a citizen is likely to hand over: the exact sum, then the next sums that whole notes make. Ascending, at most `count`. */
export const quickAmounts = (due: number, count = 4): readonly number[] => {
  const rounded = notes.map((note) => Math.ceil(due / note) * note)
  const sums = [due, ...rounded].filter((sum) => sum >= due && sum > 0)
  return [...new Set(sums)].toSorted((a, b) => a - b).slice(0, count)
}
