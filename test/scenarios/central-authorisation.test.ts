import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tablesOf } from '#central/backup/format.ts'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { putChanges } from '#central/downstream/changes.ts'
import { noteChanged } from '#central/foreign/reports.ts'
import { enrol, newAdminKey } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { noteRefusals, officeStore } from '#central/store.ts'
import { dayOf } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { batch, post } from './sync-support/wire.ts'

/** Stands in everything of office B, and in nothing of office A. */
const mark = 'zzmark'
const [officeA, officeB] = ['H15.50.05.13', `H15.${mark}`]
let place: DatabasePlace
let db: Database
let central: RunningCentral
let key = ''
let admin = ''

beforeAll(async () => {
  place = await freshPlace(null)
  db = await openDatabase(place)
  key = await enrol(db, officeA, 'Phường Hòa Phú', 1)
  admin = await newAdminKey(db)
  await enrol(db, officeB, `Nơi khác ${mark}`, 1)
  const theirs = dayOf(`${mark}.aa`, 5)
  theirs.add({ type: 'ticket.issued', subject: mark, data: { number: 5 } })
  await officeStore(db, officeB, () => 1).append(theirs.events)
  await noteRefusals(db, officeB, [{ code: 'fork', origin: `${mark}.aa`, have: 1 }], Date.now())
  await db.transaction((tx) => putChanges(tx, [{ office: officeB, kind: 'status', key: `${mark}-1`, body: '{"status":4}' }], 1))
  await noteChanged(db)
  await db.query(`UPDATE foreign_reports SET state = 'rejected', reason = '${mark}', seq = 4 WHERE office = $1`, [officeB])
  central = await startCentral({ db, port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await central.close()
  await db.close()
  rmSync(place.folder, { recursive: true, force: true })
})

/** All that central holds of office B. */
async function ofOfficeB(): Promise<unknown> {
  const tables = [...(await tablesOf(db)).map(({ table }) => table), 'tickets', 'dossiers', 'payments', 'ratings']
  return Promise.all(tables.map(async (table) => [table, await db.query(`SELECT t::text AS row FROM ${table} t WHERE office = $1 ORDER BY 1`, [officeB])]))
}

test("with office A's key no operation of the published document says anything of office B or changes anything of it", async () => {
  const before = await ofOfficeB()
  expect(JSON.stringify(before)).toContain(`${mark}-1`)
  const document = (await (await fetch(`${central.url}/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path: path.replace('{office}', officeB), method: method.toUpperCase() })))
  expect(operations.length).toBeGreaterThan(12)
  const bodies = [
    {}, { office: officeB, name: 'mine now' }, { office: officeB, idNumber: '099090000001' }, { changes: [{ office: officeB, kind: 'status', key: `${officeA}-261123-0001`, body: { status: 9 } }] },
    { protocol: 1, office: officeB, station: 'hub', origins: [`${mark}.aa`], after: 0 }, { protocol: 1, office: officeA, station: 'hub', origins: [`${mark}.aa`], after: 0, wait: 0 },
  ]
  for (const { path, method } of operations) {
    for (const body of method === 'GET' ? [undefined] : bodies) {
      const response = await fetch(`${central.url}${path}?office=${officeB}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(3_000),
      }).catch((error: unknown) => (error instanceof DOMException ? null : Promise.reject(error)))
      const text = (await response?.text()) ?? ''
      // A refusal may repeat what was asked for; it must know nothing more.
      if (response?.ok && !['/healthz', '/'].includes(path)) expect([path, method, text]).toEqual([path, method, expect.not.stringContaining(mark)])
      expect(text).not.toContain('Nơi khác')
    }
  }
  expect(await ofOfficeB()).toEqual(before)
  // What was looked for is there to be seen.
  for (const path of ['offices', 'summary', 'origins', 'quarantine', `changes?office=${officeB}`]) {
    expect(await (await fetch(`${central.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${admin}` } })).text()).toContain(mark)
  }
})

test("events sent with A's key are A's, also under an origin that B has", async () => {
  const before = await ofOfficeB()
  const mine = dayOf(`${mark}.aa`, 9)
  expect(await post(central.url, key, '/sync/v1/events', { protocol: 1, batches: [batch(mine.events)] })).toMatchObject({ status: 200 })
  expect(await ofOfficeB()).toEqual(before)
  expect(await db.query(`SELECT count(*)::int AS n FROM events WHERE office = $1`, [officeA])).toEqual([{ n: 72 }])
})
