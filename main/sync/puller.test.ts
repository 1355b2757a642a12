import { afterEach, expect, it } from 'vitest'
import { openDatabase, type Sqlite } from '#journal/database.ts'
import { Downstream, type NewItem } from '#journal/downstream.ts'
import { giveChanges, maxChanges } from '#sync/protocol/changes.ts'
import type { PeerClient } from './http-client.ts'
import { startPuller, type ChangeStore } from './puller.ts'

const databases: Sqlite[] = []
const downstream = (): Downstream => {
  const db = openDatabase(':memory:')
  databases.push(db)
  return new Downstream(db)
}
afterEach(() => {
  for (const db of databases.splice(0)) db.close()
})

const status = (n: number): NewItem => ({ kind: 'status', key: `H15-${n}`, at: n, body: '{}' })

it('what breaks off in the middle is asked for again: the cursor does not get ahead of what it stands for', () => {
  const here = downstream()
  const unreadable = { ...status(2), at: null as unknown as number }
  expect(() => here.take('central', { epoch: 'e', n: 2 }, [status(1), unreadable])).toThrow(/NOT NULL/)
  expect(here.cursor('central')).toBeNull()
  expect(here.after(0, 10)).toEqual([])
})

it('more than one answer holds comes down whole, in several', async () => {
  const [there, here] = [downstream(), downstream()]
  const count = 2 * maxChanges + 1
  for (let n = 1; n <= count; n += 1) there.put(status(n))
  const source = { epoch: () => 'e', after: there.after.bind(there), wait: () => Promise.resolve(), secrets: () => [] }
  const client: PeerClient = { close: () => undefined, post: ({ body, signal }) => giveChanges(source, 'o', JSON.parse(Buffer.from(body).toString()), signal) }
  const all = Promise.withResolvers<void>()
  const store: ChangeStore = {
    cursor: () => here.cursor('hub'),
    take({ epoch, changes, more }, n) {
      here.take('hub', { epoch, n }, changes)
      if (!more) all.resolve()
    },
  }
  const puller = startPuller({ store, peer: { url: '', key: '' }, client, office: 'o', station: 's', waitMs: 0 })
  await all.promise
  await puller.close()
  expect(here.after(0, 2 * count).map(({ key }) => key)).toEqual(there.after(0, 2 * count).map(({ key }) => key))
})
