import { randomBytes } from 'node:crypto'
import { DatabaseUnavailableError, type Database, type Queryable } from './database/port.ts'
import { migrations } from './migrations/index.ts'

/** Any fixed number: only one process at a time brings a database up to date. */
const migrationLock = 7_240_113

/** The schema that this version works with. */
export const newestSchema = migrations.length

/** Brings the schema up to date. Throws DatabaseUnavailableError when a newer version wrote this database, or the tables can't be made in it. */
export async function migrate(db: Database): Promise<void> {
  await db.longTransaction((tx) => migrateTo(tx, newestSchema))
}

/** Brings the schema up to number `to`, an earlier one for data of that time; never down. */
export async function migrateTo(tx: Queryable, to: number): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [migrationLock])
  await change(tx, 'CREATE TABLE IF NOT EXISTS meta (key text PRIMARY KEY, value text NOT NULL)')
  const have = Number((await getMeta(tx, 'schema')) ?? 0)
  if (have > newestSchema) throw new DatabaseUnavailableError('newer-schema', `schema ${have}, this version knows ${newestSchema}`)
  for (const sql of migrations.slice(have, to)) for (const statement of statements(sql)) await change(tx, statement)
  await setMeta(tx, 'schema', String(Math.max(have, to)))
  if ((await getMeta(tx, 'epoch')) === null) await newEpoch(tx)
}

/** SQLSTATE of what stands there already, may not be made by this role, or can't be written in this encoding. */
const unsuitable = new Set(['42P06', '42P07', '42501', '22P05'])

async function change(tx: Queryable, statement: string): Promise<void> {
  try {
    await tx.query(statement)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && unsuitable.has(String(error.code)))) throw error
    throw new DatabaseUnavailableError('unsuitable', error.message, error)
  }
}

/** Draws a new database epoch: at birth, and after a restore, so that every hub compares its marks again. */
export async function newEpoch(tx: Queryable): Promise<void> {
  await setMeta(tx, 'epoch', randomBytes(8).toString('hex'))
}

export async function getMeta(db: Queryable, key: string): Promise<string | null> {
  const rows = await db.query<{ value: string }>('SELECT value FROM meta WHERE key = $1', [key])
  return rows[0]?.value ?? null
}

export async function setMeta(db: Queryable, key: string, value: string): Promise<void> {
  await db.query('INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [key, value])
}

/** A prepared statement holds one command; ours have no semicolon inside. */
function statements(sql: string): readonly string[] {
  return sql.split(';').filter((statement) => statement.trim() !== '')
}
