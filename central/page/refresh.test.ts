import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { refreshScript } from './refresh.ts'

/** Runs the page's script over a page of the least kind, and one of its rounds. */
async function round(fetch: () => Promise<{ ok: boolean; status: number; text: () => Promise<string> }>): Promise<boolean> {
  const lost = { hidden: true }
  let tick: () => unknown = () => undefined
  const document = { getElementById: () => lost, querySelector: () => null }
  class DOMParser {
    parseFromString = () => document
  }
  const rounds = (work: () => unknown) => void (tick = work)
  runInNewContext(refreshScript, { fetch, document, DOMParser, setInterval: rounds, AbortSignal })
  await tick()
  return !lost.hidden
}

test('the page of a central that is gone went on looking alive', async () => {
  const page = () => Promise.resolve('')
  expect(await round(() => Promise.resolve({ ok: true, status: 200, text: page }))).toBe(false)
  expect(await round(() => Promise.resolve({ ok: false, status: 503, text: page }))).toBe(true)
  expect(await round(() => Promise.reject(new TypeError('fetch failed')))).toBe(true)
})
