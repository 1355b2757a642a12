import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { openPostgres } from '#central/database/postgres.ts'
import type { Database } from '#central/database/port.ts'

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
