import type { Journal } from '#journal/journal.ts'
import { noteForks, sourceOf } from '#main/station/replication.ts'
import type { PeerAnswer, PeerClient } from '#sync/http-client.ts'
import { startPusher, type EventSource, type Pusher } from '#sync/pusher.ts'
import { backPath, giveBack } from '#sync/protocol/give-back.ts'
import { eventsPath, helloPath, lanLoad, refuse, type SyncAnswer } from '#sync/protocol/messages.ts'
import { readBody, receiveEvents, receiveHello, type Caller, type ReplicaStore } from '#sync/protocol/receive.ts'
import type { WireBatch } from '#sync/protocol/batch.ts'
import type { Arrival } from '../world/http-line.ts'
import type { Computer } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { stationOf } from './books.ts'

export const officeCode = 'H15.50.05.13'

/** Sends a journal to a peer with the product's pusher; small pages, so that a few events make several requests, and two of them under way, as to central. */
export function push(world: World, machine: Computer, journal: Journal, origins: () => readonly string[], line: PeerClient): Pusher {
  const page = world.faults.int(3, 40)
  const whole: EventSource = { ...sourceOf(journal, origins), after: (origin, seq, limit) => journal.after(origin, seq, Math.min(limit, page)) }
  const source = world.plant.source?.(whole) ?? whole
  const pusher = startPusher({
    load: lanLoad, source, client: world.plant.client?.(line, source) ?? line, peer: { url: '', key: '' }, idleMs: 3_000, office: officeCode, station: stationOf(machine.name),
    onBug: (error) => {
      if (journal.db.open) world.violation(`${machine.name}: replication failed: ${String(error)}`)
    },
    onState: (state) => noteForks({ journal, log: () => undefined }, state),
  })
  journal.onCommit(() => pusher.nudge())
  return pusher
}

/** The receiving side: the product's rules over a store, without HTTP. */
export function receiver(world: World, machine: Computer, journal: Journal, plain: ReplicaStore, mayPush: (from: string, origin: string) => boolean) {
  const store = world.plant.store?.(plain, machine, journal) ?? plain
  return async ({ path, encoding, body, from }: Arrival): Promise<PeerAnswer> => {
    const caller: Caller = { office: officeCode, mayPush: (origin) => mayPush(from, origin) }
    const read = await readBody(encoding, body)
    if ('refusal' in read) return refuse(read.refusal)
    const { received } = world.plant
    try {
      if (path === backPath) return await giveBack(store, caller, read.value)
      if (path === helloPath) return onlyPlain(await receiveHello(store, caller, read.value))
      if (path !== eventsPath) return { status: 404, body: { code: 'malformed' } }
      return onlyPlain(await receiveEvents(store, caller, received ? planted(read.value, (batches) => received({ batches, journal, machine })) : read.value))
    } catch (error) {
      if (machine.process?.alive) world.violation(`${machine.name}: ${path} failed: ${String(error)}`)
      return refuse({ code: 'unavailable' })
    }
  }
}

function planted(value: unknown, change: (batches: readonly WireBatch[]) => readonly WireBatch[]): unknown {
  const request = value as { readonly batches?: unknown } | undefined
  return Array.isArray(request?.batches) ? { ...request, batches: change(request.batches as WireBatch[]) } : value
}

/** A peer that reads no compressed bodies: zlib works in threads of its own, whose timing no seed decides. */
function onlyPlain(answer: SyncAnswer): SyncAnswer {
  return 'encodings' in answer.body ? { ...answer, body: { ...answer.body, encodings: ['identity'] } } : answer
}
