import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyHash, sameKey } from '#sync/protocol/keys.ts'
import { lanLoad, type Mark } from '#sync/protocol/messages.ts'
import { startPusher, type Pusher, type PusherState } from '#sync/pusher.ts'
import { syncRequestHandler, type ReplicaStore } from '#sync/receiver.ts'
import type { StoredEvent } from '#domain/event.ts'
import { dayOf, sourceOf, visit, type Journal } from './sync-support/office.ts'
import { batch, hello, send, until } from './sync-support/wire.ts'

const office = 'H15.50.05.13'
const tokens = new Map([
  ['quay1', keyHash('token-of-quay1')],
  ['quay2', keyHash('token-of-quay2')],
])

/** A hub's journal of other origins, as the lead's SQLite journal is one. */
function replica(): ReplicaStore & { readonly events: Map<string, StoredEvent[]>; epochNow: string } {
  const events = new Map<string, StoredEvent[]>()
  const mark = (origin: string): Mark | null => {
    const last = events.get(origin)?.at(-1)
    return last ? { seq: last.seq, hash: last.hash } : null
  }
  return {
    events,
    epochNow: 'e1',
    epoch() {
      return this.epochNow
    },
    mark,
    hashAt: (origin, seq) => events.get(origin)?.[seq - 1]?.hash ?? null,
    after: (origin, seq, limit) => (events.get(origin) ?? []).slice(seq, seq + limit),
    append(added) {
      for (const event of added) events.set(event.origin, [...(events.get(event.origin) ?? []), event])
    },
  }
}

let store: ReturnType<typeof replica>
let server: Server
let url = ''
let requestsAtOnce = 0
let mostAtOnce = 0
let holdMs = 0
const pushers: Pusher[] = []

beforeEach(async () => {
  store = replica()
  holdMs = mostAtOnce = requestsAtOnce = 0
  const handle = syncRequestHandler({
    office,
    store,
    authenticate: (key) => {
      const station = [...tokens].find(([, hash]) => sameKey(key, hash))?.[0]
      return station ? { mayPush: (origin) => origin.startsWith(`${station}.`) } : { refused: 'unauthorised' }
    },
  })
  server = createServer((req, res) => {
    mostAtOnce = Math.max(mostAtOnce, (requestsAtOnce += 1))
    res.on('close', () => (requestsAtOnce -= 1))
    setTimeout(() => void handle(req, res).then((mine) => mine || res.writeHead(404).end('not sync')), holdMs)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterEach(async () => {
  await Promise.all(pushers.splice(0).map((pusher) => pusher.close()))
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function push(station: string, states: PusherState[], ...journals: readonly Journal[]): Pusher {
  const peer = { url, key: `token-of-${station}` }
  const pusher = startPusher({ source: sourceOf(...journals), peer, office, station, onState: (state) => states.push(state), idleMs: 200 })
  pushers.push(pusher)
  return pusher
}

test('other paths are left alone, foreign keys and methods refused', async () => {
  expect(await (await fetch(`${url}/board`)).text()).toBe('not sync')
  expect((await fetch(`${url}/sync/v1/hello`)).status).toBe(405)
  expect((await fetch(`${url}/sync/v2/hello`, { method: 'POST' })).status).toBe(404)
  expect(await hello(url, 'token-of-quay3', office, [])).toMatchObject({ status: 401, body: { code: 'unauthorised' } })
  const tooLong = await fetch(`${url}/sync/v1/events`, { method: 'POST', headers: { authorization: 'Bearer token-of-quay1' }, body: 'x'.repeat(5_000_000) })
  expect(tooLong.status).toBe(413)
})

test('a station may push its own origins only', async () => {
  const { events } = dayOf('quay2.bb', 1)
  expect(await send(url, 'token-of-quay1', batch(events))).toMatchObject({ status: 409, body: { code: 'unknown-origin', origin: 'quay2.bb', marks: {} } })
  expect(await hello(url, 'token-of-quay1', office, ['quay1.aa', 'quay2.bb'])).toMatchObject({ status: 200, body: { refused: [{ code: 'unknown-origin', origin: 'quay2.bb' }] } })
  expect(store.events.size).toBe(0)
})

test('nudges by the hundred never make more requests at once than there may be, and all arrives', async () => {
  holdMs = 5
  const journal = dayOf('quay1.aa', 1)
  const pusher = push('quay1', [], journal)
  for (let n = 2; n <= 150; n += 1) {
    journal.add(...visit('quay1aa', n))
    pusher.nudge()
    if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
  }
  await until(() => pusher.state().waiting === 0)
  expect(store.events.get('quay1.aa')).toEqual(journal.events)
  expect(mostAtOnce).toBeLessThanOrEqual(lanLoad.inFlight)
})

test('a hub whose database was restored is noticed while nothing is happening', async () => {
  const journal = dayOf('quay1.aa', 20)
  const pusher = push('quay1', [], journal)
  await until(() => pusher.state().waiting === 0)
  store.events.set('quay1.aa', journal.events.slice(0, 7))
  store.epochNow = 'e2'
  await until(() => store.events.get('quay1.aa')?.length === 160)
  expect(store.events.get('quay1.aa')).toEqual(journal.events)
})

test('a hub that knows more of us than we do: fork, told, nothing sent', async () => {
  const journal = dayOf('quay1.aa', 3)
  store.events.set('quay1.aa', [...journal.events])
  const restored = { ...journal, events: journal.events.slice(0, 10) }
  const pusher = push('quay1', [], restored)
  await until(() => pusher.state().refused !== null)
  expect(pusher.state().refused).toEqual({ code: 'fork', origin: 'quay1.aa', have: 24 })
  expect(store.events.get('quay1.aa')).toHaveLength(24)
})

test('a peer that hangs is lost after five seconds of silence, found again, and close cuts a request off', async () => {
  const states: PusherState[] = []
  const journal = dayOf('quay1.aa', 1)
  const pusher = push('quay1', states, journal)
  await until(() => pusher.state().waiting === 0)
  holdMs = 60_000
  journal.add(...visit('quay1aa', 2))
  pusher.nudge()
  expect(await until(() => !pusher.state().reachable)).toBeGreaterThan(4_000)
  holdMs = 0
  await until(() => pusher.state().waiting === 0)
  expect(pusher.state()).toMatchObject({ reachable: true, lostSince: null })
  holdMs = 60_000
  journal.add(...visit('quay1aa', 3))
  pusher.nudge()
  await new Promise((resolve) => setTimeout(resolve, 100))
  const start = performance.now()
  await pusher.close()
  expect(performance.now() - start).toBeLessThan(10_000)
})

test('events that are too much for one request are sent in smaller ones', async () => {
  const journal = dayOf('quay1.aa', 1)
  const long = 'Giấy khai sinh bản chính '.repeat(12_000)
  for (let n = 0; n < 12; n += 1) journal.add({ type: 'note.long', subject: `n${n}`, data: { long } })
  const pusher = push('quay1', [], journal)
  await until(() => pusher.state().waiting === 0)
  expect(store.events.get('quay1.aa')).toEqual(journal.events)
})
