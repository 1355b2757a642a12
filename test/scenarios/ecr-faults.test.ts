import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Lane, type Fault, type Verdict } from './terminal-faults/case.ts'
import { ecrUnderFaults } from './terminal-faults/ecr.ts'
import type { Direction } from './terminal-faults/wire.ts'

const undo: (() => void)[] = []
afterEach(() => undo.splice(0).forEach((each) => each()))

function lane(): Lane {
  const folder = mkdtempSync(join(tmpdir(), 'ecr-faults-'))
  const made = new Lane(ecrUnderFaults(), folder)
  undo.push(() => {
    made.stop()
    rmSync(folder, { recursive: true })
  })
  return made
}

/** A round hundred is divisible by seven at times: those are declined. */
const amountOf = (n: number) => 10_000 + n * 100

/** Sells once a fault, on a few lanes at a time; every promise must hold. */
async function suffer(faults: readonly Fault[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  const queue = [...faults.entries()]
  const work = async (on: Lane) => {
    for (let next = queue.shift(); next; next = queue.shift()) verdicts.push(await on.sell(amountOf(next[0]), next[1]))
  }
  await Promise.all(Array.from({ length: 12 }, () => work(lane())))
  expect(verdicts.flatMap(({ violations }) => violations)).toEqual([])
  expect(verdicts).toHaveLength(faults.length)
  return verdicts
}

/** Bytes of a whole sale in each direction. */
async function lengths(): Promise<Readonly<Record<Direction, number>>> {
  const { sent, outcome } = await lane().sell(amountOf(0), {})
  expect(outcome).toBe('approved')
  return sent
}

const upTo = (count: number) => Array.from({ length: count + 1 }, (_, at) => at)
const directions = ['to-terminal', 'to-till'] as const

describe('ECR: nothing charged twice, nothing paid and unrecorded, nothing left unknown', () => {
  it.each(directions)('the line cut at every byte %s', async (direction) => {
    const count = (await lengths())[direction]
    const verdicts = await suffer(upTo(count).map((cutAfter) => ({ line: { [direction]: { cutAfter } } })))
    expect(verdicts.filter(({ wasUnknown }) => wasUnknown).length).toBeGreaterThan(count / 2)
  })
  it.each(directions)('every byte garbled %s, and every one lost', async (direction) => {
    const count = (await lengths())[direction]
    await suffer(upTo(count).flatMap((at) => [{ line: { [direction]: { garbleAt: at } } }, { line: { [direction]: { drop: { at, count: 1 + (at % 40) } } } }]))
  })
  it.each(['tillDiesAtBytes', 'terminalDiesAtBytes'] as const)('%s: every byte of the sale', async (who) => {
    const { 'to-terminal': out, 'to-till': back } = await lengths()
    await suffer(upTo(out + back).map((at) => ({ [who]: at })))
  })
  it('the till dies at every line of its journal', async () => {
    const deaths = upTo(4).flatMap((atLine) => (['nothing', 'half', 'all'] as const).map((written) => ({ tillDiesAtLine: { atLine, written } })))
    await suffer(deaths)
  })
})
