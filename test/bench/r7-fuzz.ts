import { fuzzFrames } from '../fuzz/frames.ts'
import { fuzzMessages } from '../fuzz/messages.ts'
import { fuzzedParsers } from '../fuzz/parsers.ts'
import { row, type Row } from './figure.ts'

const frames = 10_000_000
const messages = 10_000_000
const seed = 20_261_122

/** R7: ten million spoiled device frames over all parsers, ten million spoiled sync messages: no crash, and a good one right behind is always taken. */
export async function fuzz(): Promise<readonly Row[]> {
  const each = Math.ceil(frames / fuzzedParsers.length)
  const rows: Row[] = []
  for (const [index, fuzzed] of fuzzedParsers.entries()) {
    const began = performance.now()
    const run = fuzzFrames(fuzzed, each, seed + index)
    const speed = Math.round((1_000 * run.frames) / (performance.now() - began))
    const forged = run.forged > 0 ? `, ${run.forged} not to be told from a real frame` : ''
    rows.push(row(`R7.${fuzzed.name.replaceAll(/[^\w]+/g, '-').toLowerCase()}`, `${run.frames} frames, ${speed} a second${forged}: crashed or missed`, run.crashes + run.missed, 'frames', { atMost: 0 }))
    if (run.crashes + run.missed > 0) process.stderr.write(`${fuzzed.name}: ${run.crashes} crashes, ${run.missed} missed, first: ${run.example ?? ''}\n`)
    // lets the process answer signals between two parsers
    await new Promise(setImmediate)
  }
  const began = performance.now()
  const run = fuzzMessages(messages, seed)
  const speed = Math.round((1_000 * run.messages) / (performance.now() - began))
  if (run.crashes + run.missed > 0) process.stderr.write(`messages: first: ${run.example ?? ''}\n`)
  return [...rows, row('R7.messages', `${run.messages} messages, ${speed} a second: crashed or missed`, run.crashes + run.missed, 'messages', { atMost: 0 })]
}
