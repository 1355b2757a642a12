import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Disk, seeded } from './disk.ts'
import { faultIn, layOut } from './examine.ts'
import { recordWriter } from './record.ts'

export interface PowerLossReport {
  readonly states: number
  /** States in which something acknowledged was missing. */
  readonly lost: number
  /** The first faults in words, with the seed and step that build them again. */
  readonly faults: readonly string[]
}

export interface PowerLossRun {
  readonly folder: string
  readonly mode: 'full' | 'normal'
  readonly states: number
  readonly seed: number
}

/** Commands of the recorded process. */
const commands = 120
/** One state in so many is also compared with the fold of its journal. */
const viewsEvery = 50

/** Records one process at work, then builds `states` disks that a power loss at any moment could have left, and opens each as a station would. */
export function powerLoss({ folder, mode, states, seed }: PowerLossRun): PowerLossReport {
  const recorded = join(folder, 'recorded')
  rmSync(recorded, { recursive: true, force: true })
  mkdirSync(recorded, { recursive: true })
  const steps = recordWriter(recorded, commands, mode)
  const random = seeded(seed)
  const disk = new Disk()
  const perStep = states / steps.length
  const [faults, place]: [string[], string] = [[], join(folder, 'found')]
  let [done, acknowledged, lost] = [0, 0, 0]
  for (const [index, step] of steps.entries()) {
    disk.apply(step)
    if (step.kind === 'said') acknowledged = Number(/^ack (\d+)/.exec(step.line)?.[1] ?? acknowledged)
    for (; done < Math.round((index + 1) * perStep); done += 1) {
      layOut(place, disk.afterPowerLoss(random))
      const fault = faultIn(place, acknowledged, done % viewsEvery === 0)
      if (fault === null) continue
      lost += 1
      if (faults.length < 5) faults.push(`state ${done}, after step ${index}: ${fault}`)
    }
  }
  rmSync(place, { recursive: true, force: true })
  return { states: done, lost, faults }
}
