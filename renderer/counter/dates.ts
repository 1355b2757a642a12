/** Dates as clerks type and read them. The office's clock is UTC+7 all year, so no time-zone data is needed. */
import { formatClock } from '../i18n/format.ts'

const offset = 7 * 3_600_000
const pad = (value: number) => String(value).padStart(2, '0')

export type DateProblem = 'form' | 'month' | 'day'

/** What a typed date is: nothing, a day as `yyyy-mm-dd`, or why it is none. `maxDay` is the length of the month when the day is too big. */
export type TypedDate =
  | { readonly kind: 'empty' }
  | { readonly kind: 'day'; readonly iso: string }
  | { readonly kind: 'wrong'; readonly problem: DateProblem; readonly day: number; readonly month: number }

const split = (text: string): RegExpExecArray | null =>
  /^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text)

/** Reads `23/11/2026`, `23-11-2026`, `23.11.2026` and `23112026`. */
export const parseDate = (typed: string): TypedDate => {
  const text = typed.trim()
  if (text === '') return { kind: 'empty' }
  const match = split(text)
  if (match === null) return { kind: 'wrong', problem: 'form', day: 0, month: 0 }
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12) return { kind: 'wrong', problem: 'month', day, month }
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > length) return { kind: 'wrong', problem: 'day', day, month }
  return { kind: 'day', iso: `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` }
}

/** `2026-11-23` → `23/11/2026`; an empty string stays empty. */
export const showDate = (iso: string): string => (iso === '' ? '' : iso.split('-').toReversed().join('/'))

/** Day of an epoch-millisecond time in Vietnam, `yyyy-mm-dd`. */
export const dayOf = (time: number): string => new Date(time + offset).toISOString().slice(0, 10)

/** Day of the week of a day, 0 Sunday … 6 Saturday. */
export const weekday = (iso: string): number => new Date(`${iso}T00:00:00Z`).getUTCDay()

/** Epoch milliseconds of a Vietnamese day at the clock time (`HH:mm`) of another moment. */
export const atClockOf = (iso: string, moment: number): number => Date.parse(`${iso}T${formatClock(moment)}:00Z`) - offset
