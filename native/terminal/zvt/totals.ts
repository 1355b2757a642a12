import type { DayTotals } from '../port.ts'
import { bcdNumber } from './bcd.ts'
import { fieldOf, parseFields } from './bmp.ts'

/** Order of the groups in BMP 60. */
const groups = ['girocard', 'JCB', 'Mastercard', 'American Express', 'Visa', 'Diners', 'other'] as const
const groupSize = 7

/** `04 0F` of an end of day: BMP 60 holds first and last receipt (2 + 2), then 7 × (count, 6 BCD bytes of minor units). Null without it. */
export function parseTotals(data: Uint8Array, exponent: number): DayTotals | null {
  const fields = parseFields(data)
  const totals = fieldOf(fields, 0x60)
  if (!totals || totals.length < 4 + groups.length * groupSize) return null
  const byCard = groups.map((card, index) => {
    const at = 4 + index * groupSize
    return { card, count: totals[at] ?? 0, amount: (bcdNumber(totals.subarray(at + 1, at + groupSize)) ?? 0) / 10 ** exponent }
  })
  const sum = (of: (one: (typeof byCard)[number]) => number): number => byCard.reduce((total, one) => total + of(one), 0)
  return { count: sum(({ count }) => count), amount: sum(({ amount }) => amount), byCard: byCard.filter(({ count }) => count > 0) }
}
