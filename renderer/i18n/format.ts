export type Language = 'vi' | 'en'

/** Offices keep Vietnamese time wherever the machine thinks it is. */
const timeZone = 'Asia/Ho_Chi_Minh'

const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const weekday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' })
const order = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const names = {
  vi: ['Chủ Nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const

interface LocalTime {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
  readonly second: string
}

/** The parts of a moment (epoch ms) in office time, zero-padded. */
export function localTime(at: number): LocalTime {
  const found = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]))
  const part = (type: string) => found[type] ?? ''
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute'), second: part('second') }
}

/** `09:18` or `09:18:05`. */
export function formatClock(at: number, seconds = false): string {
  const { hour, minute, second } = localTime(at)
  return seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`
}

/** `23/11/2026` */
export function formatDate(at: number): string {
  const { day, month, year } = localTime(at)
  return `${day}/${month}/${year}`
}

/** `09:18`, or `09:18 22/11/2026` when that was not today: what is stuck may be stuck since last week. */
export function formatMoment(at: number, now: number, seconds = false): string {
  return sameDay(at, now) ? formatClock(at, seconds) : `${formatClock(at)} ${formatDate(at)}`
}

/** `thứ Hai`, `Monday`; `capital` for the start of a line. */
export function formatWeekday(at: number, language: Language, capital = false): string {
  const index = order.findIndex((name) => name === weekday.format(at))
  const name = names[language][index] ?? ''
  return capital ? name.charAt(0).toUpperCase() + name.slice(1) : name
}

/** `thứ Tư 25/11` */
export function formatDay(at: number, language: Language): string {
  const { day, month } = localTime(at)
  return `${formatWeekday(at, language)} ${day}/${month}`
}

/** Same day in office time. */
export function sameDay(a: number, b: number): boolean {
  return formatDate(a) === formatDate(b)
}

/** `09:18 – 09:28`; one time when both ends fall on the same minute. */
export function formatClockRange(from: number, to: number): string {
  const [first, last] = [formatClock(from), formatClock(to)]
  return first === last ? first : `${first} – ${last}`
}

/** `15–25`, `5` when both ends are equal. Minutes; the word comes from the catalogue. */
export function formatRange(range: { readonly from: number; readonly to: number }): string {
  return range.from === range.to ? String(range.from) : `${range.from}–${range.to}`
}

/** `16.000` – groups of three with dots, as Vietnamese money is written. */
export function formatNumber(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

/** `16.000 đ` with a no-break space. */
export function formatMoney(dong: number): string {
  return `${formatNumber(dong)}\u00a0đ`
}

/** `7,4` or `7.4` */
export function formatDecimal(value: number, language: Language, digits = 1): string {
  const text = value.toFixed(digits)
  return language === 'vi' ? text.replace('.', ',') : text
}

/** `68 %` with a no-break space. */
export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)}\u00a0%`
}

/** `01:24`, over an hour `1:02:03`; for timers. Negative counts as zero. */
export function formatElapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000))
  const pad = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`
}
