import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parseCalendar } from '#main/catalogue/calendar-file.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import type { OfficeCalendar } from '#domain/calendar.ts'
import type { DueDate } from '#domain/dossier.ts'
import { dueDate } from '#domain/due.ts'
import { formatDateVi, formatMomentVi, localDay, parseLocal, toIso } from '#domain/local-time.ts'
import type { Channel, ProcessingTime } from '#domain/procedure.ts'
import { answer, globalsOf, misuse, refuse, type CliGlobals } from './answer.ts'

interface DueOptions {
  readonly received?: string
  readonly procedure?: string
  readonly case: string
  readonly channel: string
  readonly days?: string
  readonly calendarDays?: string
  readonly hours?: string
  readonly sameDay?: boolean
  readonly calendar?: string
}

const texts = {
  vi: {
    about: 'tính ngày hẹn trả và vì sao là ngày đó',
    oneOf: 'Mời chọn đúng một trong: --procedure, --days, --calendar-days, --hours, --same-day.',
    received: 'Mời cho thời điểm nhận, ví dụ --received 2026-11-23T09:10.',
    number: 'Mời cho một số từ 1 đến 10000',
    unknown: 'Danh mục chưa có thủ tục',
    noCase: 'Thủ tục không có trường hợp số',
    calendar: 'Chưa đọc được lịch',
    start: 'Tính từ',
    due: 'Hẹn trả',
    none: 'theo thông báo',
    skipped: 'Không tính',
    noHolidays: 'Lịch chưa có ngày nghỉ lễ của năm',
  },
  en: {
    about: 'a due date, and why it is that',
    oneOf: 'Give exactly one of --procedure, --days, --calendar-days, --hours, --same-day.',
    received: 'Give the time of receipt, such as --received 2026-11-23T09:10.',
    number: 'Give a number from 1 to 10000',
    unknown: 'The catalogue has no procedure',
    noCase: 'The procedure has no case number',
    calendar: 'The calendar can not be read',
    start: 'Counted from',
    due: 'Due',
    none: 'on notice',
    skipped: 'Not counted',
    noHolidays: 'The calendar has no holidays of the year',
  },
} as const

interface Limit {
  readonly time: Pick<ProcessingTime, 'value' | 'unit'>
  readonly cutoff?: string
}

function calendarOf(file: string | undefined, lang: CliGlobals['lang']): OfficeCalendar {
  if (file === undefined) return loadCatalogue().calendar
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    refuse(`${texts[lang].calendar}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = parseCalendar(text)
  return parsed.ok ? parsed.calendar : refuse(`${texts[lang].calendar} ${file}: ${parsed.reason}`)
}

/** The limit of a procedure for a channel; `which` counts its cases from 1. */
function procedureLimit(options: DueOptions, lang: CliGlobals['lang']): Limit {
  const code = options.procedure ?? ''
  const procedure = loadCatalogue().procedure(code) ?? refuse(`${texts[lang].unknown} ${code}.`)
  const channel = options.channel.toUpperCase() as Channel
  const times = procedure.processing.filter((time) => time.channel === '*' || time.channel === channel)
  const time = times[Number(options.case) - 1] ?? refuse(`${texts[lang].noCase} ${options.case} (${channel}).`)
  return { time, ...(procedure.cutoff === undefined ? {} : { cutoff: procedure.cutoff }) }
}

function limitOf(command: Command, options: DueOptions, lang: CliGlobals['lang']): Limit {
  const given = [options.procedure, options.days, options.calendarDays, options.hours, options.sameDay].filter((one) => one !== undefined)
  if (given.length !== 1) misuse(command, texts[lang].oneOf)
  if (options.procedure !== undefined) return procedureLimit(options, lang)
  if (options.sameDay === true) return { time: { value: 1, unit: 'SAME_DAY' } }
  const text = options.days ?? options.calendarDays ?? options.hours ?? ''
  const value = Number(text)
  const whole = options.hours === undefined
  if (text.trim() === '' || !(value > 0 && value <= 10_000) || (whole && !Number.isInteger(value))) misuse(command, `${texts[lang].number}: ${text}`)
  return { time: { value, unit: options.days !== undefined ? 'WORKING_DAY' : options.calendarDays !== undefined ? 'DAY' : 'HOUR' } }
}

function forPeople(due: DueDate, lang: CliGlobals['lang']): string {
  const t = texts[lang]
  return [
    `${t.start}: ${formatMomentVi(due.start)}`,
    `${t.due}: ${due.due === null ? t.none : `${formatMomentVi(due.due)} (${due.rule})`}`,
    ...due.skipped.map((day) => `${t.skipped}: ${formatDateVi(day.date)} ${day.why}`),
  ].join('\n')
}

/** Years between start and due of which the calendar knows no day off: the date may be wrong there. */
function unknownYears(due: DueDate, calendar: OfficeCalendar): readonly string[] {
  const [first, last] = [due.start, due.due ?? due.start].map((ms) => Number(localDay(ms).slice(0, 4))) as [number, number]
  const years = Array.from({ length: last - first + 1 }, (_, i) => String(first + i))
  return years.filter((year) => !calendar.closed.some((day) => day.date.startsWith(year)))
}

/** `motcua due`: pure arithmetic on the shipped or a given calendar. */
export function registerDue(program: Command): void {
  program
    .command('due')
    .description(texts.vi.about)
    .option('--received <time>', 'thời điểm nhận hồ sơ; không ghi múi giờ là giờ Việt Nam')
    .option('--procedure <code>', 'mã thủ tục trong danh mục')
    .option('--case <n>', 'trường hợp thứ mấy của thủ tục', '1')
    .option('--channel <channel>', 'DIRECT, ONLINE hoặc POSTAL', 'DIRECT')
    .option('--days <n>', 'số ngày làm việc')
    .option('--calendar-days <n>', 'số ngày')
    .option('--hours <n>', 'số giờ làm việc')
    .option('--same-day', 'trong ngày')
    .option('--calendar <file>', 'lịch khác (JSON, xem main/catalogue/README.md)')
    .action((options: DueOptions, command: Command) => {
      const globals = globalsOf(command)
      const limit = limitOf(command, options, globals.lang)
      const receivedAt = parseLocal(options.received ?? '') ?? misuse(command, texts[globals.lang].received)
      const calendar = calendarOf(options.calendar, globals.lang)
      const due = dueDate({ receivedAt, calendar, ...limit })
      for (const year of unknownYears(due, calendar)) process.stderr.write(`${texts[globals.lang].noHolidays} ${year}.\n`)
      const data = { start: toIso(due.start), due: due.due === null ? null : toIso(due.due), skipped: due.skipped }
      answer(globals, data, forPeople(due, globals.lang))
    })
}
