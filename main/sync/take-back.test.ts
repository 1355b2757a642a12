import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { firstPrev, type StoredEvent } from '#domain/event.ts'
import { hashOf } from '#journal/chain.ts'
import { Journal } from '#journal/journal.ts'
import { backPath, giveBack } from '#sync/protocol/give-back.ts'
import { eventsPath, helloPath } from '#sync/protocol/messages.ts'
import { receiveEvents, receiveHello } from '#sync/protocol/receive.ts'
import { openViews } from '#views/views.ts'
import type { PeerClient } from './http-client.ts'
import { greet, newSession } from './push-session.ts'
import { takeBack } from './take-back.ts'

const origin = 'quay-3.0000aaaa'
const office = 'H15.50.05.13'
let dir: string
let [station, hub]: Journal[] = []
const open = (name: string) => new Journal({ file: join(dir, `${name}.db`), station: name, views: openViews, now: Date.now })

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-back-'))
  station = open('quay-3')
  hub = open('hub')
})
afterEach(() => {
  station?.close()
  hub?.close()
  rmSync(dir, { recursive: true, force: true })
})

/** So many events of the station's earlier epoch; other `code`s are another history. */
function history(code: string, count: number): readonly StoredEvent[] {
  let prev: string = firstPrev
  return Array.from({ length: count }, (_, index) => {
    const event = { origin, seq: index + 1, at: 1, actor: 'lan', type: 'person.revealed', version: 1, subject: code, data: JSON.stringify({ code, staff: 'lan' }), prev }
    const hash = hashOf(event)
    prev = hash
    return { ...event, hash }
  })
}

/** A station that knows the first event of its earlier epoch, in a session with a hub that has `atHub`. */
function behindHub(atHub: readonly StoredEvent[]) {
  if (!station || !hub) throw new Error('not open')
  const [mine, peer] = [station, hub]
  mine.appendReplica(history('A', 1))
  peer.appendReplica(atHub)
  const store = { epoch: () => peer.epoch(), mark: peer.head.bind(peer), hashAt: peer.hashAt.bind(peer), after: peer.after.bind(peer), append: () => undefined }
  const answers = { [helloPath]: receiveHello, [eventsPath]: receiveEvents, [backPath]: giveBack }
  const client: PeerClient = {
    post: async ({ path, body }) => answers[path as keyof typeof answers](store, { office, mayPush: () => true }, JSON.parse(Buffer.from(body).toString())),
    close: () => undefined,
  }
  const source = {
    origins: () => [origin], after: mine.after.bind(mine), head: mine.head.bind(mine), standing: () => 'retired' as const,
    takeBack: (events: readonly StoredEvent[]) => void mine.appendReplica(events),
  }
  return { mine, session: newSession({ source, client, identity: { office, station: 'quay-3' }, signal: new AbortController().signal }) }
}

/** What the station has of its earlier epoch after it asked. */
async function afterAsking(atHub: readonly StoredEvent[]): Promise<readonly string[]> {
  const { mine, session } = behindHub(atHub)
  session.behind.add(origin)
  await takeBack(session)
  return mine.after(origin, 0, 10).map(({ hash }) => hash)
}

it('brings back what the disk lost', async () => {
  expect(await afterAsking(history('A', 3))).toEqual(history('A', 3).map(({ hash }) => hash))
})

it('leaves what does not continue our chain, and throws nothing: the events of today go out behind it', async () => {
  expect(await afterAsking(history('B', 3))).toEqual(history('A', 1).map(({ hash }) => hash))
})

it('was broken off when a part had come back, and that was taken for a fork', async () => {
  const { mine, session } = behindHub(history('A', 5))
  await greet(session)
  mine.appendReplica(history('A', 3).slice(1))
  await greet(session)
  expect([...session.complaints]).toEqual([])
  await takeBack(session)
  expect(mine.head(origin)?.seq).toBe(5)
})
