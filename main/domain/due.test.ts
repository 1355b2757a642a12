import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorkingDay, spansOf, type OfficeCalendar } from './calendar.ts'
import { canBeDue, dayStrip, dueDate, ruleWords } from './due.ts'
import { addDays, localDay, parseLocal, toIso, weekdayOf } from './local-time.ts'
import { noticeFor, openingAt } from './opening.ts'
import type { TimeUnit } from './procedure.ts'

const calendar = JSON.parse(readFileSync(new URL('../catalogue/calendar.json', import.meta.url), 'utf8')) as OfficeCalendar
const at = (text: string) => parseLocal(text) ?? Number.NaN
const ask = (unit: TimeUnit, value: number | null, received: string) => dueDate({ receivedAt: at(received), time: { unit, value }, calendar })

describe('due dates of domain.md 4.4', () => {
  it.each<[TimeUnit, number, string, string, string]>([
    ['WORKING_DAY', 3, '2026-11-23T09:10', '2026-11-23T09:10', '2026-11-27T09:10'],
    ['WORKING_DAY', 3, '2026-08-20T09:00', '2026-08-20T09:00', '2026-08-24T09:00'],
    ['WORKING_DAY', 7, '2026-02-12T14:00', '2026-02-12T14:00', '2026-03-02T14:00'],
    ['WORKING_DAY', 3, '2026-11-20T17:30', '2026-11-23T07:30', '2026-11-27T07:30'],
    ['WORKING_DAY', 1, '2026-11-20T12:15', '2026-11-20T13:30', '2026-11-23T13:30'],
    ['WORKING_DAY', 2, '2027-02-03T14:00', '2027-02-03T14:00', '2027-02-12T14:00'],
    ['DAY', 30, '2026-08-03T09:00', '2026-08-03T09:00', '2026-09-03T09:00'],
    ['HOUR', 4, '2026-11-23T15:30', '2026-11-23T15:30', '2026-11-25T10:00'],
    ['SAME_DAY', 1, '2026-11-20T15:01', '2026-11-20T15:01', '2026-11-23T17:00'],
    ['SAME_DAY', 1, '2026-11-20T15:00', '2026-11-20T15:00', '2026-11-20T17:00'],
    ['SAME_DAY', 1, '2026-11-20T17:10', '2026-11-23T07:30', '2026-11-23T17:00'],
    ['SAME_DAY', 1, '2026-11-20T05:00', '2026-11-20T07:30', '2026-11-20T17:00'],
    ['MONTH', 1, '2026-01-30T09:00', '2026-01-30T09:00', '2026-03-02T09:00'],
    ['YEAR', 1, '2026-05-04T09:00', '2026-05-04T09:00', '2027-05-04T09:00'],
    ['HOUR', 4, '2026-11-23T07:30', '2026-11-23T07:30', '2026-11-23T11:30'],
    ['WORKING_DAY', 1, '2026-11-23T17:00', '2026-11-23T17:00', '2026-11-25T17:00'],
  ])('%s %d, received %s', (unit, value, received, start, due) => {
    const answer = ask(unit, value, received)
    expect(toIso(answer.start)).toBe(`${start}:00+07:00`)
    expect(answer.due === null ? null : toIso(answer.due)).toBe(`${due}:00+07:00`)
  })
  it('lists each day that did not count, with its reason', () => {
    expect(ask('WORKING_DAY', 3, '2026-11-23T09:10').skipped).toEqual([{ date: '2026-11-24', why: 'Ngày Văn hóa Việt Nam' }])
    expect(ask('SAME_DAY', 1, '2026-11-20T15:01').skipped).toEqual([
      { date: '2026-11-21', why: 'Thứ Bảy' },
      { date: '2026-11-22', why: 'Chủ nhật' },
    ])
    expect(ask('DAY', 30, '2026-08-03T09:00').skipped).toEqual([{ date: '2026-09-02', why: 'Quốc khánh' }])
    expect(ask('DAY', 7, '2026-11-16T09:00').skipped).toEqual([])
    expect(ask('WORKING_DAY', 3, '2026-08-20T09:00').skipped).toEqual([{ date: '2026-08-23', why: 'Chủ nhật' }])
    expect(ask('WORKING_DAY', 7, '2026-02-12T14:00').skipped).toHaveLength(11)
  })
  it('gives no date where the law gives none', () => {
    expect(ask('OTHER', 3, '2026-11-23T09:10').due).toBeNull()
    expect(ask('WORKING_DAY', null, '2026-11-23T09:10').due).toBeNull()
  })
  it('takes the cut-off of the procedure', () => {
    const due = dueDate({ receivedAt: at('2026-11-20T10:30'), time: { unit: 'SAME_DAY', value: 1 }, calendar, cutoff: '10:00' }).due
    expect(due).toBe(at('2026-11-23T17:00'))
  })
  it('says the rule', () => {
    expect(ruleWords({ unit: 'WORKING_DAY', value: 3 })).toBe('3 ngày làm việc')
    expect(ruleWords({ unit: 'SAME_DAY', value: 1 })).toBe('trong ngày')
  })
  it('has 249 working days in 2026 and in 2027', () => {
    for (const year of [2026, 2027]) {
      let count = 0
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++
      expect(count).toBe(249)
    }
  })
})

describe('properties', () => {
  const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-06-30') })
  const unit = fc.constantFrom<TimeUnit>('WORKING_DAY', 'DAY', 'HOUR', 'MONTH', 'SAME_DAY')
  const due = (receivedAt: number, unitOf: TimeUnit, value: number) => dueDate({ receivedAt, time: { unit: unitOf, value }, calendar })
  it('is never before the start, nor the start before receipt', () => {
    fc.assert(fc.property(moment, unit, fc.integer({ min: 1, max: 60 }), (ms, u, n) => {
      const answer = due(ms, u, n)
      return answer.due !== null && answer.due >= answer.start && answer.start >= ms
    }))
  })
  it('falls inside a session of a working day', () => {
    fc.assert(fc.property(moment, unit, fc.integer({ min: 1, max: 60 }), (ms, u, n) => {
      const end = due(ms, u, n).due ?? 0
      return spansOf(localDay(end), calendar).some((span) => end >= span.from && end <= span.to)
    }))
  })
  it('grows with the number; the due day never comes earlier for a later receipt', () => {
    fc.assert(fc.property(moment, unit, fc.integer({ min: 1, max: 40 }), fc.nat(400_000_000), (ms, u, n, later) => {
      const first = due(ms, u, n).due ?? 0
      return (due(ms, u, n + 1).due ?? 0) >= first && localDay(due(ms + later, u, n).due ?? 0) >= localDay(first)
    }))
  })
  it('counts and skips every day of a limit in working days', () => {
    fc.assert(fc.property(moment, fc.integer({ min: 1, max: 30 }), (ms, n) => {
      const answer = due(ms, 'WORKING_DAY', n)
      const strip = dayStrip(answer, 'WORKING_DAY', 1000)
      expect(strip.filter((day) => day.nth !== null)).toHaveLength(n)
      expect(strip.at(-1)).toMatchObject({ kind: 'due', nth: n })
      expect(answer.skipped.every((day) => !isWorkingDay(day.date, calendar))).toBe(true)
    }))
  })
})

describe('strip, opening, notice', () => {
  it('draws the days of the picture', () => {
    expect(dayStrip(ask('WORKING_DAY', 3, '2026-11-23T09:34'), 'WORKING_DAY').map((day) => [day.date.slice(8), day.kind, day.nth])).toEqual([
      ['23', 'received', null],
      ['24', 'skipped', null],
      ['25', 'counted', 1],
      ['26', 'counted', 2],
      ['27', 'due', 3],
    ])
    const long = dayStrip(ask('WORKING_DAY', 20, '2026-11-23T09:34'), 'WORKING_DAY')
    expect(long).toHaveLength(8)
    expect(long.at(-1)).toMatchObject({ kind: 'due', nth: 20 })
  })
  it.each([
    ['2026-11-23T09:00', { open: true, session: 'morning', until: '11:30', nextOpening: null }],
    ['2026-11-23T16:59', { open: true, session: 'afternoon', until: '17:00', nextOpening: null }],
    ['2026-11-23T12:00', { open: false, session: null, until: null, nextOpening: at('2026-11-23T13:30') }],
    ['2026-11-23T17:00', { open: false, session: null, until: null, nextOpening: at('2026-11-25T07:30') }],
    ['2026-11-23T06:00', { open: false, session: null, until: null, nextOpening: at('2026-11-23T07:30') }],
  ])('opening at %s', (now, expected) => expect(openingAt(at(now), calendar)).toEqual(expected))
  it.each([
    ['2026-11-23T09:00', 'Mai 24/11 nghỉ Ngày Văn hóa Việt Nam. Làm việc lại 07:30 thứ Tư.'],
    ['2026-11-24T09:00', 'Hôm nay 24/11 nghỉ Ngày Văn hóa Việt Nam. Làm việc lại 07:30 thứ Tư.'],
    ['2026-02-13T09:00', 'Từ mai 14/02 nghỉ Tết Bính Ngọ. Làm việc lại 07:30 thứ Hai 23/02.'],
    ['2026-08-21T09:00', 'Mai thứ Bảy 22/08 làm việc như ngày thường.'],
    ['2026-11-20T09:00', null],
    ['2026-11-26T09:00', null],
  ])('notice on %s', (now, expected) => expect(noticeFor(at(now), calendar)).toBe(expected))
  it('lets a clerk move a date only into office hours after receipt', () => {
    const received = at('2026-11-23T09:00')
    expect(canBeDue(at('2026-11-25T10:00'), received, calendar)).toBe('ok')
    expect(canBeDue(at('2026-11-24T10:00'), received, calendar)).toBe('closed')
    expect(canBeDue(at('2026-11-20T10:00'), received, calendar)).toBe('before-receipt')
    expect(weekdayOf('2026-11-23')).toBe(1)
  })
})
