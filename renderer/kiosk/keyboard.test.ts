import { expect, it } from 'vitest'
import { withoutLast } from './keyboard.tsx'
import { rowsThatFit } from './use-paged.ts'

it('deletes a letter with its marks, also when they are separate characters', () => {
  expect(withoutLast('khai sinh')).toBe('khai sin')
  expect(withoutLast('lê\u0323'.normalize('NFD'))).toBe('l')
  expect(withoutLast('')).toBe('')
})

it('shows at least one row, and never half of one', () => {
  expect(rowsThatFit(0, 112, 12)).toBe(1)
  expect(rowsThatFit(359, 112, 12)).toBe(2)
  expect(rowsThatFit(360, 112, 12)).toBe(3)
})
