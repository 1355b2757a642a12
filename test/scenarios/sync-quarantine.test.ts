import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { enrol } from '#central/offices.ts'
import { rebuild } from '#central/projection/rebuild.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import type { NewEvent } from '#domain/event.ts'
import type { ReplicationView } from '#contract/replication.ts'
import { Journal } from '#journal/journal.ts'
import { openScreen } from '#main/demo/client.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { openViews } from '#views/views.ts'
import { journal, visit, type Told } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { accept, TestOffice } from './sync-support/stations.ts'
import { batch, send, until } from './sync-support/wire.ts'

const { agency } = sampleConfig().office
const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)

/** The dossier of a visit, told in another way. */
function dossier(n: number, subject: string, change: object = {}): Told {
  const told = visit('x', n).find(({ type }) => type === 'dossier.accepted')
  if (!told) throw new Error('a visit has a dossier')
  return { ...told, subject, data: { ...(told.data as object), ...change } }
}

describe.each(['pglite', 'postgresql'] as const)('quarantine of central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database
  let central: RunningCentral
  let key = ''
  beforeAll(async () => {
    if (kind === 'postgresql' && !skip) cluster = await startCluster()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    if (skip) return
    await central.close()
    await db.close()
    rmSync(place.folder, { recursive: true, force: true })
  })

  const aside = async () => (await db.query<{ origin: string; seq: number; reason: string }>('SELECT origin, seq, reason FROM quarantine ORDER BY origin, seq')).map(({ origin, seq, reason }) => `${origin}#${seq} ${reason}`)
  const told = () => db.query<{ key: string; open: boolean }>('SELECT key, body IS NOT NULL AS open FROM changes WHERE kind = $1', ['quarantine'])
  const codes = async () => (await db.query<{ code: string }>('SELECT code FROM dossiers WHERE origin IS NOT NULL ORDER BY code')).map(({ code }) => code)

  test('what can not be true is put aside with its reason; what stands behind it counts', async () => {
    const mine = journal('quay1.aa')
    mine.add(
      dossier(1, `${agency}-261123-0001`),
      dossier(2, 'H15.50.05.14-261123-0002'),
      dossier(3, `${agency}-261123-0003`, { feeTotal: -5 }),
      dossier(4, `${agency}-261123-0004`, { procedure: 'abc' }),
      dossier(5, `${agency}-261123-0001`),
      { type: 'dossier.accepted', subject: `${agency}-261123-0006`, data: { procedure: 7 } },
      { type: 'parking.paid', subject: 'p', data: {} },
      dossier(7, `${agency}-261123-0007`),
    )
    expect((await send(central.url, key, batch(mine.events))).status).toBe(200)
    const other = journal('quay2.bb')
    other.add(dossier(8, `${agency}-261123-0007`), dossier(9, `${agency}-261123-0009`))
    expect((await send(central.url, key, batch(other.events))).status).toBe(200)
    expect(await codes()).toEqual([`${agency}-261123-0001`, `${agency}-261123-0007`, `${agency}-261123-0009`])
    const expected = ['quay1.aa#2 another-office', 'quay1.aa#3 impossible-amount', 'quay1.aa#4 unknown-procedure', 'quay1.aa#5 duplicate']
    expect((await aside()).filter((one) => !one.includes('malformed'))).toEqual([...expected, 'quay2.bb#1 duplicate'])
    expect((await aside()).filter((one) => one.includes('malformed'))).toHaveLength(1)

    // Made anew, the same one of two counts, also when the other comes first in the alphabet.
    const before = await db.query('SELECT code, origin, fee FROM dossiers ORDER BY code')
    await rebuild(db)
    expect(await db.query('SELECT code, origin, fee FROM dossiers ORDER BY code')).toEqual(before)
    expect((await aside()).filter((one) => !one.includes('malformed'))).toEqual([...expected, 'quay2.bb#1 duplicate'])
  })

  test('once its cause is mended it counts after a retry, and the office is told', async () => {
    const mine = journal('quay1.aa')
    mine.add(dossier(1, `${agency}-261123-0001`))
    await send(central.url, key, batch(mine.events))
    const other = journal('quay2.bb')
    other.add(dossier(2, `${agency}-261123-0001`))
    await send(central.url, key, batch(other.events))
    expect(await told()).toEqual([{ key: 'quay2.bb#1', open: true }])
    const retry = async () => {
      const answer = await fetch(`${central.url}/api/v1/quarantine/retry`, { method: 'POST', headers: { authorization: `Bearer ${key}` } })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await retry()).toEqual({ status: 200, body: { mended: 0, left: 1 } })
    await db.query('DELETE FROM dossiers WHERE code = $1', [`${agency}-261123-0001`])
    expect(await retry()).toEqual({ status: 200, body: { mended: 1, left: 0 } })
    expect(await told()).toEqual([{ key: 'quay2.bb#1', open: false }])
    expect(await db.query('SELECT origin FROM dossiers')).toEqual([{ origin: 'quay2.bb' }])
  })

  test('what an office mended by hand is not brought up again, whichever of the two arrives first', async () => {
    const mine = journal('quay1.aa')
    mine.add(dossier(1, `${agency}-261123-0001`, { feeTotal: -5 }), dossier(2, `${agency}-261123-0002`, { feeTotal: -5 }))
    await send(central.url, key, batch(mine.events))
    const late = journal('quay2.bb')
    late.add(dossier(3, `${agency}-261123-0003`, { feeTotal: -5 }))
    const settled = (place: string): Told => ({ type: 'quarantine.settled', subject: place, data: {} })
    const hub = journal('hub.cc')
    hub.add(settled('quay1.aa#1'), settled('quay2.bb#1'), settled('nobody.dd#1'))
    await send(central.url, key, batch(hub.events))
    await send(central.url, key, batch(late.events))

    const open = async () => (await db.query<{ key: string }>(`SELECT key FROM changes WHERE kind = 'quarantine' AND body IS NOT NULL`)).map((one) => one.key)
    const ask = async (path: string, method = 'GET') => (await fetch(`${central.url}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${key}` } })).json()
    expect(await open()).toEqual(['quay1.aa#2'])
    expect(await ask('quarantine')).toMatchObject([{ origin: 'quay1.aa', seq: 2 }])
    expect(await ask('summary')).toMatchObject({ offices: [{ quarantined: 1 }] })
    expect(await ask('quarantine/retry', 'POST')).toEqual({ mended: 0, left: 1 })
    await rebuild(db)
    expect(await open()).toEqual(['quay1.aa#2'])
    expect(await aside()).toHaveLength(3)
  })

  test('the head of the office sees what central put aside, and it is gone from the page when it is mended', async () => {
    const office = new TestOffice()
    try {
      await office.hub(['quay-3'], { central: { url: central.url, key } })
      const counter = await office.counter('quay-3', 3)
      await accept(counter, 1)
      await office.stop('quay-3')
      const bad = new Journal({ file: office.journalFile('quay-3'), station: 'quay-3', views: openViews, now: Date.now })
      const [first] = office.query<{ data: string }>('quay-3', `SELECT data FROM events WHERE type = 'dossier.accepted'`)
      const data = { ...(JSON.parse(first?.data ?? '') as object), feeTotal: -1 }
      bad.append('nv01', [{ type: 'dossier.accepted', subject: `${agency}-261123-0999`, data } as NewEvent])
      bad.close()
      await accept(await office.counter('quay-3', 3), 2)

      const { client, close } = await openScreen(office.running('hub').ready.urls.supervisor ?? '')
      const seen = async (wanted: (view: ReplicationView) => boolean): Promise<ReplicationView> => {
        for await (const view of await client.replication.live()) if (wanted(view)) return view
        throw new Error('the view ended')
      }
      const { quarantine } = await seen((view) => view.quarantine.length > 0)
      expect(quarantine).toMatchObject([{ where: 'central', type: 'dossier.accepted', subject: `${agency}-261123-0999`, reason: 'impossible-amount' }])
      await until(async () => (await codes()).length === 2)
      expect(await client.replication.retryQuarantine()).toEqual({ mended: 0, away: false })
      await db.query(`UPDATE events SET data = replace(data, '"feeTotal":-1', '"feeTotal":1')`)
      expect(await client.replication.retryQuarantine()).toEqual({ mended: 1, away: false })
      await seen((view) => view.quarantine.length === 0)

      // Trying again doesn't help here: corrected on paper, and told so.
      await db.query(`UPDATE events SET data = replace(data, '"feeTotal":1,', '"feeTotal":-1,') WHERE subject = $1`, [`${agency}-261123-0999`])
      await rebuild(db)
      const [line] = (await seen((view) => view.quarantine.length > 0)).quarantine
      await client.replication.settle({ origin: line?.origin ?? '', seq: line?.seq ?? 0 })
      await seen((view) => view.quarantine.length === 0)
      await until(async () => (await told()).every(({ open }) => !open))
      close()
    } finally {
      await office.close()
    }
  })
})
