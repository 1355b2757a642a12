import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { enrol, newAdminKey } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import type { Person } from '#domain/dossier.ts'
import { foldVietnamese } from '#domain/fold.ts'
import { Journal } from '#journal/journal.ts'
import { verifyFolder } from '#main/cli/verify.ts'
import { citizen } from '#main/demo/citizens.ts'
import { openScreen } from '#main/demo/client.ts'
import type { RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { openViews } from '#views/views.ts'
import { motcua } from './cli-support/motcua.ts'
import { freshPlace } from './sync-support/place.ts'
import { accept, TestOffice } from './sync-support/stations.ts'
import { until } from './sync-support/wire.ts'

const { agency } = sampleConfig().office
let office: TestOffice
let folder: string
let db: Database
let central: RunningCentral
beforeEach(async () => {
  office = new TestOffice()
  const place = await freshPlace(null)
  folder = place.folder
  db = await openDatabase(place)
  central = await startCentral({ db, port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  await office.close()
  await central.close()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Every file below a folder. */
function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
}

/** Files that hold one of the texts, as it is, without accents, or in UTF-16. */
function filesWith(dir: string, texts: readonly string[]): readonly string[] {
  const needles = texts.flatMap((text) => [text, text.normalize('NFD'), foldVietnamese(text), text.toUpperCase()]).flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  return filesIn(dir).filter((file) => {
    const bytes = readFileSync(file)
    return needles.some((needle) => bytes.includes(needle))
  })
}

const traces = (person: Person) => [person.fullName, person.idNumber, person.phone, person.phone.replace(/^0/, '+84'), person.address]

async function withScreen<T>(url: string | undefined, work: (client: Awaited<ReturnType<typeof openScreen>>['client']) => Promise<T>): Promise<T> {
  const { client, close } = await openScreen(url ?? '')
  try {
    return await work(client)
  } finally {
    close()
  }
}

const nameAt = (counter: RunningStation, code: string) => withScreen(counter.ready.urls.counter, async (client) => (await client.counter.dossier({ code })).person.fullName)

test('a person erased at one counter is forgotten at every station of the office, on reconnect too, and stands in no file', async () => {
  const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
  await office.hub(['quay-1', 'quay-2'], { central: { url: central.url, key } })
  const first = await office.counter('quay-1', 1)
  const second = await office.counter('quay-2', 2)
  const them = citizen(7)
  const someone = citizen(8)
  const [atFirst, atSecond, other] = [await accept(first, 7), await accept(second, 7), await accept(second, 8)]
  // Forms that were begun and left, one with the number as people type it.
  const typed = them.idNumber.replace(/^(...)(...)/, '$1 $2.')
  await withScreen(first.ready.urls.counter, async (client) => {
    await client.counter.saveDraft({ ticketId: 'left', form: { person: { ...them, idNumber: typed } } })
    await client.counter.saveDraft({ ticketId: 'kept', form: { person: { ...someone } } })
  })
  await until(() => office.query('hub', 'SELECT 1 FROM v_dossiers').length === 3)
  await until(() => office.query('quay-1', `SELECT 1 FROM meta WHERE key = 'cursor:hub'`).length === 1)

  const held = await motcua(['person', 'export', '--id', them.idNumber, '--data', office.folder('quay-1'), '--json'])
  expect(held.code).toBe(0)
  expect(JSON.parse(held.out)).toMatchObject({ station: 'quay-1', idNumbers: [them.idNumber], dossiers: [{ code: atFirst.code, person: { fullName: them.fullName } }], drafts: [{ person: { idNumber: typed } }] })

  // The second counter is off while the first forgets.
  await office.stop('quay-2')
  const done = await motcua(['person', 'erase', '--id', them.idNumber, '--data', office.folder('quay-1'), '--json'])
  expect(done.code).toBe(0)
  expect(JSON.parse(done.out)).toEqual({ ok: true, dossiers: 1, drafts: 1, everywhere: true, notIncluded: ['backups'] })
  expect(await nameAt(first, atFirst.code)).toBe('')
  await withScreen(first.ready.urls.counter, async (client) => {
    expect(await client.counter.loadDraft({ ticketId: 'left' })).toBeNull()
    expect(await client.counter.loadDraft({ ticketId: 'kept' })).not.toBeNull()
    expect(await client.counter.find({ text: them.fullName })).toEqual([])
    expect(await client.counter.dossier({ code: atFirst.code })).toMatchObject({ code: atFirst.code, erased: true })
  })

  await until(() => office.query('hub', `SELECT 1 FROM downstream WHERE kind = 'erasure'`).length > 0)
  const back = await office.counter('quay-2', 2)
  await until(async () => (await nameAt(back, atSecond.code)) === '')
  expect(await nameAt(back, other.code)).toBe(someone.fullName)
  await until(async () => (await db.query(`SELECT 1 FROM events WHERE type = 'person.erased' AND origin LIKE 'quay-2.%'`)).length > 0)

  // Asked again, there is nothing.
  const empty = await motcua(['person', 'export', '--id', them.idNumber, '--data', office.folder('quay-2'), '--json'])
  expect(JSON.parse(empty.out)).toMatchObject({ dossiers: [], drafts: [] })

  expect(filesIn(office.dir).length).toBeGreaterThan(12)
  const control = join(office.folder('quay-1'), 'control.txt')
  writeFileSync(control, `Ông ${them.fullName}`)
  expect(filesWith(office.dir, traces(them))).toEqual([control])
  rmSync(control)
  expect(filesWith(office.dir, traces(them))).toEqual([])
  expect(filesWith(folder, traces(them))).toEqual([])
  for (const name of ['quay-1', 'quay-2', 'hub']) await office.stop(name)
  await central.close()
  expect(filesWith(office.dir, traces(them))).toEqual([])
  expect(filesWith(folder, traces(them))).toEqual([])
  for (const name of ['quay-1', 'quay-2', 'hub']) expect(verifyFolder(office.folder(name))).toMatchObject({ ok: true, problems: [] })
  central = await startCentral({ db, port: 0, host: '127.0.0.1' })
})

test('erasing in the folder of a station that is closed; it tells the others when it opens', async () => {
  await office.hub(['quay-1', 'quay-2'])
  const first = await office.counter('quay-1', 1)
  const second = await office.counter('quay-2', 2)
  const [, atSecond] = [await accept(first, 3), await accept(second, 3)]
  await until(() => office.query('quay-1', `SELECT 1 FROM meta WHERE key = 'cursor:hub'`).length === 1)
  await office.stop('quay-1')
  const done = await motcua(['person', 'erase', '--id', citizen(3).idNumber, '--data', office.folder('quay-1')])
  expect(done).toMatchObject({ code: 0, err: '' })
  expect(done.out).toContain('1 hồ sơ')
  expect(await nameAt(second, atSecond.code)).toBe(citizen(3).fullName)
  await office.counter('quay-1', 1)
  await until(async () => (await nameAt(second, atSecond.code)) === '')
})

test('the province has a person forgotten', async () => {
  const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
  const admin = await newAdminKey(db)
  await office.hub(['quay-1'], { central: { url: central.url, key } })
  const first = await office.counter('quay-1', 1)
  const { code } = await accept(first, 5)
  await until(() => office.query('quay-1', `SELECT 1 FROM meta WHERE key = 'cursor:hub'`).length === 1)
  const answer = await fetch(`${central.url}/api/v1/erasures`, {
    method: 'POST', headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }, body: JSON.stringify({ office: agency, idNumber: citizen(5).idNumber }),
  })
  expect(answer.status).toBe(200)
  await until(async () => (await nameAt(first, code)) === '')
})

test('stations that met the hub before it met central did not know the secret of the province: whom it had forgotten stayed there', async () => {
  const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
  const admin = await newAdminKey(db)
  const port = Number(new URL(central.url).port)
  await central.close()
  await office.hub(['quay-1'], { central: { url: `http://127.0.0.1:${port}`, key } })
  const first = await office.counter('quay-1', 1)
  const { code } = await accept(first, 5)
  await until(() => office.query('quay-1', `SELECT 1 FROM meta WHERE key = 'cursor:hub'`).length === 1)
  central = await startCentral({ db, port, host: '127.0.0.1' })
  const answer = await fetch(`${central.url}/api/v1/erasures`, {
    method: 'POST', headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }, body: JSON.stringify({ office: agency, idNumber: citizen(5).idNumber }),
  })
  expect(answer.status).toBe(200)
  await until(() => office.query('quay-1', `SELECT 1 FROM events WHERE type = 'person.erased'`).length === 1)
  expect(await nameAt(first, code)).toBe('')
})

test('killed after the event and before the keys were destroyed: the next start destroys them', async () => {
  await office.hub(['quay-1'])
  const { code } = await accept(await office.counter('quay-1', 1), 5)
  await office.stop('quay-1')
  const journal = new Journal({ file: office.journalFile('quay-1'), station: 'quay-1', views: openViews, now: Date.now })
  journal.append('system', [{ type: 'person.erased', subject: 'erasure:', data: { tokens: [], codes: [code] } }])
  journal.close()
  expect(await nameAt(await office.counter('quay-1', 1), code)).toBe('')
})

test('wrong numbers are wrong usage, a folder without a journal is told', async () => {
  expect(await motcua(['person', 'export', '--id', '12', '--data', folder])).toMatchObject({ code: 2, out: '' })
  expect(await motcua(['person', 'erase'])).toMatchObject({ code: 2, out: '' })
  expect(await motcua(['person', 'export', '--id', citizen(1).idNumber, '--data', join(folder, randomUUID())])).toMatchObject({ code: 1, out: '' })
})
