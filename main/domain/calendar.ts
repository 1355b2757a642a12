/** When an office works (domain.md 4.1, 4.3): weekly rhythm, holidays, days swapped in. The table is data, the rules are here. */
import { addDays, atTime, localDay, weekdayOf, weekdayTitle } from './local-time.ts'

/** One stretch of office hours, `HH:mm` to `HH:mm`. */
export interface Session {
  readonly from: string
  readonly to: string
}

/** A named day with the document that decided it. */
export interface CalendarDay {
  readonly date: string
  /** `Ngày Văn hóa Việt Nam`; what clerks and citizens read. */
  readonly name: string
  readonly document?: string
  /** Not yet decided officially; the office should look again. */
  readonly provisional?: boolean
}

export interface OfficeCalendar {
  /** In order, not overlapping, at least one. */
  readonly sessions: readonly Session[]
  /** Weekdays off, 0 is Sunday. */
  readonly weekend: readonly number[]
  /** Holidays, days in lieu and swapped-off days. */
  readonly closed: readonly CalendarDay[]
  /** Days off of the week that are worked instead of another day. */
  readonly worked: readonly CalendarDay[]
}

interface Lookup {
  readonly closed: ReadonlyMap<string, CalendarDay>
  readonly worked: ReadonlyMap<string, CalendarDay>
}

const lookups = new WeakMap<OfficeCalendar, Lookup>()

function lookup(calendar: OfficeCalendar): Lookup {
  const known = lookups.get(calendar)
  if (known !== undefined) return known
  const byDate = (days: readonly CalendarDay[]) => new Map(days.map((day) => [day.date, day]))
  const made = { closed: byDate(calendar.closed), worked: byDate(calendar.worked) }
  lookups.set(calendar, made)
  return made
}

/** Why the office doesn't work on a day: the holiday's name, else `Thứ Bảy` or `Chủ nhật`; null on a working day. */
export function closedBecause(day: string, calendar: OfficeCalendar): string | null {
  const { closed, worked } = lookup(calendar)
  const holiday = closed.get(day)
  if (holiday !== undefined) return holiday.name
  if (worked.has(day) || !calendar.weekend.includes(weekdayOf(day))) return null
  return weekdayTitle(day)
}

/** The holiday of a day, null on weekends and working days. */
export function holidayOn(day: string, calendar: OfficeCalendar): CalendarDay | null {
  return lookup(calendar).closed.get(day) ?? null
}

/** The day swapped in, null on ordinary days. */
export function workedInstead(day: string, calendar: OfficeCalendar): CalendarDay | null {
  return lookup(calendar).worked.get(day) ?? null
}

export function isWorkingDay(day: string, calendar: OfficeCalendar): boolean {
  return closedBecause(day, calendar) === null
}

/** The first working day from `day` on, itself included. Throws when a calendar has none within two years: it is broken. */
export function workingDayFrom(day: string, calendar: OfficeCalendar): string {
  let candidate = day
  for (let i = 0; i < 731; i++) {
    if (isWorkingDay(candidate, calendar)) return candidate
    candidate = addDays(candidate, 1)
  }
  throw new RangeError(`no working day within two years of ${day}`)
}

/** The first working day after `day`. */
export function nextWorkingDay(day: string, calendar: OfficeCalendar): string {
  return workingDayFrom(addDays(day, 1), calendar)
}

/** A session on a day, epoch ms. */
export interface OpenSpan {
  readonly from: number
  readonly to: number
}

/** The sessions of a working day, none on a day off. */
export function spansOf(day: string, calendar: OfficeCalendar): readonly OpenSpan[] {
  if (!isWorkingDay(day, calendar)) return []
  return calendar.sessions.map((session) => ({ from: atTime(day, session.from), to: atTime(day, session.to) }))
}

/** When counting may start: the moment itself inside office hours (closing minute included), else the next opening. */
export function effectiveStart(moment: number, calendar: OfficeCalendar): number {
  const today = localDay(moment)
  const span = spansOf(today, calendar).find((one) => moment <= one.to)
  if (span !== undefined) return Math.max(moment, span.from)
  return openingOf(nextWorkingDay(today, calendar), calendar)
}

/** Epoch ms at which a working day begins. */
export function openingOf(day: string, calendar: OfficeCalendar): number {
  return atTime(day, calendar.sessions[0]?.from ?? '00:00')
}

/** Epoch ms at which a working day ends. */
export function closingOf(day: string, calendar: OfficeCalendar): number {
  return atTime(day, calendar.sessions.at(-1)?.to ?? '24:00')
}
