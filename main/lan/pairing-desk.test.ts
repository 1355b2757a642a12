import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PairingDesk } from './pairing-desk.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const minute = 60_000
const anybody = () => null

it.each([
  ['set back by ten years', -10 * 365 * 24 * 60 * minute],
  ['right', 0],
])('a code is over after ten minutes, also at a hub whose clock is %s meanwhile', async (_, step) => {
  let now = Date.now()
  const desk = new PairingDesk('AA:BB', () => now, () => undefined)
  const { code } = desk.open({ kind: 'board', counter: null })
  now += step + 9 * minute
  vi.advanceTimersByTime(9 * minute)
  expect(desk.current()?.code).toBe(code)
  now += minute
  vi.advanceTimersByTime(minute)
  expect(desk.current()).toBeNull()
  expect(await desk.typed(code, anybody)).toEqual({ ok: false, reason: 'closed' })
})
