/** Whether the office is open, and what it has to say of days off. */
import { closedBecause, holidayOn, isWorkingDay, nextWorkingDay, openingOf, spansOf, workedInstead, type OfficeCalendar } from './calendar.ts'
import { addDays, dayMs, formatDayMonth, localDay, localTime, startOfDay, weekdayName } from './local-time.ts'

/** Shape of the contract's `OpeningView`. */
export interface Opening {
  readonly open: boolean
  readonly session: 'morning' | 'afternoon' | 'all-day' | null
  readonly until: string | null
  readonly nextOpening: number | null
}

/** Open from the first minute of a session to the last, not at closing time itself. */
export function openingAt(now: number, calendar: OfficeCalendar): Opening {
  const today = localDay(now)
  const spans = spansOf(today, calendar)
  const index = spans.findIndex((span) => now >= span.from && now < span.to)
  const span = spans[index]
  if (span !== undefined) {
    const session = spans.length === 1 ? 'all-day' : index === 0 ? 'morning' : 'afternoon'
    return { open: true, session, until: localTime(span.to), nextOpening: null }
  }
  const later = spans.find((one) => one.from > now)
  return { open: false, session: null, until: null, nextOpening: later?.from ?? openingOf(nextWorkingDay(today, calendar), calendar) }
}

/** A holiday's name without what stands in brackets: `Quốc khánh (nghỉ hoán đổi)` → `Quốc khánh`. */
const plainName = (name: string) => name.replace(/ \(.*\)$/, '')

function back(day: string, from: string, calendar: OfficeCalendar): string {
  const opening = openingOf(day, calendar)
  const far = (startOfDay(day) - startOfDay(from)) / dayMs > 6
  return `Làm việc lại ${localTime(opening)} ${weekdayName(day)}${far ? ` ${formatDayMonth(day)}` : ''}.`
}

/** The days off that begin on `first`, empty on a working day. */
function daysOff(first: string, calendar: OfficeCalendar): readonly string[] {
  const days: string[] = []
  for (let day = first; closedBecause(day, calendar) !== null && days.length < 30; day = addDays(day, 1)) days.push(day)
  return days
}

function holidayIn(days: readonly string[], calendar: OfficeCalendar): string | null {
  const named = days.map((day) => holidayOn(day, calendar)).find((day) => day !== null)
  return named === undefined || named === null ? null : plainName(named.name)
}

/** The board's sentence about a holiday of today or tomorrow, or a Saturday worked; null on ordinary days and plain weekends. */
export function noticeFor(now: number, calendar: OfficeCalendar): string | null {
  const today = localDay(now)
  const tomorrow = addDays(today, 1)
  const holidayToday = holidayOn(today, calendar)
  if (holidayToday !== null) {
    return `Hôm nay ${formatDayMonth(today)} nghỉ ${plainName(holidayToday.name)}. ${back(nextWorkingDay(today, calendar), today, calendar)}`
  }
  const off = daysOff(tomorrow, calendar)
  const name = holidayIn(off, calendar)
  if (name !== null) {
    const start = off.length === 1 ? 'Mai' : isWorkingDay(today, calendar) ? 'Từ mai' : 'Mai'
    return `${start} ${formatDayMonth(tomorrow)} nghỉ ${name}. ${back(nextWorkingDay(tomorrow, calendar), today, calendar)}`
  }
  if (workedInstead(tomorrow, calendar) !== null) return `Mai ${weekdayName(tomorrow)} ${formatDayMonth(tomorrow)} làm việc như ngày thường.`
  return null
}
