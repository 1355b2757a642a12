import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { agree, type Mark, type Versions } from '#sync/protocol/messages.ts'
import { startPusher, type Pusher } from '#sync/pusher.ts'
import { syncRequestHandler, type ReplicaStore } from '#sync/receiver.ts'
import type { StoredEvent } from '#domain/event.ts'
import { dayOf, sourceOf } from './sync-support/office.ts'
import { until } from './sync-support/wire.ts'

const office = 'H15.50.05.13'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

test.each([
  [{ protocol: 1 }, { oldest: 1, newest: 1 }, 1],
  [{ protocol: 2, oldest: 1 }, { oldest: 1, newest: 1 }, 1],
  [{ protocol: 1 }, { oldest: 1, newest: 2 }, 1],
  [{ protocol: 3, oldest: 2 }, { oldest: 1, newest: 2 }, 2],
  [{ protocol: 1 }, { oldest: 2, newest: 3 }, { code: 'too-old' }],
  [{ protocol: 3, oldest: 2 }, { oldest: 1, newest: 1 }, { code: 'too-new' }],
  [{ protocol: 2 }, { oldest: 1, newest: 1 }, { code: 'too-new' }],
])('a sender of %o and a receiver of %o', (asked, speaks, expected) => {
  expect(agree(asked, speaks)).toEqual(expected)
})

/** A hub of another release, over a real socket. */
async function hubOf(speaks: Versions): Promise<{ readonly url: string; readonly events: StoredEvent[] }> {
  const events: StoredEvent[] = []
  const store: ReplicaStore = {
    epoch: () => 'e1',
    mark: (): Mark | null => events.at(-1) ?? null,
    hashAt: (_, seq) => events[seq - 1]?.hash ?? null,
    after: (_, seq, limit) => events.slice(seq, seq + limit),
    append: (added) => void events.push(...added),
  }
  const handle = syncRequestHandler({ office, store, speaks, authenticate: () => ({ mayPush: () => true }) })
  const server: Server = createServer((req, res) => {
    void handle(req, res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, events }
}

function push(url: string, speaks: Versions): Pusher {
  const pusher = startPusher({ source: sourceOf(dayOf('quay1.aa', 5)), peer: { url, key: 'k' }, office, station: 'quay1', speaks, idleMs: 200 })
  ends.push(() => pusher.close())
  return pusher
}

const releases: Readonly<Record<string, Versions>> = { 'N-1': { oldest: 1, newest: 1 }, N: { oldest: 1, newest: 2 }, 'N+1': { oldest: 2, newest: 3 } }
test.each([['N-1', 'N'], ['N', 'N-1'], ['N', 'N+1'], ['N+1', 'N'], ['N', 'N']])('a station of %s and a hub of %s sync together', async (station, hub) => {
  const { url, events } = await hubOf(releases[hub] as Versions)
  const pusher = push(url, releases[station] as Versions)
  await until(() => pusher.state().waiting === 0 && pusher.state().reachable)
  expect(events).toEqual(dayOf('quay1.aa', 5).events)
  expect(pusher.state().refused).toBeNull()
})

test.each([['N-1', 'N+1', 'too-old'], ['N+1', 'N-1', 'too-new']])('a station of %s is told by a hub of %s: %s; it keeps everything', async (station, hub, code) => {
  const { url, events } = await hubOf(releases[hub] as Versions)
  const pusher = push(url, releases[station] as Versions)
  await until(() => pusher.state().refused !== null)
  expect(pusher.state()).toMatchObject({ refused: { code }, reachable: true, waiting: 40 })
  expect(events).toEqual([])
})
