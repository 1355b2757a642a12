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
  let [views, spent, last] = [0, 0, -1]
  const dear = () => {
    const from = performance.now()
    while (performance.now() < from + 10);
    views += 1
    spent += performance.now() - from
    return changes.count
  }
  const reading = (async () => {
    for await (const count of live(changes, dear, end.signal)) last = count
  })()
  await turn()
  const began = performance.now()
  while (views < 8) {
    changes.ring()
    await turn()
  }
  expect(spent / (performance.now() - began)).toBeLessThan(0.4)
  await expect.poll(() => last).toBe(changes.count)
  end.abort()
  await reading
})
