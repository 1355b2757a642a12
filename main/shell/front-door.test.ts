import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knock, openFrontDoor } from './front-door.ts'

let data: string
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'motcua-door-'))))
afterEach(() => rmSync(data, { recursive: true, force: true }))

test('a second start brings the first to the front', async () => {
  let shows = 0
  const door = await openFrontDoor(data, async () => void shows++)
  expect(await knock(data)).toBe(true)
  expect(shows).toBe(1)
  await door.close()
  expect(await knock(data)).toBe(false)
})

test('a window that cannot be shown is not reported as shown', async () => {
  const door = await openFrontDoor(data, () => Promise.reject(new Error('no display')))
  expect(await knock(data)).toBe(false)
  await door.close()
})

test('another data folder has another door', async () => {
  const door = await openFrontDoor(data, async () => undefined)
  expect(await knock(join(data, 'other'))).toBe(false)
  await door.close()
})

test('a socket left behind by a killed process is taken over', async () => {
  const first = await openFrontDoor(data, async () => undefined)
  const second = await openFrontDoor(data, async () => undefined)
  expect(await knock(data)).toBe(true)
  await second.close()
  await first.close()
})
