import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReplicationView } from '#contract/replication.ts'
import type { SyncView } from '#contract/shared.ts'
import { openScreen } from '#main/demo/client.ts'
import type { RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { memoryPeer, type MemoryPeer } from './sync-support/memory-peer.ts'
import { accept, TestOffice } from './sync-support/stations.ts'

const { agency } = sampleConfig().office
let office: TestOffice
let central: MemoryPeer
/** HTTP status with which central answers everything; null: as it should. */
let no: number | null
const start = (port = 0) => memoryPeer({ office: agency, port, before: (_req, res) => no !== null && res.writeHead(no).end('{"code":"unauthorised"}') !== undefined })
beforeEach(async () => {
  no = null
  office = new TestOffice()
  central = await start()
})
afterEach(async () => {
  await office.close()
  await central.close()
})

/** The first view of the page Đồng bộ that is so. */
async function page(station: RunningStation, wanted: (view: ReplicationView) => boolean): Promise<ReplicationView> {
  const { client, close } = await openScreen(station.ready.urls.supervisor ?? '')
  try {
    for await (const view of await client.replication.live()) if (wanted(view)) return view
    throw new Error('the view ended')
  } finally {
    close()
  }
}

const way = (view: ReplicationView, peer: SyncView['peer']) => view.peers.find((one) => one.peer === peer)
const linked = () => ({ central: { url: central.url, key: 'k' } })

test('a hub that started while central was away said that all it ever wrote waits, and that it had never reached central', async () => {
  const first = await office.hub(['quay-1'], linked())
  await accept(await office.counter('quay-1', 1), 1)
  await page(first, (view) => way(view, 'central')?.lastContact != null && central.events.size > 1 && way(view, 'central')?.waiting === 0)
  await office.stop('quay-1')
  await office.stop('hub')
  await central.close()
  const again = await office.hub(['quay-1'], linked())
  const { peers } = await page(again, (view) => way(view, 'central')?.lostSince != null)
  // What the last moment and this start wrote.
  expect(peers[0]?.waiting).toBeLessThan([...central.events.values()].flat().length / 2)
  expect(peers[0]?.lastContact).not.toBeNull()
  expect(peers[0]?.lostBecause).toContain('ECONNREFUSED')
  central = await start(central.port)
  await page(again, (view) => way(view, 'central')?.waiting === 0 && way(view, 'central')?.lostSince === null)
})

test('all is sent and nothing comes down: the page says so', async () => {
  const hub = await office.hub([], linked())
  const { peers } = await page(hub, (view) => way(view, 'central')?.nothingComes === true)
  expect(peers).toMatchObject([{ reachable: true, refused: null, lostSince: null }])
})

test('at a counter the trouble between hub and central is told as that of the hub; only the hub has a way to mend it', async () => {
  no = 401
  const hub = await office.hub(['quay-1'], linked())
  const counter = await office.counter('quay-1', 1)
  await page(hub, (view) => way(view, 'central')?.refused?.code === 'unauthorised' && way(view, 'central')?.ofHub === undefined)
  await page(counter, (view) => way(view, 'central')?.refused?.code === 'unauthorised' && way(view, 'central')?.ofHub === true)
})
