import type { FuzzedParser, OpenParser } from './parsers.ts'
import { Random } from './random.ts'
import { spoiled } from './spoil.ts'

export interface FrameRun {
  readonly frames: number
  /** The parser threw. */
  readonly crashes: number
  /** A good frame right behind rubbish was not understood. */
  readonly missed: number
  /**
   * Not missed: the rubbish and the beginning of the good frame happen to be a whole frame, which no receiver could tell from a real one (a checksum of one
   * byte is right once in 256 false beginnings; a process id of the printer has none, and job.ts believes only its own).
   */
  readonly forged: number
  /** Of the first failure, in hex. */
  readonly example: string | null
}

/** Cuts a stream as lines deliver it: anything from single bytes to all at once. */
function pushed(parser: OpenParser, stream: Uint8Array, random: Random): readonly string[] {
  const said: string[] = []
  const most = random.pick([1, 7, 64, 4_096])
  for (let at = 0; at < stream.length; ) {
    const size = 1 + random.below(most)
    said.push(...parser.push(stream.subarray(at, at + size)))
    at += size
  }
  return said
}

/** `count` spoiled frames, each with a good one right behind it, on one line that is never opened anew. */
export function fuzzFrames(fuzzed: FuzzedParser, count: number, seed: number): FrameRun {
  const random = new Random(seed)
  const run = { frames: 0, crashes: 0, missed: 0, forged: 0, example: null as string | null }
  let parser = fuzzed.open()
  while (run.frames < count) {
    const rubbish = spoiled(fuzzed.frame(random).bytes, random)
    const good = fuzzed.frame(random)
    run.frames++
    try {
      const before = fuzzed.pauses ? [...pushed(parser, rubbish, random), ...parser.pause()] : []
      const stream = fuzzed.pauses ? good.bytes : Uint8Array.from([...rubbish, ...good.bytes])
      const said = [...pushed(parser, stream, random), ...parser.pause()]
      if (said.includes(good.says)) continue
      if (isForged(fuzzed, [...before, ...said], rubbish)) run.forged++
      else run.missed++
    } catch {
      run.crashes++
      parser = fuzzed.open()
    }
    run.example ??= `${Buffer.from(rubbish).toString('hex')} | ${Buffer.from(good.bytes).toString('hex')}`
  }
  return run
}

/** Whether a frame was taken that the rubbish alone does not hold: its end lies in the good one. */
function isForged(fuzzed: FuzzedParser, said: readonly string[], rubbish: Uint8Array): boolean {
  const alone = fuzzed.open()
  const inRubbish = new Set([...alone.push(rubbish), ...alone.pause()])
  const whole = fuzzed.wholeFrame ?? /^([\da-f]{2})*$/
  return !fuzzed.pauses && said.some((one) => whole.test(one) && !inRubbish.has(one))
}
