import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { newEpoch } from '#central/migrate.ts'
import { enrol, revoke } from '#central/offices.ts'
import { rebuild } from '#central/projection/rebuild.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { originsOf, summarise } from '#central/summary.ts'
import { wanLoad } from '#sync/protocol/messages.ts'
import { startPusher, type Pusher } from '#sync/pusher.ts'
import { dayOf, feeOf, journal, sourceOf, visit, type Journal } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { freePort, postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { batch, breakingLine, hello, post, send, until } from './sync-support/wire.ts'

const office = 'H15.50.05.13'
const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)

const projections = [
  'SELECT * FROM tickets ORDER BY office, id',
  'SELECT * FROM dossiers ORDER BY office, code',
  'SELECT * FROM payments ORDER BY office, id',
  'SELECT * FROM ratings ORDER BY office, ticket',
  'SELECT * FROM quarantine ORDER BY office, origin, seq',
]

const all = async (db: Database): Promise<unknown[]> => Promise.all(projections.map((sql) => db.query(sql)))

/** Everything of the journals is there once, and the projections say what the visits say. */
async function expectStored(db: Database, journals: readonly Journal[], visits: readonly number[]): Promise<void> {
  const origins = await originsOf(db, office)
  expect(origins.map(({ origin, seq, hash, stored }) => ({ origin, seq, hash, stored }))).toEqual(
    [...journals].sort((a, b) => (a.origin < b.origin ? -1 : 1)).map(({ origin, events }) => ({ origin, seq: events.length, hash: events.at(-1)?.hash, stored: events.length })),
  )
  const [sums] = (await summarise(db, office, Date.now())).offices
  const count = visits.reduce((sum, one) => sum + one, 0)
  const paid = visits.reduce((sum, one) => sum + Array.from({ length: one }, (_, index) => feeOf(index + 1)).reduce((a, b) => a + b, 0), 0)
  expect(sums).toMatchObject({ tickets: count, dossiers: count, ratings: count, paid, quarantined: 0, refusals: [] })
  const dossiers = await db.query<{ paid: number; fee: number }>('SELECT paid, fee FROM dossiers')
  expect(dossiers.every((one) => one.paid === one.fee)).toBe(true)
  const folded = await all(db)
  await rebuild(db)
  expect(await all(db)).toEqual(folded)
}

describe.each(['pglite', 'postgresql'] as const)('central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database
  let central: RunningCentral
  let key = ''
  const pushers: Pusher[] = []

  beforeAll(async () => {
    if (kind === 'postgresql' && !skip) cluster = await startCluster()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    key = await enrol(db, office, 'Bộ phận một cửa phường Hòa Phú', Date.now())
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    if (skip) return
    await Promise.all(pushers.splice(0).map((pusher) => pusher.close()))
    await central.close()
    await db.close()
    rmSync(place.folder, { recursive: true, force: true })
  })

  function push(url: string, ...journals: readonly Journal[]): Pusher {
    return pushing(url, 300, ...journals)
  }
  function pushing(url: string, idleMs: number, ...journals: readonly Journal[]): Pusher {
    const pusher = startPusher({ source: sourceOf(...journals), peer: { url, key }, office, station: 'hub', idleMs, load: wanLoad })
    pushers.push(pusher)
    return pusher
  }

  test('drains a backlog of several origins, and what is committed later at once', async () => {
    const hub = dayOf('hub.aa', 700)
    const counter = dayOf('quay3.bb', 30)
    // Idle for ten minutes unless it is nudged.
    const pusher = pushing(central.url, 600_000, hub, counter)
    expect(pusher.state().waiting).toBe(730 * 8)
    await until(() => pusher.state().waiting === 0)
    await expectStored(db, [hub, counter], [700, 30])
    hub.add(...visit('hubaa', 701))
    pusher.nudge()
    await until(() => pusher.state().waiting === 0)
    expect(pusher.state()).toMatchObject({ reachable: true, lostSince: null, refused: null })
    await expectStored(db, [hub, counter], [701, 30])
  })

  test('a batch sent again changes nothing, whole or overlapping', async () => {
    const { events } = dayOf('hub.aa', 10)
    for (const [from, to] of [[0, 30], [0, 30], [5, 20], [20, 60], [10, 60], [0, 80], [79, 80]] as const) {
      expect((await send(central.url, key, batch(events.slice(from, to)))).status).toBe(200)
    }
    await expectStored(db, [{ origin: 'hub.aa', events, add: () => undefined }], [10])
  })

  test('refuses gaps, forks and altered events, each with its reason, and takes the other origins of the request', async () => {
    const good = dayOf('quay1.cc', 2)
    const { events } = dayOf('hub.aa', 5)
    expect((await send(central.url, key, batch(events.slice(0, 10)))).status).toBe(200)
    const other = journal('hub.aa')
    other.add(...visit('other', 1), ...visit('other', 2))
    const altered = events.slice(10, 20).map((event, index) => (index === 4 ? { ...event, data: event.data.replace('"counter":3', '"counter":4') } : event))
    expect(altered[4]).not.toEqual(events[14])
    const gap = await send(central.url, key, batch(events.slice(12, 20)), batch(good.events))
    expect(gap).toMatchObject({ status: 200, body: { refused: [{ code: 'gap', origin: 'hub.aa', have: 10 }], marks: { 'quay1.cc': { seq: 16 } } } })
    expect(await send(central.url, key, batch(other.events))).toMatchObject({ status: 409, body: { code: 'fork' } })
    expect(await send(central.url, key, batch(other.events.slice(0, 5)))).toMatchObject({ status: 409, body: { code: 'fork', have: 5 } })
    expect(await send(central.url, key, batch(altered))).toMatchObject({ status: 409, body: { code: 'bad-hash' } })
    const wrongPrev = { ...batch(events.slice(10, 20)), prev: 'f'.repeat(64) }
    expect(await send(central.url, key, wrongPrev)).toMatchObject({ status: 409, body: { code: 'bad-hash' } })
    expect((await originsOf(db, office)).map(({ origin, stored }) => [origin, stored])).toEqual([['hub.aa', 10], ['quay1.cc', 16]])
    const [sums] = (await summarise(db, office, Date.now())).offices
    expect(sums?.refusals.map((note) => note.code).sort()).toEqual(['bad-hash', 'fork'])
  })

  test('a forked origin is told and does not block the others', async () => {
    await send(central.url, key, batch(dayOf('hub.aa', 3).events))
    const forked = journal('hub.aa')
    forked.add(...visit('restored', 1))
    const counter = dayOf('quay3.bb', 3)
    const pusher = push(central.url, forked, counter)
    await until(() => pusher.state().refused !== null && pusher.state().waiting === 0)
    expect(pusher.state().refused).toEqual({ code: 'fork', origin: 'hub.aa', have: 24 })
    expect((await originsOf(db, office)).map(({ stored }) => stored)).toEqual([24, 24])
  })

  test('keys: none, wrong, revoked, of another office', async () => {
    const others = await enrol(db, 'H15.50.05.14', 'Nơi khác', Date.now())
    const { events } = dayOf('hub.aa', 1)
    for (const wrong of ['', 'mcv_wrong', `${key}x`]) {
      expect(await hello(central.url, wrong, office, [])).toMatchObject({ status: 401, body: { code: 'unauthorised' } })
      expect((await send(central.url, wrong, batch(events))).status).toBe(401)
    }
    expect((await hello(central.url, others, office, [])).status).toBe(401)
    expect(await revoke(db, office, Date.now())).toBe(true)
    expect(await send(central.url, key, batch(events))).toMatchObject({ status: 403, body: { code: 'revoked' } })
    const pusher = push(central.url, dayOf('hub.aa', 1))
    await until(() => pusher.state().refused?.code === 'revoked')
    expect(pusher.state()).toMatchObject({ reachable: true, waiting: 8 })
    expect(await originsOf(db, null)).toEqual([])
  })

  test('versions and bodies that make no sense', async () => {
    expect(await hello(central.url, key, office, [], 0)).toMatchObject({ status: 409, body: { code: 'too-old' } })
    expect(await hello(central.url, key, office, [], 2)).toMatchObject({ status: 409, body: { code: 'too-new' } })
    for (const body of [null, [], {}, { protocol: 1, batches: [{}] }, { protocol: 1, batches: 5 }]) {
      expect(await post(central.url, key, '/sync/v1/events', body)).toMatchObject({ status: 400, body: { code: 'malformed' } })
    }
    const { events } = dayOf('hub.aa', 1)
    const made = batch(events)
    for (const broken of [{ ...made, at: [] }, { ...made, first: 0 }, { ...made, subject: made.subject.map(() => 'a\0b') }, { ...made, data: made.data.map(() => '\ud800') }]) {
      expect(await send(central.url, key, broken)).toMatchObject({ status: 409, body: { code: 'malformed', origin: 'hub.aa' } })
    }
    const raw = await fetch(`${central.url}/sync/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-encoding': 'zstd' }, body: 'not zstd' })
    expect(raw.status).toBe(400)
    const bomb = await post(central.url, key, '/sync/v1/events', 'a'.repeat(20_000_000))
    expect(bomb).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await originsOf(db, office)).toEqual([])
  })

  test('events alone in their batch, with empty texts and every odd character', async () => {
    const odd = journal('hub.aa')
    odd.add({ type: 'note', subject: '', data: '' }, { type: 'note', subject: '{"a",\\N}', data: 'NULL\t\n\u0000\u001e\ud83d\ude00 Hỏa "\\\\"' }, { type: '', subject: ' ', data: null })
    for (const event of odd.events) expect((await send(central.url, key, batch([event]))).status).toBe(200)
    const stored = await db.query<{ data: string; subject: string }>('SELECT subject, type, data FROM events ORDER BY seq')
    expect(stored).toEqual(odd.events.map(({ subject, type, data }) => ({ subject, type, data })))
  })

  test('unknown types and unreadable data are kept, byte for byte, and block nothing', async () => {
    const hub = dayOf('hub.aa', 1)
    hub.add({ type: 'dossier.teleported', subject: 'x', data: { to: 'Hỏa tinh', 'đ': [1, { b: null }] } })
    hub.add({ type: 'ticket.issued', subject: 'later', data: { whatever: true }, version: 9 })
    hub.add({ type: 'ticket.issued', subject: 'broken', data: { number: 5 } })
    hub.add({ type: 'constructor', subject: '__proto__', data: 'constructor' })
    hub.add(...visit('hubaa', 2))
    const pusher = push(central.url, hub)
    await until(() => pusher.state().waiting === 0)
    const stored = await db.query<{ type: string; data: string; hash: string }>(`SELECT type, data, encode(hash, 'hex') AS hash FROM events ORDER BY seq`)
    expect(stored).toEqual(hub.events.map(({ type, data, hash }) => ({ type, data, hash })))
    const [sums] = (await summarise(db, office, Date.now())).offices
    expect(sums).toMatchObject({ tickets: 2, dossiers: 2, quarantined: 1 })
  })

  test('central away for a while: all told, then drained within 10 s of its return', async () => {
    const port = await freePort()
    const hub = dayOf('hub.aa', 400)
    const pusher = push(`http://127.0.0.1:${port}`, hub)
    await until(() => pusher.state().lostSince !== null)
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(pusher.state()).toMatchObject({ reachable: false, lastContact: null, waiting: 3_200 })
    const back = await startCentral({ db, port, host: '127.0.0.1' })
    expect(await until(() => pusher.state().waiting === 0)).toBeLessThan(10_000)
    expect(pusher.state()).toMatchObject({ reachable: true, lostSince: null })
    await back.close()
    await until(() => !pusher.state().reachable)
    expect(pusher.state().lastContact).not.toBeNull()
    await expectStored(db, [hub], [400])
  })

  test('a central restored from an older backup gets everything after it again', async () => {
    const hub = dayOf('hub.aa', 50)
    const pusher = push(central.url, hub)
    await until(() => pusher.state().waiting === 0)
    const before = await hello(central.url, key, office, ['hub.aa'])
    await db.transaction(async (tx) => {
      await tx.query('DELETE FROM events WHERE seq > 16')
      await tx.query('UPDATE origins SET seq = 16, hash = $1', [hub.events[15]?.hash ?? ''])
      await newEpoch(tx)
    })
    await rebuild(db)
    await until(async () => (await originsOf(db, office))[0]?.seq === 400)
    expect((await hello(central.url, key, office, ['hub.aa'])).body.epoch).not.toBe(before.body.epoch)
    await expectStored(db, [hub], [50])
  })

  test('whatever the line cuts off, everything arrives once', async () => {
    let cut = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 5 }), fc.integer({ min: 1, max: 120 }), async (cuts, visits) => {
        // Not TRUNCATE, which makes hundreds of files anew.
        for (const table of ['events', 'origins', 'tickets', 'dossiers', 'payments', 'ratings', 'quarantine', 'refusals']) await db.query(`DELETE FROM ${table}`)
        const line = await breakingLine(central.url, cuts)
        const hub = dayOf('hub.aa', visits)
        const counter = dayOf('quay3.bb', Math.ceil(visits / 3))
        const pusher = startPusher({ source: sourceOf(hub, counter), peer: { url: line.url, key }, office, station: 'hub', clock: hurried, random: () => 0, load: { ...wanLoad, events: 100 } })
        try {
          await until(() => pusher.state().waiting === 0)
          await expectStored(db, [hub, counter], [visits, Math.ceil(visits / 3)])
          cut += line.connections() - 1
        } finally {
          await pusher.close()
          await line.close()
        }
      }),
      { numRuns: 25, seed: 20261123 },
    )
    expect(cut).toBeGreaterThan(20)
  })
})

/** Back-off twenty times as short, so that many cuts fit into a test. */
const hurried = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms / 20)
    return () => clearTimeout(timer)
  },
}
