import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { NewEvent } from '#domain/event.ts'
import type { Sqlite } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { verifyChains } from '#journal/verify.ts'
import type { Handlers, Projection } from './projection.ts'
import { openViews, projections } from './views.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-newer-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (station: string, views: (db: Sqlite) => ReturnType<typeof openViews> = openViews) => new Journal({ file: join(dir, `${station}.db`), station, views, now: () => 1_795_000_000_000 })

/** What the next version knows and this one doesn't. */
const parking: Projection = {
  name: 'parking',
  version: 1,
  tables: ['v_parking'],
  schema: 'CREATE TABLE v_parking (plate TEXT PRIMARY KEY, spot INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  handlers: (db) => {
    const park = db.prepare('INSERT INTO v_parking (plate, spot, at) VALUES (?, ?, ?)')
    return { 'car.parked': ({ at, subject, data }: { at: number; subject: string; data: { spot: number } }) => park.run(subject, data.spot, at) } as Handlers
  },
}
const nextVersion = (db: Sqlite) => openViews(db, undefined, [...projections, parking])

it('events of a newer version are kept with their place in the chain, passed over, handed on, and folded after the upgrade', () => {
  const newer = open('newer', nextVersion)
  newer.append('nv01', [
    { type: 'car.parked', subject: '43A-1', data: { spot: 7 } } as unknown as NewEvent,
    { type: 'ticket.issued', subject: 't1', data: { number: 'A1', day: '2026-11-23', service: 'A', procedure: null, title: '', priority: null, papers: [], promised: null, key: 'k1', station: 's' } },
  ])
  const older = open('older')
  expect(older.appendReplica(newer.after(newer.origin, 0, 10))).toHaveLength(2)
  expect(older.db.prepare('SELECT number FROM v_tickets').pluck().all()).toEqual(['A1'])
  expect(older.db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'v_parking'`).all()).toEqual([])
  expect(older.after(newer.origin, 0, 10)).toEqual(newer.after(newer.origin, 0, 10))
  expect(verifyChains(older).problems).toEqual([])
  expect(older.quarantine.list()).toEqual([])
  older.close()

  const upgraded = open('older', nextVersion)
  expect(upgraded.db.prepare('SELECT plate, spot FROM v_parking').all()).toEqual([{ plate: '43A-1', spot: 7 }])
  expect(upgraded.db.prepare('SELECT number FROM v_tickets').pluck().all()).toEqual(['A1'])
  upgraded.close()
  newer.close()
})
