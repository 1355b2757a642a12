import { expect, it } from 'vitest'
import { Changes } from './changes.ts'
import { live } from './live.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('several rings of one turn are one view, told after the turn in which they rang', async () => {
  const changes = new Changes()
  const end = new AbortController()
  const seen: number[] = []
  const reading = (async () => {
    for await (const count of live(changes, () => changes.count, end.signal)) seen.push(count)
  })()
  await turn()
  changes.ring()
  changes.ring()
  changes.ring()
  await Promise.resolve()
  expect(seen).toEqual([0])
  await turn()
  await turn()
  expect(seen).toEqual([0, 3])
  end.abort()
  await reading
})

it('a change while a view is made is not lost', async () => {
  const changes = new Changes()
  const end = new AbortController()
  const seen: number[] = []
  for await (const count of live(changes, () => changes.count, end.signal)) {
    seen.push(count)
    if (count < 3) changes.ring()
    else end.abort()
  }
  expect(seen).toEqual([0, 1, 2, 3])
})

it('dear views leave three quarters of the time to others, and the last state is told all the same', async () => {
  const changes = new Changes()
  const end = new AbortController()
  let [views, last] = [0, -1]
  const dear = () => {
    for (const until = performance.now() + 10; performance.now() < until; );
    views += 1
    return changes.count
  }
  const reading = (async () => {
    for await (const count of live(changes, dear, end.signal)) last = count
  })()
  await turn()
  const until = performance.now() + 400
  while (performance.now() < until) {
    changes.ring()
    await turn()
  }
  expect(views).toBeGreaterThan(3)
  expect(views).toBeLessThan(16)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(last).toBe(changes.count)
  end.abort()
  await reading
})
