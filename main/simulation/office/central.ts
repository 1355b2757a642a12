import { fold } from '#central/projection/fold.ts'
import type { Journal } from '#journal/journal.ts'
import { replicaStore } from '#main/station/replication.ts'
import { StaleMarkError, type ReplicaStore } from '#sync/protocol/receive.ts'
import type { Arrival } from '../world/http-line.ts'
import type { PeerAnswer } from '#sync/http-client.ts'
import type { Computer, Program } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { openJournal } from './books.ts'
import { receiver } from './replication.ts'

export interface CentralProgram extends Program {
  readonly answer: (arrival: Arrival) => Promise<PeerAnswer>
}

/** Central: the product's receiving rules and projection over SQLite, with a database that takes its time. */
export function bootCentral(world: World) {
  return (machine: Computer, disk: Buffer | null): CentralProgram => {
    const { journal } = openJournal(world, machine, disk)
    return { journal, answer: receiver(world, machine, journal, centralStore(world, journal), () => true) }
  }
}

/** As `central/store.ts` over PostgreSQL: each question takes a while, and whoever appends finds out that another was quicker. */
function centralStore(world: World, journal: Journal): ReplicaStore {
  const plain = replicaStore(journal)
  const slowly = async <T>(ask: () => T | Promise<T>): Promise<T> => {
    await world.timeline.sleep(world.faults.next() * 4)
    return ask()
  }
  return {
    epoch: () => slowly(() => plain.epoch()),
    mark: (origin) => slowly(() => plain.mark(origin)),
    hashAt: (origin, seq) => slowly(() => plain.hashAt(origin, seq)),
    after: (origin, seq, limit) => slowly(() => plain.after(origin, seq, limit)),
    append: async (events) => {
      const [first] = events
      const { quarantined } = fold(events)
      for (const one of quarantined) world.violation(`central: ${first?.origin} #${one.seq} ${one.type} does not fit: ${one.reason}`)
      await slowly(() => {
        const have = first && journal.head(first.origin)
        if (first && first.seq !== (have?.seq ?? 0) + 1) throw new StaleMarkError(first.origin)
        return plain.append(events)
      })
      await world.timeline.sleep(world.faults.next() * 4)
    },
  }
}
