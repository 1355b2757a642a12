import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '#central/database/port.ts'
import { openAsItIs, openDatabase, type DatabasePlace } from '#central/database/open.ts'
import { migrations } from '#central/migrations/index.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import type { Cluster } from './postgres.ts'

/*
 * A first start of PGlite takes five seconds of CPU: initdb, then the tables with all their partitions. So that is done
 * once per checkout, and tests get copies. Central's own first start in an empty folder is tried in `sync-processes`.
 */
const cache = fileURLToPath(new URL('../../../node_modules/.cache/motcua', import.meta.url))
const version = packageJson.dependencies['@electric-sql/pglite']
const schema = createHash('sha256').update(migrations.join(';')).digest('hex').slice(0, 16)

/** A temporary folder with a database of its own that has nothing in it, not even tables: in the cluster, or else PGlite. */
export async function emptyPlace(cluster: Cluster | null): Promise<DatabasePlace> {
  return placeOf(cluster, `pglite-${version}`, openAsItIs)
}

/** The same for tests that open it as central does, which makes what tables are missing. */
export function freshPlace(cluster: Cluster | null): Promise<DatabasePlace> {
  return placeOf(cluster, `pglite-${version}-${schema}`, async (place) => {
    const db = await openDatabase(place)
    // Each copy draws its own.
    await db.query(`DELETE FROM meta WHERE key = 'epoch'`)
    return db
  })
}

async function placeOf(cluster: Cluster | null, name: string, first: (place: DatabasePlace) => Promise<Database>): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-central-'))
  if (cluster) return { folder, url: await cluster.database() }
  const original = join(cache, name)
  if (!existsSync(original)) await make(original, first)
  cpSync(original, folder, { recursive: true })
  return { folder }
}

/** Made aside and put in place whole: two test files may do it at the same time, and one of them is first. */
async function make(original: string, first: (place: DatabasePlace) => Promise<Database>): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'making-'))
  await (await first({ folder })).close()
  try {
    renameSync(folder, original)
  } catch (error) {
    rmSync(folder, { recursive: true })
    if (!existsSync(original)) throw error
  }
}
