import { rmSync } from 'node:fs'
import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { openPostgres } from '#central/database/postgres.ts'
import { enrol } from '#central/offices.ts'
import { startCentral } from '#central/server.ts'
import { dayOf } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { batch, send, until } from './sync-support/wire.ts'

const missing = postgresMissing()
let cluster: Cluster | null = null
let db: Database

beforeAll(async () => {
  if (missing) return console.warn(`PostgreSQL is not tested: ${missing}`)
  cluster = await startCluster()
  db = await openPostgres(await cluster.database(), 2)
})
afterAll(async () => {
  await db?.close()
  cluster?.stop()
})

test('PostgreSQL restarted in the middle of a transaction ended the whole process; the transaction fails, and the next goes on', async ({ skip }) => {
  if (missing) return skip(missing)
  const cutOff = db.transaction(async (tx) => {
    await tx.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined)
    // As when a request folds its events: nothing is asked of the connection while it breaks.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await tx.query('SELECT 1')
  })
  await expect(cutOff).rejects.toThrow()
  expect(await db.transaction((tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }])
})

test('a machine that vanished in mid-transaction kept its locks for hours; compiling took longer than the query', async ({ skip }) => {
  if (missing) return skip(missing)
  const [settings] = await db.query(`SELECT current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('jit') AS jit`)
  expect(settings).toEqual({ idle: '1min', jit: 'off' })
})

test('a database that fell silent kept every request for ever: it is given up, and found again; what takes long by itself is not cut off', async ({ skip }) => {
  if (missing || !cluster) return skip(missing ?? '')
  const hasty = await openPostgres(await cluster.database(), 2, 300)
  const silent = () => Promise.all([hasty.query('SELECT pg_sleep(60)'), hasty.transaction((tx) => tx.query('SELECT pg_sleep(60)'))].map((one) => expect(one).rejects.toThrow('timeout')))
  await silent()
  await silent()
  expect(await hasty.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await hasty.longTransaction((tx) => tx.query('SELECT 1 AS one FROM pg_sleep(0.5)'))).toEqual([{ one: 1 }])
  await hasty.close()
})

test('one key that sends without end filled the memory and kept the others waiting: it has twelve requests under way, the rest come back later', async () => {
  const place = await freshPlace(null)
  const own = await openDatabase(place)
  const [flooding, other] = [await enrol(own, 'H15.50.05.13', 'A', 1), await enrol(own, 'H15.50.05.14', 'B', 1)]
  const central = await startCentral({ db: own, port: 0, host: '127.0.0.1' })
  const held: http.ClientRequest[] = []
  const answers: number[] = []
  // Each says that a body comes, and keeps it back.
  for (let n = 0; n < 20; n += 1) {
    const request = http.request(`${central.url}/sync/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${flooding}`, 'content-length': 4_000_000 } })
    request.on('response', (response) => answers.push(response.resume().statusCode ?? 0)).on('error', () => undefined)
    request.flushHeaders()
    held.push(request)
  }
  await until(() => answers.length === 8)
  expect(answers).toEqual(Array(8).fill(503))
  expect((await send(central.url, other, batch(dayOf('hub.aa', 1).events))).status).toBe(200)
  for (const request of held) request.destroy()
  // Gone before their key was looked up: they leave no trace either.
  for (let n = 0; n < 8; n += 1) {
    const request = http.request(`${central.url}/sync/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${flooding}`, 'content-length': 4_000_000 } })
    request.on('error', () => undefined).flushHeaders()
    await new Promise<void>((resolve) => request.once('socket', (socket) => socket.once('connect', () => setImmediate(() => resolve(void request.destroy())))))
  }
  await until(async () => (await send(central.url, flooding, batch(dayOf('hub.aa', 1).events))).status === 200)
  await central.close()
  await own.close()
  rmSync(place.folder, { recursive: true, force: true })
})

test('a database that the tables cannot be made in is told as that, and is left as it was', async ({ skip }) => {
  if (missing || !cluster) return skip(missing ?? '')
  const url = await cluster.database()
  const other = await openPostgres(url)
  await other.query('CREATE TABLE events (theirs int)')
  await expect(openDatabase({ url, folder: '' })).rejects.toMatchObject({ reason: 'unsuitable' })
  expect(await other.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ name: 'events' }])
  await other.close()
})
