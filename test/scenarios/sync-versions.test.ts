import { afterEach, expect, test } from 'vitest'
import { agree, type Versions } from '#sync/protocol/messages.ts'
import { startPusher, type Pusher } from '#sync/pusher.ts'
import { memoryPeer, type MemoryPeer } from './sync-support/memory-peer.ts'
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

/** A hub of another release. */
async function hubOf(speaks: Versions): Promise<MemoryPeer> {
  const hub = await memoryPeer({ office, speaks })
  ends.push(() => hub.close())
  return hub
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
  expect(events.get('quay1.aa')).toEqual(dayOf('quay1.aa', 5).events)
  expect(pusher.state().refused).toBeNull()
})

test.each([['N-1', 'N+1', 'too-old'], ['N+1', 'N-1', 'too-new']])('a station of %s is told by a hub of %s: %s; it keeps everything', async (station, hub, code) => {
  const { url, events } = await hubOf(releases[hub] as Versions)
  const pusher = push(url, releases[station] as Versions)
  await until(() => pusher.state().refused !== null)
  expect(pusher.state()).toMatchObject({ refused: { code }, reachable: true, waiting: 40 })
  expect(events.size).toBe(0)
})
