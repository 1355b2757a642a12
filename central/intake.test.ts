import { afterEach, expect, test, vi } from 'vitest'
import { Intake } from './intake.ts'

afterEach(() => void vi.useRealTimers())

/** Work that ends when it is told to. */
function work(): { readonly run: () => Promise<void>; readonly end: () => void; readonly began: () => boolean } {
  let [began, end]: [boolean, () => void] = [false, () => undefined]
  const over = new Promise<void>((resolve) => (end = resolve))
  return { run: () => ((began = true), over), end, began: () => began }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('four are stored at a time, the others in the order in which they came', async () => {
  const intake = new Intake()
  const all = Array.from({ length: 7 }, work)
  const ends = all.map(({ run }, n) => intake.inTurn(`H${n}`, run))
  const running = async () => {
    await settle()
    return all.map(({ began }) => (began() ? 1 : 0)).join('')
  }
  expect(await running()).toBe('1111000')
  all[2]?.end()
  expect(await running()).toBe('1111100')
  // Who comes now does not go before those who wait.
  const late = work()
  ends.push(intake.inTurn('late', late.run))
  all[0]?.end()
  all[1]?.end()
  expect(await running()).toBe('1111111')
  expect(late.began()).toBe(false)
  for (const { end } of [...all, late]) end()
  await Promise.all(ends)
  expect(late.began()).toBe(true)
})

test('a turn that does not come in time is none, and takes nobody else from theirs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const intake = new Intake()
  const busy = Array.from({ length: 4 }, work)
  const ends = busy.map(({ run }, n) => intake.inTurn(`H${n}`, run))
  const waiting = intake.inTurn('late', () => Promise.resolve('done'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await waiting).toBe(null)
  for (const { end } of busy) end()
  await Promise.all(ends)
  expect(await Promise.all(Array.from({ length: 8 }, () => intake.inTurn('H0', () => Promise.resolve(1))))).toEqual(Array(8).fill(1))
})

test('an office has two turns at a time, however many it sends; others go before its next', async () => {
  const intake = new Intake()
  const [mine, others] = [Array.from({ length: 5 }, work), Array.from({ length: 2 }, work)]
  const ends = [...mine.map(({ run }) => intake.inTurn('A', run)), ...others.map(({ run }) => intake.inTurn('B', run))]
  await settle()
  expect([...mine, ...others].map(({ began }) => began())).toEqual([true, true, false, false, false, true, true])
  for (const { end } of [...mine, ...others]) end()
  await Promise.all(ends)
  expect(mine.every(({ began }) => began())).toBe(true)
})
