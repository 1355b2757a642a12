import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../i18n/format.ts'
import { atClockOf, parseDate, showDate, weekday } from './dates.ts'
import { cashState, quickAmounts, typedMoney } from './money.ts'

describe('cash', () => {
  it.each([
    ['', { kind: 'empty' }], ['16.000', { kind: 'enough', given: 16_000, change: 0 }], ['50 000 đ', { kind: 'enough', given: 50_000, change: 34_000 }],
    ['10000', { kind: 'short', missing: 6_000 }], ['mười nghìn', { kind: 'unreadable' }], ['-5000', { kind: 'unreadable' }],
  ])('%s for 16.000', (typed, state) => expect(cashState(16_000, typed)).toEqual(state))

  it('offers the exact sum first, then what whole notes make', () => {
    expect(quickAmounts(16_000)).toEqual([16_000, 20_000, 50_000, 100_000])
    expect(quickAmounts(8_000)).toEqual([8_000, 10_000, 20_000, 50_000])
    expect(quickAmounts(500_000)[0]).toBe(500_000)
  })

  it('every amount offered is enough, and ascending', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50_000_000 }), (due) => {
      const offered = quickAmounts(due)
      expect(offered.every((sum, at) => sum >= due && sum > (offered[at - 1] ?? 0))).toBe(true)
    }))
  })

  it('what is shown can be read back', () => {
    fc.assert(fc.property(fc.nat(999_999_999), (sum) => {
      expect(typedMoney(formatNumber(sum))).toBe(sum)
    }))
  })
})

describe('dates', () => {
  it('every day is read back as it is shown', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10)
      expect(parseDate(showDate(iso))).toEqual({ kind: 'day', iso })
    }))
  })
  it('knows leap years', () => expect([parseDate('29/02/2024').kind, parseDate('29/02/2026')]).toEqual(['day', { kind: 'wrong', problem: 'day', day: 29, month: 2 }]))
  it('keeps the clock time of another moment', () => expect(atClockOf('2026-11-30', Date.parse('2026-11-27T00:10:00+07:00'))).toBe(Date.parse('2026-11-30T00:10:00+07:00')))
  it('knows weekdays', () => expect([weekday('2026-11-27'), weekday('2026-11-22')]).toEqual([5, 0]))
})
