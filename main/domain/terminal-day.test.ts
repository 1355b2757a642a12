import { expect, it } from 'vitest'
import { differencesOf, periodOf, totalsOf } from './terminal-day.ts'

const sale = (amount: number, card: string | null = null) => ({ amount, card })

it('adds up sales, and by the name of the card', () => {
  expect(totalsOf([sale(50_000, 'NAPAS'), sale(8_000), sale(20_000, 'NAPAS')])).toEqual({
    count: 3,
    amount: 78_000,
    byCard: [{ card: 'NAPAS', count: 2, amount: 70_000 }, { card: '', count: 1, amount: 8_000 }],
  })
  expect(totalsOf([])).toEqual({ count: 0, amount: 0, byCard: [] })
})

it.each([
  ['they agree', { count: 2, amount: 70_000 }, []],
  ['a sale that is not ours', { count: 3, amount: 90_000 }, [{ what: 'count', terminal: 3, journal: 2 }, { what: 'amount', terminal: 90_000, journal: 70_000 }]],
  ['a sale of another amount', { count: 2, amount: 69_000 }, [{ what: 'amount', terminal: 69_000, journal: 70_000 }]],
  ['as much money in one sale more', { count: 3, amount: 70_000 }, [{ what: 'count', terminal: 3, journal: 2 }]],
])('%s', (_what, terminal, differences) => {
  expect(differencesOf(terminal, { count: 2, amount: 70_000 })).toEqual(differences)
})

it('holds the totals against all since the last closing, unless only what came after an unclear attempt agrees', () => {
  const [all, later] = [{ totals: { count: 3, amount: 90_000 } }, { totals: { count: 1, amount: 20_000 } }]
  expect(periodOf({ count: 3, amount: 90_000 }, [all, later])).toBe(all)
  expect(periodOf({ count: 1, amount: 20_000 }, [all, later])).toBe(later)
  expect(periodOf({ count: 2, amount: 40_000 }, [all, later])).toBe(all)
})
