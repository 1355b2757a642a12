import { z } from 'zod'
import type { OfficeCalendar } from '#domain/calendar.ts'
import { isRealDay, minutesOf } from '#domain/local-time.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => isRealDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))), 'no such day')

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const calendarDay = z.object({
  date: day,
  name: z.string().trim().min(1).max(120),
  document: z.exactOptional(z.string().max(120)),
  provisional: z.exactOptional(z.boolean()),
})

const sessions = z
  .array(z.object({ from: time, to: time }))
  .min(1)
  .refine(
    (all) => all.every((one, i) => minutesOf(one.from) < minutesOf(one.to) && (i === 0 || minutesOf(all[i - 1]?.to ?? '') <= minutesOf(one.from))),
    'sessions must be in order and must not overlap',
  )

/** An office calendar as a file (format in README.md). `sessions` and `weekend` may be left out. */
export const calendarSchema = z.object({
  sessions: sessions.default([
    { from: '07:30', to: '11:30' },
    { from: '13:30', to: '17:00' },
  ]),
  weekend: z.array(z.int().min(0).max(6)).max(6).default([6, 0]),
  closed: z.array(calendarDay).default([]),
  worked: z.array(calendarDay).default([]),
})

/** Reads a calendar from JSON text. The message of a failure names the field. */
export function parseCalendar(text: string): { readonly ok: true; readonly calendar: OfficeCalendar } | { readonly ok: false; readonly reason: string } {
  try {
    const parsed = calendarSchema.safeParse(JSON.parse(text))
    return parsed.success ? { ok: true, calendar: parsed.data } : { ok: false, reason: z.prettifyError(parsed.error) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
