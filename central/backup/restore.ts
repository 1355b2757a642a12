import { z } from 'zod'
import type { Database, Queryable, Transaction } from '../database/port.ts'
import { getMeta, migrateTo, newEpoch, newestSchema, setMeta } from '../migrate.ts'
import { rebuildIn } from '../projection/rebuild.ts'
import { BackupError, type Header, type Trailer } from './format.ts'
import { BackupReader } from './read.ts'
import { verifyDatabase } from './verify.ts'

/** What was restored. */
export interface Restored {
  readonly events: number
  readonly offices: number
  readonly origins: number
  /** Drawn anew, so that every hub asks for the marks again and sends what came after the backup. */
  readonly epoch: string
  /** When the backup was made, ISO 8601. */
  readonly at: string
}

const name = z.string().regex(/^[a-z_]+$/)
const headerSchema = z.object({
  motcua: z.literal('central-backup'), format: z.literal(1), schema: z.int().min(1), epoch: z.string(), at: z.string(), meta: z.record(z.string(), z.string()),
})
const tableSchema = z.object({ table: name, columns: z.array(name).min(1) })
const trailerSchema = z.object({ end: z.literal(true), rows: z.record(z.string(), z.int()), folded: z.record(z.string(), z.string()).nullable() })
const nextSchema = z.union([tableSchema, trailerSchema])

/**
 * Restores a backup into a database that holds nothing, in one transaction: after any BackupError it holds nothing still. `verify` also computes all
 * hash chains and compares the folded tables with those of the source.
 */
export async function restoreBackup(db: Database, file: string, verify: boolean, now: number): Promise<Restored> {
  return db.longTransaction(async (tx) => {
    const reader = new BackupReader(file)
    try {
      const header = await readHeader(reader)
      await prepare(tx, header)
      const trailer = await load(tx, reader)
      for (const [key, value] of Object.entries(header.meta)) await setMeta(tx, key, value)
      await migrateTo(tx, newestSchema)
      await newEpoch(tx)
      await rebuildIn(tx, now)
      const problems = verify ? await verifyDatabase(tx, header.schema === newestSchema ? trailer.folded : null) : []
      if (problems.length > 0) throw new BackupError('not-verified', problems)
      return await describe(tx, header)
    } finally {
      await reader.close()
    }
  })
}

async function readHeader(reader: BackupReader): Promise<Header> {
  const read = headerSchema.safeParse(await reader.json())
  if (!read.success) throw new BackupError('not-a-backup')
  if (read.data.schema > newestSchema) throw new BackupError('newer-schema', [`schema ${read.data.schema}, this version knows ${newestSchema}`])
  return read.data
}

/** Brings the empty database to the schema of the backup. */
async function prepare(tx: Queryable, { schema }: Header): Promise<void> {
  const [there] = await tx.query<{ yes: boolean }>(`SELECT to_regclass('public.meta') IS NOT NULL AS yes`)
  if (there?.yes) {
    const [full] = await tx.query<{ yes: boolean }>('SELECT EXISTS (SELECT FROM offices) OR EXISTS (SELECT FROM events) AS yes')
    if (full?.yes) throw new BackupError('not-empty')
    if (Number(await getMeta(tx, 'schema')) !== schema) throw new BackupError('not-empty', ['its tables are of another version'])
  }
  await migrateTo(tx, schema)
}

async function load(tx: Transaction, reader: BackupReader): Promise<Trailer> {
  const loaded: Record<string, number> = {}
  for (;;) {
    const next = nextSchema.safeParse(await reader.json())
    if (!next.success) throw new BackupError('damaged', ['a line that is no table'])
    if ('end' in next.data) {
      const { rows } = next.data
      const wrong = Object.keys(rows).filter((table) => rows[table] !== loaded[table])
      if (wrong.length > 0) throw new BackupError('damaged', wrong.map((table) => `${table}: ${loaded[table] ?? 0} rows of ${rows[table]}`))
      return next.data
    }
    const { table, columns } = next.data
    for await (const piece of reader.rows()) await copy(tx, table, columns, piece)
    const [count] = await tx.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)
    loaded[table] = count?.n ?? 0
  }
}

async function copy(tx: Transaction, table: string, columns: readonly string[], rows: Buffer): Promise<void> {
  try {
    await tx.copyIn(`${table} (${columns.join(', ')})`, rows)
  } catch (error) {
    // Classes 22 (data) and 23 (keys): the rows are not what was written. What PostgreSQL says of them stays out of messages, as it quotes data.
    if (error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code))) throw new BackupError('damaged', [table], error)
    throw error
  }
}

async function describe(tx: Queryable, { at }: Header): Promise<Restored> {
  const [row] = await tx.query<{ events: number; offices: number; origins: number }>(
    'SELECT (SELECT count(*)::int FROM events) AS events, (SELECT count(*)::int FROM offices) AS offices, (SELECT count(*)::int FROM origins) AS origins',
  )
  return { events: row?.events ?? 0, offices: row?.offices ?? 0, origins: row?.origins ?? 0, epoch: (await getMeta(tx, 'epoch')) ?? '', at }
}
