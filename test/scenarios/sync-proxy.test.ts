import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startPuller } from '#sync/puller.ts'
import { startPusher, type EventSource, type Pusher } from '#sync/pusher.ts'
import { memoryPeer, type MemoryPeer } from './sync-support/memory-peer.ts'
import { journal, sourceOf } from './sync-support/office.ts'
import { until } from './sync-support/wire.ts'

const office = 'H15.50.05.13'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A peer behind a proxy that answers some requests itself. */
async function behindProxy(before: (req: IncomingMessage, res: ServerResponse) => boolean): Promise<MemoryPeer> {
  const peer = await memoryPeer({ office, before })
  ends.push(() => peer.close())
  return peer
}

function push(url: string, source: EventSource, onBug?: (error: unknown) => void): Pusher {
  const pusher = startPusher({ source, peer: { url, key: 'k' }, office, station: 'quay1', idleMs: 200, onState: () => undefined, ...(onBug ? { onBug } : {}) })
  ends.push(() => pusher.close())
  return pusher
}

/** So many events whose boxes can't be compressed. */
function sealed(count: number) {
  const mine = journal('quay1.aa')
  mine.add(...Array.from({ length: count }, (_, n) => ({ type: 'box.sealed', subject: `b${n}`, data: { box: randomBytes(600).toString('base64') } })))
  return mine
}

test('a proxy that found a request too large, and said so in a page of its own, was sent the same request for ever', async () => {
  const mine = sealed(400)
  const { url, events } = await behindProxy((req, res) => {
    if (Number(req.headers['content-length']) <= 100_000) return false
    res.writeHead(413, { 'content-type': 'text/html' }).end('<html><h1>413 Request Entity Too Large</h1></html>')
    return true
  })
  const pusher = push(url, sourceOf(mine))
  await until(() => pusher.state().waiting === 0)
  expect(events.get('quay1.aa')).toEqual(mine.events)
  expect(pusher.state().refused).toBeNull()
})

test('who is asked to come back later does so, also where the answer is JSON of a proxy', async () => {
  const asked: number[] = []
  const mine = sealed(3)
  const { url } = await behindProxy((_req, res) => {
    asked.push(performance.now())
    if (asked.length > 2) return false
    res.writeHead(asked.length === 1 ? 429 : 503, { 'retry-after': '1' }).end('{"code":"FST_ERR_RATE"}')
    return true
  })
  const pusher = push(url, sourceOf(mine))
  await until(() => asked.length === 1)
  await until(() => pusher.state().lostBecause !== null)
  expect(pusher.state()).toMatchObject({ refused: null, lostBecause: 'HTTP 429' })
  await until(() => pusher.state().waiting === 0)
  const [first = 0, second = 0, third = 0] = asked
  expect(second - first).toBeGreaterThan(990)
  expect(third - second).toBeGreaterThan(990)
  expect(pusher.state().lostBecause).toBeNull()
})

test('a journal that could not be read just when the peer was away ended the sending for good', async () => {
  const mine = sealed(3)
  const plain = sourceOf(mine)
  const broken = { now: false }
  const source: EventSource = {
    ...plain,
    after(...place) {
      if (broken.now) throw new Error('disk I/O error')
      return plain.after(...place)
    },
  }
  const bugs: unknown[] = []
  let away = true
  const { url, events } = await behindProxy((_req, res) => {
    if (!away) return false
    broken.now = true
    res.writeHead(502).end()
    return true
  })
  const pusher = push(url, source, (error) => bugs.push(error))
  await until(() => bugs.length > 1)
  broken.now = away = false
  await until(() => pusher.state().waiting === 0)
  expect(events.get('quay1.aa')).toEqual(mine.events)
})

test('two databases behind one address were asked without a pause, hundreds of times a second', async () => {
  let asked = 0
  const { url } = await behindProxy((req, res) => {
    asked += 1
    const epoch = `e${asked % 2}`
    const marks = { protocol: 1, epoch, marks: {}, encodings: ['identity'], refused: [] }
    const changes = { protocol: 1, epoch, fromStart: true, changes: [], more: false, secrets: [] }
    res.end(JSON.stringify(req.url === '/sync/v1/changes' ? changes : marks))
    return true
  })
  push(url, sourceOf(sealed(3)))
  const puller = startPuller({ peer: { url, key: 'k' }, office, station: 'quay1', store: { cursor: () => null, take: () => undefined } })
  ends.push(() => puller.close())
  const start = performance.now()
  await until(() => asked >= 15)
  expect(performance.now() - start).toBeGreaterThan(500)
})
