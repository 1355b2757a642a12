import type { Ledger } from '../office/ledger.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'

/** What a fault may touch. */
export interface Scene {
  readonly world: World
  readonly site: Site
  readonly ledger: Ledger
  /** Tells of a copy of a machine, for whoever works at it. */
  readonly onClone: (machine: Site['counters'][number]) => void
}

export type Fault = (scene: Scene) => Promise<void>

/** Some virtual time, ms. */
export const pause = (world: World, from: number, to: number): Promise<void> => world.timeline.sleep(world.faults.int(from, to))
