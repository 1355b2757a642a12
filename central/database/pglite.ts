import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type Transaction as LiteTransaction } from '@electric-sql/pglite'
import { DurableNodeFS } from './durable-nodefs.ts'
import { lockFolder } from './lock.ts'
import { retrying, type Database, type Param, type Transaction } from './port.ts'

/** Opens (or makes) the PGlite database in `folder/pg`. Throws DatabaseUnavailableError when another process has it open. */
export async function openPglite(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true })
  const release = await lockFolder(folder)
  try {
    const fs = new DurableNodeFS(join(folder, 'pg'))
    const lite = await PGlite.create({ fs, startParams: [...startParams(), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'] })
    return wrap(lite, release)
  } catch (error) {
    await release()
    throw error
  }
}

/** PGlite's own, without `-F` (fsync off). */
function startParams(): readonly string[] {
  return PGlite.defaultStartParams.filter((param) => param !== '-F')
}

function wrap(lite: PGlite, release: () => Promise<void>): Database {
  const transaction: Database['transaction'] = (work) => retrying(() => lite.transaction((tx) => work(within(tx))))
  return {
    kind: 'pglite',
    query: (sql, params) => run(lite, sql, params),
    transaction,
    longTransaction: transaction,
    // Its transactions run one after the other, so that each sees a still database.
    snapshot: (work) => lite.transaction((tx) => work(within(tx))),
    async close() {
      await lite.close()
      await release()
    },
  }
}

function within(on: LiteTransaction): Transaction {
  return {
    query: (sql, params) => run(on, sql, params),
    async copyIn(target, rows) {
      await on.query(`COPY ${target} FROM '/dev/blob'`, [], { blob: new Blob([typeof rows === 'string' ? rows : new Uint8Array(rows)]) })
    },
    async *copyOut(select) {
      const { blob } = await on.query(`COPY (${select}) TO '/dev/blob'`)
      if (blob) yield* blob.stream()
    },
  }
}

async function run<Row>(on: PGlite | LiteTransaction, sql: string, params: readonly Param[] = []): Promise<readonly Row[]> {
  const result = await on.query<Row>(sql, [...params])
  return result.rows
}
