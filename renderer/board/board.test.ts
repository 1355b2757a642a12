import { describe, expect, it } from 'vitest'
import type { BoardCounter, Call } from '#contract/board.ts'
import { cellsOf } from './cells.ts'
import { freshnessOf } from './freshness.ts'
import { minHoldMs } from './use-call-queue.ts'
import { voiceOf } from './use-voice.ts'
import { fitSize, layoutFor, pageOf } from './layout.ts'

const nine = Date.UTC(2026, 10, 23, 2, 21)

describe('freshnessOf', () => {
  const view = { now: nine, asOf: nine - 1000 }
  it.each([
    [0, 'fresh'], [4_999, 'fresh'], [5_000, 'late'], [29_000, 'late'], [29_001, 'lost'], [299_000, 'lost'], [299_001, 'dark'],
  ])('after %i ms without news is %s', (elapsed, level) => {
    expect(freshnessOf(view, elapsed).level).toBe(level)
  })

  it('counts a quiet queue as fresh while the station keeps sending', () => {
    expect(freshnessOf({ now: nine + 3_600_000, asOf: nine + 3_600_000 - 2_000 }, 1_900)).toEqual({ level: 'fresh', seconds: 3 })
  })

  it('says since when, in the station time of the last news', () => {
    expect(freshnessOf(view, 40_000)).toEqual({ level: 'lost', since: nine - 1000 })
  })

  it('is not fooled by a station whose clock was set back', () => {
    expect(freshnessOf({ now: nine, asOf: nine + 5000 }, 0)).toEqual({ level: 'fresh', seconds: 0 })
  })
})

describe('the address of a board', () => {
  it('chooses its voice over the office, and only known ones', () => {
    expect(voiceOf('', { use: 'system', repeats: 2 })).toEqual({ use: 'system', repeats: 2 })
    expect(voiceOf('?voice=off', { use: 'system', repeats: 2 })).toEqual({ use: 'off', repeats: 2 })
    expect(voiceOf('?voice=loud')).toEqual({ use: 'pack', repeats: 1 })
  })

  it('shortens the hold for measuring, and only to a number', () => {
    expect([minHoldMs(''), minHoldMs('?hold=0'), minHoldMs('?hold=-1'), minHoldMs('?hold=x')]).toEqual([6000, 0, 6000, 6000])
  })
})

describe('layoutFor', () => {
  it('follows the pictures: 1 hero only, 4 as 2 × 2, 6 as 3 × 2, 12 as 4 × 3 at 96 with a hero of 340', () => {
    expect(layoutFor(1, false).kind).toBe('hero-only')
    expect(layoutFor(4, false)).toMatchObject({ columns: 2, rows: 2, cellSize: 128 })
    expect(layoutFor(6, false)).toMatchObject({ columns: 3, rows: 2, heroHeight: 440 })
    expect(layoutFor(12, false)).toMatchObject({ columns: 4, rows: 3, cellSize: 96, heroHeight: 340 })
  })

  it('has a place for every counter from 2 to 20 both ways', () => {
    for (let counters = 2; counters <= 20; counters += 1) {
      for (const portrait of [false, true]) {
        const { columns, rows } = layoutFor(counters, portrait)
        expect(columns * rows).toBeGreaterThanOrEqual(counters)
      }
    }
  })
})

describe('fitSize', () => {
  it('leaves A012 at 392 in 1016 px and shrinks wider numbers', () => {
    expect(fitSize('A012', 392, 1016)).toBe(392)
    expect(fitSize('K1005', 392, 1016)).toBeLessThan(392)
    expect(fitSize('W4444', 392, 1016)).toBeLessThan(fitSize('K1005', 392, 1016))
  })
})

describe('pageOf', () => {
  it('turns over all services', () => {
    expect(pageOf([1, 2, 3, 4, 5], 3, 0)).toEqual([1, 2, 3])
    expect(pageOf([1, 2, 3, 4, 5], 3, 12_000)).toEqual([4, 5])
    expect(pageOf([1, 2, 3, 4, 5, 6, 7], 6, 0)).toEqual([1, 2, 3, 4])
    expect(pageOf([1, 2], 3, 12_000)).toEqual([1, 2])
    expect(pageOf([], 3, 12_000)).toEqual([])
  })
})

describe('cellsOf', () => {
  const call = (seq: number, number: string, counter: number): Call => ({ seq, number, counter, at: nine, times: 1 })
  const counter = (id: number, number: string | null, state: BoardCounter['state'] = 'called', pausedUntil: number | null = null): BoardCounter => ({ id, number, state, pausedUntil })

  it('keeps the number before in its place until the call of the next one has its turn', () => {
    const counters = [counter(2, 'B018'), counter(1, 'T006', 'serving')]
    const waiting = { hero: call(4, 'A012', 3), phase: 'speaking', pending: [call(5, 'B018', 2)], recent: [call(3, 'B017', 2)] } as const
    expect(cellsOf({ counters }, waiting)).toEqual([
      { kind: 'number', id: 1, number: 'T006', isHero: false },
      { kind: 'number', id: 2, number: 'B017', isHero: false },
    ])
    const turn = { ...waiting, hero: call(5, 'B018', 2), pending: [] }
    expect(cellsOf({ counters }, turn)[1]).toEqual({ kind: 'number', id: 2, number: 'B018', isHero: true })
  })

  it('shows free, paused and closed counters as such', () => {
    const counters = [counter(1, null, 'free'), counter(2, null, 'paused', nine), counter(3, null, 'paused'), counter(4, null, 'closed'), counter(5, 'A013')]
    const quiet = { hero: null, phase: 'quiet', pending: [call(1, 'A013', 5)], recent: [] } as const
    expect(cellsOf({ counters }, quiet)).toEqual([
      { kind: 'free', id: 1 }, { kind: 'paused', id: 2, until: nine }, { kind: 'paused', id: 3, until: 0 }, { kind: 'closed', id: 4 }, { kind: 'free', id: 5 },
    ])
  })
})
