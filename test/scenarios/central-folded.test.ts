import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { putChanges } from '#central/downstream/changes.ts'
import { showStatuses } from '#central/downstream/statuses.ts'
import { enrol } from '#central/offices.ts'
import { rebuild, rebuildIfOutdated } from '#central/projection/rebuild.ts'
import { officeStore } from '#central/store.ts'
import { dayOf, journal, visit, type Journal, type Told } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)
const office = 'H15.50.05.13'

/** What may be said of a ticket; the first by the hub that issued it. */
const words: readonly Told[] = [
  { type: 'ticket.issued', subject: 't', data: { number: 'A1', day: '2026-11-23', service: 's' } },
  { type: 'ticket.called', subject: 't', data: { counter: 3, staff: 'nv03' } },
  { type: 'ticket.called', subject: 't', data: { counter: 4, staff: 'nv04' } },
  { type: 'ticket.started', subject: 't', data: { counter: 3 } },
  { type: 'ticket.held', subject: 't', data: { counter: 3, reason: null } },
  { type: 'ticket.resumed', subject: 't', data: { counter: 3, serving: true } },
  { type: 'ticket.requeued', subject: 't', data: { from: 'no-show' } },
  { type: 'ticket.absent', subject: 't', data: { counter: 3, calls: 3 } },
  { type: 'ticket.finished', subject: 't', data: { counter: 3, staff: 'nv03' } },
]

describe.each(['pglite', 'postgresql'] as const)('folded tables of central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database

  beforeAll(async () => {
    if (skip) return
    cluster = kind === 'postgresql' ? await startCluster() : null
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    await enrol(db, office, 'Phường Hòa Phú', 1)
  })
  beforeEach(async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    await empty()
  })
  afterAll(async () => {
    if (skip) return
    await db.close()
    cluster?.stop()
    rmSync(place.folder, { recursive: true, force: true })
  })

  const empty = async () => {
    for (const table of ['events', 'origins', 'tickets', 'dossiers', 'payments', 'ratings', 'quarantine', 'changes']) await db.query(`DELETE FROM ${table}`)
  }
  const ticket = () => db.query('SELECT * FROM tickets ORDER BY id')
  const take = (from: Journal, first: number, end: number) => officeStore(db, office, () => 1).append(from.events.slice(first, end))

  test('a ticket that a spare hub finished stayed "called" in tables made anew, and every backup with one failed its drill', async () => {
    const [old, spare] = [journal('zz-hub.aa'), journal('a-spare.bb')]
    old.add(...words.slice(0, 2))
    spare.add(words[3] as Told, words[8] as Told)
    await take(old, 0, 2)
    await take(spare, 0, 2)
    const live = await ticket()
    expect(live).toMatchObject([{ number: 'A1', state: 'done', counter: 3, staff: 'nv03' }])
    await rebuild(db)
    expect(await ticket()).toEqual(live)
  })

  test('whichever of several origins arrives first, in pieces of any size, a ticket says the same, and the same when it is folded anew', async () => {
    // Nothing follows the end.
    const saying = fc.tuple(fc.array(fc.constantFrom(...words.slice(1, -1)), { maxLength: 4 }), fc.boolean()).map(([told, ends]) => (ends ? [...told, ...words.slice(-1)] : told))
    const history = fc.tuple(saying, saying).map(([hubs, counters]) => [[...words.slice(0, 1), ...hubs], counters])
    const histories = fc.sample(history, { numRuns: 150, seed: 20261122 })
    const random = fc.sample(fc.nat(1_000_000), { numRuns: 4_000, seed: 20261122 })
    const chance = (below: number): number => (random.pop() ?? 0) % below
    const journals = [journal('quay9.aa'), journal('quay3.bb')]
    for (const [who, mine] of journals.entries()) {
      const left = histories.map((one, n) => (one[who] ?? []).map((told) => ({ ...told, subject: `t${n}` }))).filter((told) => told.length > 0)
      while (left.length > 0) {
        const n = chance(left.length)
        mine.add(...(left[n]?.splice(0, 1) ?? []))
        if (left[n]?.length === 0) left.splice(n, 1)
      }
    }
    const taken = journals.map(() => 0)
    for (let who = 0; journals.some(({ events }, n) => (taken[n] ?? 0) < events.length); who = 1 - who) {
      const [from, end] = [taken[who] ?? 0, (taken[who] ?? 0) + 1 + chance(12)]
      await take(journals[who] as Journal, from, end)
      taken[who] = Math.min(end, journals[who]?.events.length ?? 0)
    }
    const live = await ticket()
    expect(live).toHaveLength(150)
    await rebuild(db)
    expect(await ticket()).toEqual(live)
  })

  test('a status that was withdrawn, and one that was set twice at once, are in the tables as they are made anew', async () => {
    const { events } = dayOf('hub.aa', 3)
    await officeStore(db, office, () => 1).append(events)
    const codes = events.filter(({ type }) => type === 'dossier.accepted').map(({ subject }) => subject)
    const put = async (...told: readonly (readonly [string, number | null])[]) => {
      const changes = told.map(([key, status]) => ({ office, kind: 'status', key, body: status === null ? null : JSON.stringify({ status }) }))
      await db.transaction(async (tx) => {
        await putChanges(tx, changes, 1)
        await showStatuses(tx, changes)
      })
    }
    await put([codes[0] ?? '', 4], ['not yet here', 5], [codes[1] ?? '', 4], [codes[1] ?? '', 9])
    await put([codes[0] ?? '', null], ['not yet here', null])
    const live = await db.query('SELECT * FROM dossiers ORDER BY code')
    expect(live).toMatchObject([{ code: codes[0], status: 2 }, { code: codes[1], status: 9 }, { code: codes[2], status: 2 }, { code: 'not yet here', status: null }])
    await rebuild(db)
    expect(await db.query('SELECT * FROM dossiers ORDER BY code')).toEqual(live)
  })

  test('origins of one office that two processes take in at once locked each other out', async () => {
    const other = kind === 'postgresql' ? await openDatabase(place) : db
    // Everybody speaks of everybody's dossiers, in different orders.
    const speak = async (k: number) => {
      const mine = journal(`quay${k}.aa`)
      const order = Array.from({ length: 120 }, (_, i) => (k % 2 ? 119 - i : i))
      mine.add(...order.flatMap((n) => visit('all', n).filter(({ type }) => (type === 'dossier.accepted' ? n % 4 === k : type !== 'payment.requested')).map((told) => (told.type.startsWith('payment') ? { ...told, data: { ...(told.data as object), paymentId: `${k}-${n}` } } : told))))
      const store = officeStore(k % 2 ? db : other, office, () => 1)
      for (let from = 0; from < mine.events.length; from += 60) await store.append(mine.events.slice(from, from + 60))
    }
    await Promise.all([0, 1, 2, 3].map(speak))
    if (other !== db) await other.close()
    expect(await db.query('SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()')).toEqual([{ n: 0 }])
    expect(await db.query('SELECT count(*)::int AS n FROM dossiers WHERE origin IS NOT NULL')).toEqual([{ n: 120 }])
  })

  test('of two processes that start with tables of an older version one makes them anew', async () => {
    await officeStore(db, office, () => 1).append(dayOf('hub.aa', 2).events)
    await db.query(`UPDATE meta SET value = '0' WHERE key = 'projection'`)
    const other = kind === 'postgresql' ? await openDatabase(place) : db
    expect((await Promise.all([rebuildIfOutdated(db), rebuildIfOutdated(other)])).sort()).toEqual([false, true])
    if (other !== db) await other.close()
  })
})
