import { expect, it } from 'vitest'
import { orderedId } from './ordered-id.ts'

it('is a UUID version 7 of its moment, in order, and never the same twice', () => {
  const at = Date.UTC(2026, 10, 23, 2)
  expect(orderedId(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(orderedId(at).replaceAll('-', '').slice(0, 12), 16)).toBe(at)
  expect(orderedId(at) < orderedId(at + 1)).toBe(true)
  expect(new Set(Array.from({ length: 1_000 }, () => orderedId(at))).size).toBe(1_000)
})
