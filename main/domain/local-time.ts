/**
 * Vietnam time. Asia/Ho_Chi_Minh has been a fixed +07:00 since 1975 and knows no summer time, so the rules need no
 * time-zone data and don't depend on the machine's `TZ`. A moment is epoch milliseconds, a day is `yyyy-mm-dd`.
 */

const offsetMs = 7 * 3_600_000
export const dayMs = 86_400_000
export const minuteMs = 60_000

const pad = (value: number, width = 2) => String(value).padStart(width, '0')
const shifted = (ms: number) => new Date(ms + offsetMs)

/** Parts of a moment in Vietnam; `weekday` 0 is Sunday. */
export interface LocalParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly weekday: number
}

/** Parts of a moment as a clock in Vietnam shows them. */
export function localParts(ms: number): LocalParts {
  const d = shifted(ms)
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    weekday: d.getUTCDay(),
  }
}

/** `yyyy-mm-dd` in Vietnam. */
export function localDay(ms: number): string {
  const d = shifted(ms)
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`
}

/** `HH:mm` in Vietnam. */
export function localTime(ms: number): string {
  const d = shifted(ms)
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`
}

/** ISO 8601 with `+07:00`; fractions of a second only when there are any. */
export function toIso(ms: number): string {
  const d = shifted(ms)
  const fraction = d.getUTCMilliseconds() === 0 ? '' : `.${pad(d.getUTCMilliseconds(), 3)}`
  return `${localDay(ms)}T${localTime(ms)}:${pad(d.getUTCSeconds())}${fraction}+07:00`
}

const momentText = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** Whether the day exists: no 30 February, no month 13. */
export function isRealDay(year: number, month: number, day: number): boolean {
  const d = new Date(Date.UTC(year, month - 1, day))
  return d.getUTCFullYear() === year && d.getUTCMonth() === month - 1 && d.getUTCDate() === day
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return offsetMs
  if (text.toUpperCase() === 'Z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', '') || '0')
  if (hours > 14 || minutes > 59) return null
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minuteMs
}

/** Epoch ms of an ISO text, null when it is none. A time without offset is Vietnam time; a day alone is its midnight. */
export function parseLocal(text: string): number | null {
  const m = momentText.exec(text.trim())
  if (m === null) return null
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(m[i] ?? '0')) as [number, number, number, number, number, number]
  const offset = offsetOf(m[8])
  if (offset === null || !isRealDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return null
  const fraction = Math.floor(Number(`0.${m[7] ?? '0'}`) * 1000)
  return Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset
}

/** Epoch ms of a day's midnight in Vietnam; the day must be `yyyy-mm-dd`. */
export function startOfDay(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) - offsetMs
}

/** Epoch ms of `HH:mm` on a day in Vietnam. */
export function atTime(day: string, time: string): number {
  return startOfDay(day) + minutesOf(time) * minuteMs
}

/** Minutes after midnight of `HH:mm`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The day `count` days later (or earlier). */
export function addDays(day: string, count: number): string {
  return localDay(startOfDay(day) + count * dayMs)
}

/** The same day number `count` months later, clamped to the end of a shorter month. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count
  const year = Math.floor(months / 12)
  const month = (months % 12) + 1
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(Number(day.slice(8, 10)), last))}`
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return shifted(startOfDay(day)).getUTCDay()
}

const names = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const

/** `thứ Hai` … `thứ Bảy`, `Chủ nhật`, as inside a sentence. */
export function weekdayName(day: string): string {
  return names[weekdayOf(day)] ?? ''
}

/** `Thứ Hai` … `Chủ nhật`, as at the start of a line. */
export function weekdayTitle(day: string): string {
  const name = weekdayName(day)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `23/11/2026`. */
export function formatDateVi(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** `23/11`. */
export function formatDayMonth(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}`
}

/** `09:34 thứ Sáu 27/11/2026`. */
export function formatMomentVi(ms: number): string {
  const day = localDay(ms)
  return `${localTime(ms)} ${weekdayName(day)} ${formatDateVi(day)}`
}

/** `09 giờ 34 phút, ngày 23 tháng 11 năm 2026`, the way forms say it. */
export function formatMomentForm(ms: number): string {
  return `${localTime(ms).replace(':', ' giờ ')} phút, ${formatDateForm(localDay(ms))}`
}

/** `ngày 23 tháng 11 năm 2026`. */
export function formatDateForm(day: string): string {
  return `ngày ${day.slice(8, 10)} tháng ${day.slice(5, 7)} năm ${day.slice(0, 4)}`
}
