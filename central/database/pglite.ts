import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { DurableNodeFS } from './durable-nodefs.ts'
import { lockFolder } from './lock.ts'
import { retrying, type Database, type Param, type Queryable } from './port.ts'

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
  return {
    kind: 'pglite',
    query: (sql, params) => run(lite, sql, params),
    transaction: (work) => retrying(() => lite.transaction((tx) => work({ query: (sql, params) => run(tx, sql, params) } satisfies Queryable))),
    async close() {
      await lite.close()
      await release()
    },
  }
}

async function run<Row>(on: PGlite | Transaction, sql: string, params: readonly Param[] = []): Promise<readonly Row[]> {
  const result = await on.query<Row>(sql, [...params])
  return result.rows
}
