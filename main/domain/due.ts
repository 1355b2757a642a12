/** Due dates (domain.md 4.1): pure arithmetic on Vietnam days and an office's calendar. */
import { closedBecause, closingOf, effectiveStart, isWorkingDay, nextWorkingDay, spansOf, workingDayFrom, type OfficeCalendar } from './calendar.ts'
import type { DueDate, SkippedDay } from './dossier.ts'
import { addDays, addMonths, atTime, dayMs, localDay, localTime, startOfDay } from './local-time.ts'
import type { ProcessingTime, TimeUnit } from './procedure.ts'

export interface DueQuestion {
  /** Epoch ms of the acceptance of the complete dossier. */
  readonly receivedAt: number
  readonly time: Pick<ProcessingTime, 'value' | 'unit'>
  readonly calendar: OfficeCalendar
  /** `HH:mm` after which a same-day procedure is due the next working day. */
  readonly cutoff?: string
}

/** What offices use when the procedure says nothing. */
export const defaultCutoff = '15:00'

const unitWords: Record<Exclude<TimeUnit, 'SAME_DAY' | 'OTHER'>, string> = {
  WORKING_DAY: 'ngày làm việc',
  DAY: 'ngày',
  HOUR: 'giờ làm việc',
  MONTH: 'tháng',
  YEAR: 'năm',
}

/** The limit in words: `3 ngày làm việc`, `trong ngày`, `theo thông báo`. */
export function ruleWords(time: Pick<ProcessingTime, 'value' | 'unit'>): string {
  if (time.unit === 'SAME_DAY') return 'trong ngày'
  if (time.unit === 'OTHER' || time.value === null) return 'theo thông báo'
  return `${String(time.value).replace('.', ',')} ${unitWords[time.unit]}`
}

/** Adds `count` working days to a day; the day itself isn't counted. */
function addWorkingDays(day: string, count: number, calendar: OfficeCalendar): string {
  let at = day
  for (let i = 0; i < count; i++) at = nextWorkingDay(at, calendar)
  return at
}

/** Adds working time inside the sessions. */
function addHours(start: number, hours: number, calendar: OfficeCalendar): number {
  let left = hours * 3_600_000
  let day = localDay(start)
  for (;;) {
    for (const span of spansOf(day, calendar)) {
      const from = Math.max(start, span.from)
      if (from > span.to) continue
      if (left <= span.to - from) return from + left
      left -= span.to - from
    }
    day = nextWorkingDay(day, calendar)
  }
}

/** The same clock time on another day. */
const onDay = (day: string, start: number) => startOfDay(day) + (start - startOfDay(localDay(start)))

function sameDay(start: number, cutoff: string, calendar: OfficeCalendar): number {
  const today = localDay(start)
  return closingOf(start <= atTime(today, cutoff) ? today : nextWorkingDay(today, calendar), calendar)
}

function dueMoment(start: number, question: DueQuestion): number | null {
  const { time, calendar } = question
  const today = localDay(start)
  if (time.unit === 'SAME_DAY') return sameDay(start, question.cutoff ?? defaultCutoff, calendar)
  if (time.value === null || time.unit === 'OTHER') return null
  if (time.unit === 'WORKING_DAY') return onDay(addWorkingDays(today, time.value, calendar), start)
  if (time.unit === 'HOUR') return addHours(start, time.value, calendar)
  return onDay(workingDayFrom(calendarEnd(today, time) ?? today, calendar), start)
}

/** The day on which a limit in calendar units ends before it rolls forward, null for the other units. */
function calendarEnd(first: string, time: Pick<ProcessingTime, 'value' | 'unit'>): string | null {
  if (time.value === null) return null
  if (time.unit === 'DAY') return addDays(first, time.value)
  if (time.unit === 'MONTH') return addMonths(first, time.value)
  return time.unit === 'YEAR' ? addMonths(first, time.value * 12) : null
}

/** Days off between start and due. Calendar units count them, so only those that pushed the end forward are listed. */
function skippedDays(start: number, due: number, question: DueQuestion): readonly SkippedDay[] {
  const first = localDay(start)
  const skipped: SkippedDay[] = []
  for (let day = calendarEnd(first, question.time) ?? addDays(first, 1); day < localDay(due); day = addDays(day, 1)) {
    const why = closedBecause(day, question.calendar)
    if (why !== null) skipped.push({ date: day, why })
  }
  return skipped
}

/** The due date and why it is that. `due` is null where the law gives no date. */
export function dueDate(question: DueQuestion): DueDate {
  const start = effectiveStart(question.receivedAt, question.calendar)
  const due = dueMoment(start, question)
  return {
    start,
    due,
    skipped: due === null ? [] : skippedDays(start, due, question),
    rule: ruleWords(question.time),
    changedBecause: null,
  }
}

/** One day of the strip under a due date. */
export interface StripDay {
  readonly date: string
  readonly kind: 'received' | 'counted' | 'skipped' | 'due'
  readonly nth: number | null
  readonly why: string | null
}

/**
 * The days from receipt to due date for the picture, at most `most`: when there are more, the first ones and the last
 * three, so that the dates jump. `nth` counts the days of the limit, null where it isn't counted in days.
 */
export function dayStrip(due: DueDate, unit: TimeUnit, most = 8): readonly StripDay[] {
  if (due.due === null) return [{ date: localDay(due.start), kind: 'received', nth: null, why: null }]
  const [first, last] = [localDay(due.start), localDay(due.due)]
  if (first === last) return [{ date: last, kind: 'due', nth: null, why: null }]
  const why = new Map(due.skipped.map((day) => [day.date, day.why]))
  const counted = unit === 'WORKING_DAY' || unit === 'DAY'
  const strip: StripDay[] = [{ date: first, kind: 'received', nth: null, why: null }]
  let nth = 0
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) {
    const skipped = why.get(day)
    if (skipped !== undefined) strip.push({ date: day, kind: 'skipped', nth: null, why: skipped })
    else strip.push({ date: day, kind: day === last ? 'due' : 'counted', nth: counted ? ++nth : null, why: null })
  }
  return strip.length <= most ? strip : [...strip.slice(0, most - 3), ...strip.slice(-3)]
}

/** Whether a day and minute that a clerk gives instead of the rule can be kept: later than receipt, in office hours. */
export function canBeDue(moment: number, receivedAt: number, calendar: OfficeCalendar): 'ok' | 'before-receipt' | 'closed' {
  if (moment <= receivedAt) return 'before-receipt'
  const day = localDay(moment)
  if (!isWorkingDay(day, calendar)) return 'closed'
  return spansOf(day, calendar).some((span) => moment >= span.from && moment <= span.to) ? 'ok' : 'closed'
}

/** Days from now to the due day, for "còn 2 ngày"; negative when it is past. */
export function daysUntil(due: number, now: number): number {
  return Math.round((startOfDay(localDay(due)) - startOfDay(localDay(now))) / dayMs)
}

/** `09:34` of the due moment. */
export const dueTime = (due: number): string => localTime(due)
