import { replicaStore } from '#main/station/replication.ts'
import type { PeerAnswer } from '#sync/http-client.ts'
import type { Arrival } from '../world/http-line.ts'
import type { Computer, Program } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { openJournal } from './books.ts'
import { receiver } from './replication.ts'
import { hub } from './rules.ts'

export interface SpareProgram extends Program {
  readonly answer: (arrival: Arrival) => Promise<PeerAnswer>
}

/** A spare before it is needed: takes the copies of every journal that the hub sends. */
export function bootSpare(world: World) {
  return (machine: Computer, disk: Buffer | null): SpareProgram => {
    const { journal } = openJournal(world, machine, disk)
    return { journal, answer: receiver(world, machine, journal, replicaStore(journal), (from) => from === hub) }
  }
}
