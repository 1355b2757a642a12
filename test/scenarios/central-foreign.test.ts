import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { putChanges } from '#central/downstream/changes.ts'
import { showStatuses } from '#central/downstream/statuses.ts'
import { startForwarder } from '#central/foreign/forwarder.ts'
import { httpSystem } from '#central/foreign/http-system.ts'
import { enrol } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { officeStore } from '#central/store.ts'
import { dayOf, feeOf, visit } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { until } from './sync-support/wire.ts'

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)
const office = 'H15.50.05.13'

type Fields = Readonly<Record<string, string>>
type Fault = 'none' | 'silent' | 'error-500' | 'cut-before' | 'cut-after' | 'nonsense' | 'unauthorised'

/** A province's system: keeps dossiers by code, knows keys, and fails as told. Made from the contract, not from our code. */
class Province {
  readonly dossiers = new Map<string, Fields>()
  /** How often each key had an effect. */
  readonly effects = new Map<string, number>()
  readonly rejects = new Set<string>()
  faults: Fault[] = []
  requests = 0
  readonly server = createServer((request, response) => void this.#answer(request, response))

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    const address = this.server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/DongBoHoSo`
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString('utf8')
    this.requests += 1
    const fault = this.faults.shift() ?? 'none'
    if (fault === 'silent') return
    if (fault === 'error-500') return void response.writeHead(500).end('busy')
    if (fault === 'unauthorised' || request.headers.authorization !== 'Bearer province-key') return void response.writeHead(401).end()
    if (fault === 'cut-before') return void request.socket.destroy()
    const body = this.#take(String(request.headers['idempotency-key']), JSON.parse(text) as Fields)
    if (fault === 'cut-after') return void request.socket.destroy()
    response.writeHead(200, { 'content-type': 'application/json' }).end(fault === 'nonsense' ? '<html>gateway</html>' : JSON.stringify(body))
  }

  #take(key: string, fields: Fields): object {
    if (this.rejects.has(fields['MaHoSo'] ?? '')) return { error_code: '23', message: `MaTTHC không có\0\n trong danh mục${'…'.repeat(400)}` }
    if (!this.effects.has(key)) this.dossiers.set(fields['MaHoSo'] ?? '', fields)
    if (!this.effects.has(key)) this.effects.set(key, 1)
    return { error_code: '0', message: 'OK' }
  }
}

describe.each(['pglite', 'postgresql'] as const)('a foreign system behind central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  const province = new Province()
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database
  let central: RunningCentral
  let url = ''
  let keys = { office: '', other: '' }
  const { events } = dayOf('hub.aa', 30)

  beforeAll(async () => {
    if (skip) return
    cluster = kind === 'postgresql' ? await startCluster() : null
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    keys = { office: await enrol(db, office, 'Phường Hòa Phú', 1), other: await enrol(db, 'H15.50.05.14', 'Nơi khác', 1) }
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
    url = await province.start()
  })
  afterAll(async () => {
    if (!skip) {
      await central.close()
      await db.close()
      province.server.close()
      cluster?.stop()
      rmSync(place.folder, { recursive: true, force: true })
    }
  })

  const forward = () =>
    startForwarder({ db, now: Date.now, onError: (error) => expect.unreachable(error.message), idleMs: 20, system: httpSystem({ url, key: 'province-key', timeoutMs: 2_000 }) })
  const api = async (path: string, key: string, method = 'GET'): Promise<unknown> =>
    (await fetch(`${central.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${key}` } })).json()
  const openReports = () => db.query(`SELECT code, state FROM foreign_reports WHERE state <> 'sent'`)
  const drained = () =>
    until(async () => {
      const [all] = await db.query<{ sent: boolean }>(
        `SELECT NOT EXISTS (SELECT FROM foreign_due) AND NOT EXISTS (SELECT FROM dossiers d LEFT JOIN foreign_reports r USING (office, code) WHERE r.state IS DISTINCT FROM 'sent') AS sent`,
      )
      return all?.sent ?? false
    })

  test('every dossier arrives once, in the national words, whatever the system and the line do', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    province.faults = Array.from({ length: 60 }, (_, n) => (['cut-after', 'error-500', 'none', 'cut-before', 'nonsense', 'unauthorised', 'cut-after'] as const)[n % 7] ?? 'none')
    await officeStore(db, office, () => 1).append(events.slice(0, 100))
    const forwarders = [forward(), forward()]
    await officeStore(db, office, () => 1).append(events.slice(100))
    await drained()
    await Promise.all(forwarders.map((one) => one.close()))
    expect(province.dossiers.size).toBe(30)
    expect(province.requests).toBeGreaterThan(60)
    const first = [...province.dossiers.values()].find(({ TongLePhi }) => TongLePhi === String(feeOf(1)))
    expect(first).toMatchObject({ MaTTHC: '1.001193', TrangThaiHoSo: '2', KenhThucHien: '1', NgayTiepNhan: '20261123073000', NgayHenTra: '20261124073000', DonViXuLy: office, DaThu: String(feeOf(1)) })
    expect(Object.values(first ?? {}).every((value) => typeof value === 'string')).toBe(true)
    const sent = await db.query<{ n: number }>('SELECT sum(revision)::int AS n FROM foreign_reports')
    expect(province.effects.size).toBeLessThanOrEqual(sent[0]?.n ?? 0)
  })

  test('a system that keeps silent does not keep central from stopping', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    province.faults = Array.from({ length: 40 }, () => 'silent' as const)
    const before = province.requests
    await db.query(`UPDATE foreign_reports SET state = 'waiting'`)
    const forwarder = startForwarder({ db, now: Date.now, onError: (error) => expect.unreachable(error.message), idleMs: 20, system: httpSystem({ url, key: 'province-key', timeoutMs: 60_000 }) })
    await until(() => province.requests > before)
    const start = performance.now()
    await forwarder.close()
    expect(performance.now() - start).toBeLessThan(20_000)
    province.faults = []
    const again = forward()
    await drained()
    await again.close()
  })

  test('a status set in the back office is reported, and the same again after another is a report of its own', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const forwarder = forward()
    const code = `${office}-261123-hubaa1`
    for (const status of [4, 5, 4, 9]) {
      const changes = [{ office, kind: 'status', key: code, body: JSON.stringify({ status }) }]
      await db.transaction(async (tx) => {
        await putChanges(tx, changes, Date.now())
        await showStatuses(tx, changes)
      })
      await until(() => province.dossiers.get(code)?.['TrangThaiHoSo'] === String(status))
    }
    await drained()
    await forwarder.close()
    const [report] = await db.query<{ revision: number }>('SELECT revision FROM foreign_reports WHERE code = $1', [code])
    expect(report?.revision).toBeGreaterThanOrEqual(5)
  })

  test('changes that two processes make while a third looks for them are all reported, and nobody looks through all dossiers for them', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const forwarders = [forward(), forward()]
    const codes = events.filter(({ type }) => type === 'dossier.accepted').map(({ subject }) => subject)
    const set = async (status: number) => {
      const changes = codes.map((key) => ({ office, kind: 'status', key, body: JSON.stringify({ status }) }))
      await db.transaction(async (tx) => {
        await putChanges(tx, changes, Date.now())
        await showStatuses(tx, changes)
      })
    }
    for (const turn of [4, 5, 6, 8, 4, 5]) await Promise.all([set(turn), set(turn)])
    await set(9)
    await drained()
    await Promise.all(forwarders.map((one) => one.close()))
    expect([...new Set(codes.map((code) => province.dossiers.get(code)?.['TrangThaiHoSo']))]).toEqual(['9'])
    const [looked] = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM foreign_due')
    expect(looked).toEqual({ n: 0 })
  })

  test('a rejected dossier is in the quarantine of its office only, holds nobody up, and goes after a retry', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const more = dayOf('hub.aa', 30)
    more.add(...visit('hubaa', 31), ...visit('hubaa', 32))
    const rejected = `${office}-261123-hubaa31`
    province.rejects.add(rejected)
    const forwarder = forward()
    await officeStore(db, office, () => 1).append(more.events.slice(events.length))
    await until(() => province.dossiers.has(`${office}-261123-hubaa32`))
    await until(async () => ((await api('/quarantine', keys.office)) as unknown[]).length === 1)
    expect(await api('/quarantine', keys.office)).toMatchObject([{ office, type: 'dossier.accepted', subject: rejected, reason: expect.stringMatching(/^foreign:23 MaTTHC không có trong danh mục…{1,200}$/) as string }])
    expect(await api('/quarantine', keys.other)).toEqual([])
    await until(async () => (await db.query(`SELECT 1 FROM changes WHERE office = $1 AND kind = 'quarantine' AND body LIKE '%foreign:23%'`, [office])).length === 1)
    province.rejects.clear()
    await api('/quarantine/retry', keys.other, 'POST')
    expect(await openReports()).toEqual([{ code: rejected, state: 'rejected' }])
    await api('/quarantine/retry', keys.office, 'POST')
    await until(() => province.dossiers.has(rejected))
    await drained()
    await forwarder.close()
    expect(await api('/quarantine', keys.office)).toEqual([])
  })
})
