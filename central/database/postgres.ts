import { hash } from 'node:crypto'
import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { withStoredPassword } from './password-file.ts'
import { DatabaseUnavailableError, retrying, type Database, type Param, type Transaction } from './port.ts'

/** How long a connection may take to be made, ms: a database that swallows packets must not hang the start. */
const connectMs = 4_000

/** A database that says nothing for so long is taken for gone, ms: its host is switched off, or the line to it swallows packets. */
const silenceMs = 30_000
/** The same for giving up a transaction that went wrong. */
const rollbackMs = 2_000

/**
 * Of each connection. A machine that vanishes in the middle of a transaction gives its locks back after `idle_in_transaction…`, ms; compiling a query
 * (jit) over the many partitions takes several times as long as running it.
 */
const session = { keepAlive: true, idle_in_transaction_session_timeout: 60_000, options: '-c jit=off', application_name: 'motcua-central' } as const

/** Connects to PostgreSQL. Throws DatabaseUnavailableError within about five seconds when it can't. */
export async function openPostgres(url: string, connections = 8, patience = silenceMs): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new DatabaseUnavailableError('bad-url', 'not a postgresql:// address')
  const pool = new pg.Pool({ connectionString: withStoredPassword(url), max: connections, connectionTimeoutMillis: connectMs, types: numbers, ...session })
  // A connection that the server closed is replaced at the next use; one in use fails its query, and unheard its event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    const said = error instanceof Error ? error.message : String(error)
    throw new DatabaseUnavailableError(said.includes('client password must be') ? 'no-password' : 'unreachable', said, error)
  }
  return {
    kind: 'postgresql',
    query: (sql, params) => run(pool, patience, sql, params),
    transaction: (work) => retrying(() => inTransaction(pool, patience, 'BEGIN', work)),
    longTransaction: (work) => retrying(() => inTransaction(pool, undefined, 'BEGIN', work)),
    snapshot: (work) => inTransaction(pool, undefined, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
    close: () => pool.end(),
  }
}

/** Ms; undefined: for ever. */
type Patience = number | undefined

/** The driver takes a time-out with each query; its types don't know. */
interface TimedQuery extends pg.QueryConfig {
  readonly query_timeout: Patience
}
const timed = (query: TimedQuery): pg.QueryConfig => query

function within(client: pg.PoolClient, patience: Patience): Transaction {
  return {
    query: (sql, params) => run(client, patience, sql, params),
    async copyIn(target, rows) {
      const stream = client.query(copyFrom(`COPY ${target} FROM STDIN`))
      // It fails once more when the connection is given up.
      stream.on('error', () => undefined)
      stream.end(rows)
      await once(stream, 'finish', patience === undefined ? {} : { signal: AbortSignal.timeout(patience) })
    },
    copyOut: (select) => client.query(copyTo(`COPY (${select}) TO STDOUT`)),
  }
}

async function inTransaction<T>(pool: pg.Pool, patience: Patience, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query(timed({ text: begin, query_timeout: patience }))
    const result = await work(within(client, patience))
    await client.query(timed({ text: 'COMMIT', query_timeout: patience }))
    return result
  } catch (error) {
    broken = await client.query(timed({ text: 'ROLLBACK', query_timeout: Math.min(rollbackMs, patience ?? rollbackMs) })).then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

const names = new Map<string, string>()

/** Statements are prepared once a connection: planning costs as much as running for most of ours. */
async function run<Row>(on: pg.Pool | pg.PoolClient, patience: Patience, text: string, params: readonly Param[] = []): Promise<readonly Row[]> {
  let name = names.get(text)
  if (name === undefined) names.set(text, (name = hash('sha1', text, 'hex').slice(0, 20)))
  const result = await on.query<object>(timed({ name, text, values: [...params], query_timeout: patience }))
  return result.rows as Row[]
}

const int8 = 20

/** Counts, times and đồng are far below 2^53. */
const numbers: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => (id === int8 ? Number : pg.types.getTypeParser(id, format as 'text')),
}
