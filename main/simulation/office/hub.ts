import { createRouterClient } from '@orpc/server'
import { Changes } from '#api/changes.ts'
import { linkRouter } from '#api/link.ts'
import type { ApiParts } from '#api/parts.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import { replicaStore } from '#main/station/replication.ts'
import type { Pusher } from '#sync/pusher.ts'
import { localDay } from '#domain/local-time.ts'
import { resumeAfterRestore } from '#usecases/promotion.ts'
import { QueueDesk } from '#usecases/queue-desk.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import type { Vault } from '#vault/vault.ts'
import type { Arrival } from '../world/http-line.ts'
import type { PeerAnswer, PeerClient } from '#sync/http-client.ts'
import type { Computer, Program } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { openJournal, stationOf } from './books.ts'
import { push, receiver } from './replication.ts'
import type { Office } from './rules.ts'

export type LinkClient = ReturnType<typeof linkClient>

export interface HubProgram extends Program {
  readonly queue: QueuePort
  readonly pusher: Pusher
  /** To the spare; null where there is none. */
  readonly feed: Pusher | null
  readonly answer: (arrival: Arrival) => Promise<PeerAnswer>
  /** What a linked station may call, as that station. */
  readonly link: (machine: string) => LinkClient
}

/** The hub: the queue, the journals of the stations, and the way to central. */
export function bootHub(world: World, office: Office, vault: Vault, toCentral: PeerClient, toSpare: PeerClient | null) {
  return (machine: Computer, disk: Buffer | null): HubProgram => {
    const { journal, commands } = openJournal(world, machine, disk)
    const desk = new QueueDesk({ journal, commands, vault, rules: office.rules, now: Date.now })
    const resume = world.plant.resume ?? resumeAfterRestore
    if (resume(journal, office.rules, [localDay(Date.now())])) desk.refold()
    const changes = new Changes()
    desk.onChange(changes.ring)
    const queue = plantedQueue(world, desk)
    return {
      journal,
      queue,
      pusher: push(world, machine, journal, () => journal.origins(), toCentral),
      feed: toSpare && push(world, machine, journal, () => journal.origins(), world.plant.toSpare?.(toSpare) ?? toSpare),
      answer: receiver(world, machine, journal, replicaStore(journal), (from, origin) => origin.startsWith(`${stationOf(from)}.`)),
      link: (station) => linkClient(queue, changes, stationOf(station)),
    }
  }
}

function linkClient(queue: ReturnType<typeof plantedQueue>, changes: Changes, station: string) {
  // As much of the parts as the link's procedures use.
  const parts = { changes, now: Date.now, sync: () => [], linked: { revision: () => '', read: () => ({ spares: [], takeOver: null }) } } as unknown as ApiParts
  const session = { audience: 'station' as const, counter: null, staff: null, ticketId: null, station, counters: null }
  return createRouterClient(linkRouter(parts, queue), { context: { session } })
}

function plantedQueue({ plant }: World, desk: QueueDesk) {
  const { lease, command, snapshot } = plant
  return {
    ...desk,
    snapshot: () => (snapshot ? snapshot(desk) : desk.snapshot()),
    execute: (commandId: string, actor: string, asked: QueueCommand, from: string | null = null) => {
      const run = (id: string) => desk.execute(id, actor, asked, from)
      return command ? command(run, commandId, asked) : run(commandId)
    },
    leaseCodes: (commandId: string, day: string, station = 'hub') => {
      const give = () => desk.leaseCodes(commandId, day, station)
      return lease ? lease(give, station, day) : give()
    },
  }
}
