import { describe, expect, it } from 'vitest'
import { fuzzFrames } from './frames.ts'
import { fuzzMessages } from './messages.ts'
import { fuzzedParsers } from './parsers.ts'

/** R7 in seconds; the full figure is `npm run bench -- R7`. */
const slice = 4_000

describe('device frames', () => {
  it.each(fuzzedParsers.map((fuzzed) => [fuzzed.name, fuzzed] as const))('%s: no rubbish ends it, a good frame right behind is understood', (_, fuzzed) => {
    const { frames, crashes, missed, forged, example } = fuzzFrames(fuzzed, slice, 20_261_122)
    expect({ frames, crashes, missed }, example ?? '').toEqual({ frames: slice, crashes: 0, missed: 0 })
    expect(forged, example ?? '').toBeLessThan(slice / 200)
  })

  it('finds a parser that loses the frame behind rubbish, and one that throws', () => {
    const [answers] = fuzzedParsers
    if (!answers) return expect.fail('no parsers')
    const deaf = { ...answers, open: () => ({ push: () => [], pause: () => [] }) }
    expect(fuzzFrames(deaf, 100, 1).missed).toBe(100)
    const throwing = { ...answers, open: () => ({ push: () => expect.fail('boom'), pause: () => [] }) }
    expect(fuzzFrames(throwing, 100, 1).crashes).toBe(100)
  })
})

it('sync messages: whatever comes, no crash, and the good one behind it is taken as it is', () => {
  expect(fuzzMessages(10_000, 20_261_122)).toEqual({ messages: 10_000, crashes: 0, missed: 0, example: null })
})
