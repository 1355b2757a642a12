/** A value that both drivers take: arrays become PostgreSQL arrays. */
export type Param = string | number | boolean | null | readonly (string | number | null)[]

/** Something that runs SQL. Rows come with bigints as numbers. */
export interface Queryable {
  query<Row>(sql: string, params?: readonly Param[]): Promise<readonly Row[]>
}

/** What can be done inside a transaction. */
export interface Transaction extends Queryable {
  /** COPY into `target`, e.g. `events (office, seq)`: rows in PostgreSQL's text format, see `copy-text.ts`. */
  copyIn(target: string, rows: string | Buffer): Promise<void>
  /** COPY of what a query answers, in the same format, in pieces that end anywhere. */
  copyOut(select: string): AsyncIterable<Uint8Array>
}

/** PostgreSQL, or PGlite in a folder. */
export interface Database extends Queryable {
  readonly kind: 'postgresql' | 'pglite'
  /** Runs `work` in one transaction (READ COMMITTED), again from the start when the database asks for it (deadlock). */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** The same for work that takes as long as it takes: bringing tables up to date, restoring. Elsewhere a database that keeps silent is given up. */
  longTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Runs `work` on the database as it is at this moment, whatever others write meanwhile. */
  snapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The database can't be opened: `reason` is a key of the command's messages. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
  readonly reason: 'unreachable' | 'no-password' | 'in-use' | 'newer-schema' | 'unsuitable' | 'bad-url'
  constructor(reason: DatabaseUnavailableError['reason'], detail: string, cause?: unknown) {
    super(detail, { cause })
    this.reason = reason
  }
}

const retriable = new Set(['40001', '40P01'])

/** Whether a transaction that failed with this may simply be run again: serialisation failure or deadlock. */
export function isRetriable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && retriable.has(error.code)
}

/** Runs `attempt` up to five times while it fails with something retriable. */
export async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (turn === 5 || !isRetriable(error)) throw error
    }
  }
}
