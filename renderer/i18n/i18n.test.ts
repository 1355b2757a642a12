import { describe, expect, it } from 'vitest'
import { lookUp, translator } from './catalogue.ts'
import { en } from './en/index.ts'
import { formatClock, formatClockRange, formatDate, formatDay, formatDecimal, formatElapsed, formatMoney, formatPercent, formatRange, formatWeekday } from './format.ts'
import { boldPieces, fill, type Catalogue, type Message } from './message.ts'
import { vi } from './vi/index.ts'

const flat = (areas: Record<string, Catalogue>): ReadonlyMap<string, Message> =>
  new Map(Object.entries(areas).flatMap(([area, messages]) => Object.entries(messages).map(([key, message]) => [`${area}.${key}`, message] as const)))
const texts = (message: Message): readonly string[] => (typeof message === 'string' ? [message] : [message.one, message.other])
const blanks = (message: Message): readonly string[] => [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted()

describe('catalogues', () => {
  const [vietnamese, english] = [flat(vi), flat(en)]

  it('have the same keys', () => {
    expect([...english.keys()].toSorted()).toEqual([...vietnamese.keys()].toSorted())
    expect(vietnamese.size).toBeGreaterThan(100)
  })

  it('have the same blanks', () => {
    const differing = [...vietnamese].filter(([key, message]) => {
      const other = english.get(key)
      return other === undefined || blanks(message).some((blank) => !blanks(other).includes(blank)) || blanks(other).some((blank) => !blanks(message).includes(blank))
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('keep the wording rules: no blame, no exclamation, no "please" in Vietnamese', () => {
    const all = [...vietnamese].flatMap(([key, message]) => texts(message).map((text) => ({ key, text })))
    const wrong = all.filter(({ text }) => /không hợp lệ|thất bại|vui lòng|!/i.test(text) || /(^|\s)lỗi(\s|$)/i.test(text))
    expect(wrong).toEqual([])
  })

  it('are written in composed letters, as the font and the search need them', () => {
    const decomposed = [...vietnamese.values()].flatMap(texts).filter((text) => text !== text.normalize('NFC'))
    expect(decomposed).toEqual([])
  })
})

describe('messages', () => {
  it('fill blanks and choose the form by count', () => {
    expect(translator('vi')('shared.people', { count: 4 })).toBe('4 người')
    expect(translator('en')('shared.people', { count: 1 })).toBe('1 person')
    expect(translator('en')('shared.people', { count: 4 })).toBe('4 people')
  })

  it('leave a blank visible that nobody filled', () => {
    expect(fill('Quầy {id}', {})).toBe('Quầy {id}')
  })

  it('cut bold parts', () => {
    expect(boldPieces('Thiếu **tờ khai**: cán bộ in giúp')).toEqual([
      { text: 'Thiếu ', bold: false },
      { text: 'tờ khai', bold: true },
      { text: ': cán bộ in giúp', bold: false },
    ])
  })

  it('find what the station names by key, and say when they do not know it', () => {
    expect(lookUp('vi', 'refusal.nobody-waiting')).toBe('Chưa có ai chờ quầy này.')
    expect(lookUp('vi', 'refusal.of-a-later-version')).toBeNull()
  })
})

describe('formats, in the office’s time wherever the machine is', () => {
  const at = Date.parse('2026-11-23T02:03:09Z')
  it('writes times and dates', () => {
    expect(formatClock(at)).toBe('09:03')
    expect(formatClock(at, true)).toBe('09:03:09')
    expect(formatDate(at)).toBe('23/11/2026')
    expect(formatDate(Date.parse('2026-11-23T18:00:00Z'))).toBe('24/11/2026')
    expect(formatWeekday(at, 'vi', true)).toBe('Thứ Hai')
    expect(formatWeekday(at, 'en')).toBe('Monday')
    expect(formatDay(Date.parse('2026-11-25T00:30:00Z'), 'vi')).toBe('thứ Tư 25/11')
    expect(formatClockRange(at, at + 600_000)).toBe('09:03 – 09:13')
  })

  it('writes numbers as Vietnamese offices do', () => {
    expect(formatMoney(1_284_000)).toBe('1.284.000\u00a0đ')
    expect(formatMoney(0)).toBe('0\u00a0đ')
    expect(formatDecimal(7.42, 'vi')).toBe('7,4')
    expect(formatPercent(0.68)).toBe('68\u00a0%')
    expect(formatRange({ from: 15, to: 25 })).toBe('15–25')
    expect(formatElapsed(84_000)).toBe('01:24')
    expect(formatElapsed(3_723_000)).toBe('1:02:03')
    expect(formatElapsed(-5)).toBe('00:00')
  })
})
