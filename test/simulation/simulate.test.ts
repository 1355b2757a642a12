import { describe, expect, test } from 'vitest'
import { plants } from '#main/simulation/plants/plants.ts'
import type { SeedResult } from '#main/simulation/run-seed.ts'
import { simulate } from '#main/simulation/simulate.ts'

/** Each planted bug shows within so many seeds; most within ten. */
const within = 150

/** A run of seeds on one thread: its results and its trace. */
async function traced(first: number, last: number): Promise<{ results: SeedResult[]; lines: string[] }> {
  const [results, lines]: [SeedResult[], string[]] = [[], []]
  await simulate({ first, last, plant: null, onLine: (line) => lines.push(line), onResult: (result) => results.push(result) })
  return { results, lines }
}

test('a slice of seeds is clean, and there was real work in it', async () => {
  const report = await simulate({ first: 1, last: 20, plant: null })
  expect(report.violations).toEqual([])
  expect(report.seeds).toBe(20)
  expect(report.events).toBeGreaterThan(20 * 40)
})

test('the same seed is the same run, to the last hash and line, whatever ran before it', async () => {
  const alone = await traced(8, 8)
  const afterOthers = await traced(6, 8)
  expect(alone.lines.length).toBeGreaterThan(20)
  expect(afterOthers.lines.slice(-alone.lines.length)).toEqual(alone.lines)
  expect(afterOthers.results.at(-1)).toEqual(alone.results[0])
  expect(new Set(afterOthers.results.map(({ digest }) => digest)).size).toBe(3)
})

describe('planted bugs', () => {
  test('there are at least twenty', () => expect(Object.keys(plants).length).toBeGreaterThanOrEqual(20))

  test.each(Object.keys(plants))('%s is caught', { timeout: 240_000 }, async (plant) => {
    const report = await simulate({ first: 1, last: within, plant, untilCaught: true })
    expect(report.violations, `${plant} went unseen through ${report.seeds} seeds`).not.toEqual([])
  })
})
