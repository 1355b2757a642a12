import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { newEpoch } from '#central/migrate.ts'
import { enrol, newAdminKey } from '#central/offices.ts'
import { rebuild } from '#central/projection/rebuild.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import type { Dossier } from '#domain/dossier.ts'
import { localDay } from '#domain/local-time.ts'
import { openScreen } from '#main/demo/client.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import type { RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { accept, TestOffice } from './sync-support/stations.ts'
import { until } from './sync-support/wire.ts'

const agency = sampleConfig().office.agency
const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)

describe.each(['pglite', 'postgresql'] as const)('what comes down from central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database
  let central: RunningCentral
  let admin = ''
  let office: TestOffice

  beforeAll(async () => {
    if (kind === 'postgresql' && !skip) cluster = await startCluster()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    admin = await newAdminKey(db)
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
    office = new TestOffice()
  })
  afterEach(async () => {
    if (skip) return
    await office.close()
    await central.close()
    await db.close()
    rmSync(place.folder, { recursive: true, force: true })
  })

  async function api(path: string, body?: unknown, key = admin): Promise<{ readonly status: number; readonly body: unknown }> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${central.url}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } })
    return { status: answer.status, body: await answer.json() }
  }

  const put = (...changes: readonly object[]) => api('/changes', { changes: changes.map((one) => ({ office: agency, ...one })) })

  /** Central, its hub and one counter, all linked. */
  async function linked(): Promise<{ readonly hub: RunningStation; readonly counter: RunningStation; readonly key: string }> {
    const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
    const hub = await office.hub(['quay-3'], { central: { url: central.url, key } })
    return { hub, counter: await office.counter('quay-3', 3), key }
  }

  async function shown(station: RunningStation, code: string): Promise<Dossier['status'] | undefined> {
    const { client, close } = await openScreen(station.ready.urls.counter ?? '')
    try {
      return (await client.counter.find({ text: code })).find((one) => one.code === code)?.status
    } finally {
      close()
    }
  }

  test('a status set in the back office shows at the counter that took the dossier in, and after a restored central', async () => {
    const { counter } = await linked()
    const { code } = await accept(counter, 1)
    expect(await put({ kind: 'status', key: code, body: { status: 9 } })).toEqual({ status: 200, body: { taken: 1 } })
    expect(await until(async () => (await shown(counter, code)) === 'result-ready')).toBeLessThan(10_000)

    // Central is put back to what it was before: fewer numbers, another epoch. The next word still arrives.
    await db.query('DELETE FROM changes')
    await db.query(`UPDATE meta SET value = '0' WHERE key = 'changes'`)
    await db.transaction((tx) => newEpoch(tx))
    expect(await shown(counter, code)).toBe('result-ready')
    await put({ kind: 'status', key: code, body: { status: 5 } })
    await until(async () => (await shown(counter, code)) === 'need-supplement')

    // The table that analysts read says the same, also when it is made anew.
    await until(async () => (await db.query('SELECT 1 FROM dossiers WHERE code = $1 AND procedure IS NOT NULL', [code])).length === 1)
    await rebuild(db)
    expect(await db.query('SELECT status FROM dossiers WHERE code = $1', [code])).toEqual([{ status: 5 }])
  })

  test('calendar and procedures that came down hold for new dossiers, kept while nobody can be reached', async () => {
    const { hub, counter } = await linked()
    const before = await accept(counter, 1)
    const day = localDay(before.receivedAt)
    const { calendar, procedure } = loadCatalogue()
    const shipped = procedure('2.002516')
    const dueDay = localDay(before.due.due ?? 0)
    const closed = [...calendar.closed, { date: dueDay, name: 'Ngày nghỉ của tỉnh' }]
    expect((await put({ kind: 'calendar', key: 'office', body: { ...calendar, closed } })).status).toBe(200)
    const version = { code: '2.002516', from: day, procedure: { ...shipped, shortName: 'Tên mới', processing: [{ channel: '*', value: 4, unit: 'WORKING_DAY' }] } }
    expect((await api('/changes', { changes: [{ office: '*', kind: 'procedure', key: `2.002516@${day}`, body: version }] })).status).toBe(200)
    const seen = () => office.query<{ kind: string }>('quay-3', 'SELECT kind FROM downstream ORDER BY kind').map((one) => one.kind)
    await until(() => seen().join() === 'calendar,procedure')

    // The counter goes on by what it has when the hub is gone and after a restart.
    await central.close()
    await hub.close()
    await office.stop('quay-3')
    const alone = await office.start('quay-3', { station: { id: 'quay-3', name: 'quay-3' }, roles: ['counter', 'supervisor'], counter: 3, hub: { url: 'http://127.0.0.1:9', token: 'token-of-the-station-quay-3' } })
    const { client, close } = await openScreen(alone.ready.urls.counter ?? '')
    const offered = (await client.counter.procedures()).find((one) => one.code === '2.002516')
    close()
    expect(offered?.shortName).toBe('Tên mới')
    const after = await accept(alone, 2)
    expect(after.due.rule).not.toBe(before.due.rule)
    expect(after.due.skipped.map((one) => one.why)).toContain('Ngày nghỉ của tỉnh')
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
  })

  test('a dossier submitted online is found at the counter, told as that, until it is withdrawn', async () => {
    const { counter } = await linked()
    const code = `${agency}-261123-0777`
    await put({ kind: 'online', key: code, body: { procedure: '1.001193', submittedAt: 1_795_000_000_000 } })
    const { client, close } = await openScreen(counter.ready.urls.counter ?? '')
    await until(async () => (await client.counter.find({ text: '0777' })).length === 1)
    expect(await client.counter.find({ text: '0777' })).toMatchObject([{ code, status: 'submitted-online', procedureName: 'Thủ tục đăng ký khai sinh', receivedAt: 1_795_000_000_000 }])
    await expect(client.counter.dossier({ code })).rejects.toMatchObject({ data: { reason: 'dossier-online' } })
    await put({ kind: 'online', key: code, body: null })
    await until(async () => (await client.counter.find({ text: '0777' })).length === 0)
    close()
  })

  test('what is wrong is said, and nothing of the request is taken; keys of offices put nothing in', async () => {
    const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
    const good = { office: agency, kind: 'status', key: `${agency}-261123-0001`, body: { status: 4 } }
    for (const wrong of [{ ...good, body: { status: 12 } }, { ...good, key: '1' }, { ...good, kind: 'calendar' }, { ...good, office: '*' }, { ...good, body: { status: 4, note: 'x'.repeat(1_000_000) } }]) {
      const answer = await api('/changes', { changes: [good, wrong] })
      expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } })
    }
    expect((await api('/changes', { changes: [good] }, key)).status).toBe(403)
    expect((await api(`/changes?office=${agency}`)).body).toEqual([])
    await put(good, { kind: 'appointment', key: 'lich-1', body: { service: 'A', at: 1_795_000_000_000, procedure: null } })
    expect((await api(`/changes?office=${agency}`)).body).toMatchObject([{ n: 1, kind: 'status', body: { status: 4 } }, { n: 2, kind: 'appointment' }])
  })

  test('an office reads its own, and what is for all where it has none of its own', async () => {
    const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
    const other = 'H15.50.05.14'
    const otherKey = await enrol(db, other, 'Xã bên', Date.now())
    const price = (amountVnd: number) => ({ procedure: '1.001193', fee: 'Lệ phí', amountVnd })
    await put({ office: '*', kind: 'price', key: 'p', body: price(1) }, { kind: 'price', key: 'p', body: price(2) }, { kind: 'status', key: `${agency}-261123-0001`, body: { status: 4 } })
    const ask = async (code: string, bearer: string) => {
      const answer = await fetch(`${central.url}/sync/v1/changes`, {
        method: 'POST', headers: { authorization: `Bearer ${bearer}` },
        body: JSON.stringify({ protocol: 1, office: code, station: 'hub', epoch: null, after: 0, waitMs: 0 }),
      })
      return { status: answer.status, body: (await answer.json()) as { changes?: readonly { kind: string; body: string }[] } }
    }
    expect((await ask(agency, key)).body.changes?.map((one) => [one.kind, JSON.parse(one.body) as unknown])).toEqual([['price', price(2)], ['status', { status: 4 }]])
    expect((await ask(other, otherKey)).body.changes?.map((one) => [one.kind, JSON.parse(one.body) as unknown])).toEqual([['price', price(1)]])
    // Its own is withdrawn: what is for all holds again, also at a hub that read on from there.
    await put({ kind: 'price', key: 'p', body: null })
    expect((await ask(agency, key)).body.changes?.map((one) => JSON.parse(one.body) as unknown).at(-1)).toEqual(price(1))
    expect(await ask(other, key)).toMatchObject({ status: 401, body: { code: 'unauthorised' } })
    expect(await ask(agency, 'wrong')).toMatchObject({ status: 401 })
  })

  test('a question is kept open until something comes', async () => {
    const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
    const ask = async (epoch: string | null, waitMs: number) => {
      const start = performance.now()
      const answer = await fetch(`${central.url}/sync/v1/changes`, {
        method: 'POST', headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ protocol: 1, office: agency, station: 'hub', epoch, after: 0, waitMs }),
      })
      return { ms: performance.now() - start, ...((await answer.json()) as { epoch: string; changes: readonly unknown[] }) }
    }
    const { epoch } = await ask(null, 10_000)
    expect(await ask(epoch, 300)).toMatchObject({ changes: [] })
    const open = ask(epoch, 10_000)
    await put({ kind: 'status', key: `${agency}-261123-0001`, body: { status: 4 } })
    const { ms, changes } = await open
    expect(changes).toHaveLength(1)
    expect(ms).toBeLessThan(9_000)
  })
})
