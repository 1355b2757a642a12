import type { Queryable } from '../database/port.ts'

/**
 * A backup is one zstd file of text. First line: `Header`. Then for each table a line `TableHead`, its rows in PostgreSQL's text format of COPY, and a line `\.`.
 * Last line: `Trailer`; without it the backup was cut off. Folded tables are not in it: they come from the events.
 */
export interface Header {
  readonly motcua: 'central-backup'
  readonly format: 1
  /** Schema of the tables: loaded into the same one, then brought up to date. */
  readonly schema: number
  /** Epoch of the database that was backed up. */
  readonly epoch: string
  /** ISO 8601, +07:00. */
  readonly at: string
  /** Rows of `meta` that belong to the data. */
  readonly meta: Readonly<Record<string, string>>
}

export interface TableHead {
  readonly table: string
  readonly columns: readonly string[]
}

export interface Trailer {
  readonly end: true
  readonly rows: Readonly<Record<string, number>>
  /** What the folded tables held; null when they were not up to date. */
  readonly folded: Folded | null
}

/** Of each folded table: how many rows, and a sum over their MD5s that no order of rows changes. */
export type Folded = Readonly<Record<string, string>>

/** Why nothing was backed up or restored; a key of the command's messages. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly reason: 'missing' | 'unwritable' | 'not-central' | 'not-a-backup' | 'damaged' | 'newer-schema' | 'not-empty' | 'not-verified'
  readonly problems: readonly string[]
  constructor(reason: BackupError['reason'], problems: readonly string[] = [], cause?: unknown) {
    super(problems.join('; ') || reason, { cause })
    this.reason = reason
    this.problems = problems
  }
}

/** Tables folded from events. */
export const foldedTables = ['dossiers', 'payments', 'ratings', 'tickets'] as const

/** Rows of `meta` that each database has for itself. */
export const ownMeta: ReadonlySet<string> = new Set(['schema', 'epoch', 'projection'])

/** The tables that a backup holds, with their columns: all of ours but `meta`, partitions and those that are folded. */
export async function tablesOf(db: Queryable): Promise<readonly TableHead[]> {
  return db.query<TableHead>(
    `SELECT c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'meta' AND c.relname <> ALL ($1::text[])
     GROUP BY c.relname ORDER BY c.relname`,
    [[...foldedTables]],
  )
}

/** What the folded tables hold now. */
export async function foldedNow(db: Queryable): Promise<Folded> {
  const found: Record<string, string> = {}
  for (const table of foldedTables) {
    const [row] = await db.query<{ digest: string }>(
      `SELECT count(*) || ':' || coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0) AS digest FROM ${table} t`,
    )
    found[table] = row?.digest ?? ''
  }
  return found
}
