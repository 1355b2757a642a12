import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPglite } from '#central/database/pglite.ts'
import { openPostgres } from '#central/database/postgres.ts'
import type { Database } from '#central/database/port.ts'
import { migrate, migrateTo } from '#central/migrate.ts'
import { enrol } from '#central/offices.ts'
import { rebuildIfOutdated } from '#central/projection/rebuild.ts'
import { officeStore } from '#central/store.ts'
import { summarise } from '#central/summary.ts'
import { dayOf, feeOf } from './sync-support/office.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)
const office = 'H15.50.05.13'

describe.each(['pglite', 'postgresql'] as const)('schema of central on %s', (kind) => {
  let cluster: Cluster | null = null
  let folder = ''
  let db: Database
  const skip = kind === 'postgresql' && missing !== null

  beforeAll(async () => {
    if (skip) return
    folder = mkdtempSync(join(tmpdir(), 'motcua-schema-'))
    cluster = kind === 'postgresql' ? await startCluster() : null
    db = cluster ? await openPostgres(await cluster.database()) : await openPglite(folder)
  })
  afterAll(async () => {
    if (skip) return
    await db.close()
    cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a database of the first schema is brought up to date with its data; what is folded is folded anew', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const { events } = dayOf('hub.aa', 12)
    await db.transaction((tx) => migrateTo(tx, 1))
    await enrol(db, office, 'Phường Hòa Phú', 1)
    for (const event of events) {
      await db.query(
        `INSERT INTO events (office, origin, seq, at, actor, type, version, subject, data, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'))`,
        [office, event.origin, event.seq, event.at, event.actor, event.type, event.version, event.subject, event.data, event.hash],
      )
    }
    await db.query('INSERT INTO origins VALUES ($1, $2, $3, $4, 1, 1)', [office, 'hub.aa', events.length, events.at(-1)?.hash ?? ''])
    await db.query(`INSERT INTO tickets (office, id, number) VALUES ($1, 'as folded then', 'A1')`, [office])

    await migrate(db)
    expect(await rebuildIfOutdated(db)).toBe(true)
    const stored = await db.query(`SELECT origin, seq, at, actor, type, version, subject, data, encode(hash, 'hex') AS hash FROM events ORDER BY seq`)
    expect(stored).toMatchObject(events.map(({ origin, seq, at, actor, type, version, subject, data, hash }) => ({ origin, seq, at, actor, type, version, subject, data, hash })))
    const paid = Array.from({ length: 12 }, (_, index) => feeOf(index + 1)).reduce((sum, one) => sum + one, 0)
    expect((await summarise(db, office, 0)).offices).toMatchObject([{ events: events.length, tickets: 12, dossiers: 12, ratings: 12, paid }])
    const more = dayOf('hub.aa', 13).events.slice(events.length)
    await officeStore(db, office, () => 2).append(more)
    expect((await summarise(db, office, 0)).offices).toMatchObject([{ tickets: 13 }])
  })

  test('tables that grow are partitioned by office, and no key crosses offices', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const parted = await db.query<{ name: string; key: string }>(
      'SELECT partrelid::regclass::text AS name, pg_get_partkeydef(partrelid) AS key FROM pg_partitioned_table ORDER BY name',
    )
    expect(parted).toEqual(['dossiers', 'events', 'payments', 'ratings', 'tickets'].map((name) => ({ name, key: 'HASH (office)' })))
    // Of tables with an office: the first column of every unique index, and references to other tables. `offices` itself is small and everywhere.
    const unique = await db.query<{ table: string; first: string }>(
      `SELECT i.indrelid::regclass::text AS table, a.attname AS first FROM pg_index i
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
       WHERE i.indisunique AND i.indrelid::regclass::text <> 'offices'
         AND EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = i.indrelid AND o.attname = 'office') AND i.indrelid::regclass::text !~ '^pg_'`,
    )
    expect(unique.length).toBeGreaterThan(40)
    expect(unique.filter(({ first }) => first !== 'office')).toEqual([])
    expect(await db.query(`SELECT conrelid::regclass::text AS table FROM pg_constraint WHERE contype = 'f'`)).toEqual([])
  })

  test('what an analyst reads has a meaning in every column, and times are times', async ({ skip: leave }) => {
    if (skip) return leave(missing ?? '')
    const columns = await db.query<{ view: string; column: string; means: string | null }>(
      `SELECT c.relname AS view, a.attname AS column, col_description(c.oid, a.attnum) AS means FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'report' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0`,
    )
    expect(columns.length).toBeGreaterThan(40)
    expect(columns.filter(({ means }) => !means)).toEqual([])
    const [ticket] = await db.query(`SELECT number, issued AT TIME ZONE 'Asia/Ho_Chi_Minh' = '2026-11-23 07:30:01' AS on_time, wait_seconds::int AS wait, staff, state FROM report.tickets ORDER BY issued LIMIT 1`)
    expect(ticket).toEqual({ number: 'A1', on_time: true, wait: 1, staff: 'nv01', state: 'done' })
    const [day] = await db.query(`SELECT sum(p.amount)::int AS paid, count(DISTINCT d.code)::int AS dossiers FROM report.payments p JOIN report.dossiers d ON d.office = p.office AND d.code = p.dossier WHERE p.state = 'received'`)
    expect(day).toEqual({ paid: 13 * 8_000 + 91_000, dossiers: 13 })
  })
})
