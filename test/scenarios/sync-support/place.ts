import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DatabasePlace } from '#central/database/open.ts'
import { openPglite } from '#central/database/pglite.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import type { Cluster } from './postgres.ts'

const cache = fileURLToPath(new URL('../../../node_modules/.cache/motcua', import.meta.url))
const initialised = join(cache, `pglite-${packageJson.dependencies['@electric-sql/pglite']}`)

/**
 * A temporary folder with an empty database of its own, in the cluster or else as PGlite. PGlite's initdb takes seconds of
 * CPU, so that its result is made once per checkout and copied; central's own first start in an empty folder is tried in
 * `sync-processes`.
 */
export async function emptyPlace(cluster: Cluster | null): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-central-'))
  if (cluster) return { folder, url: await cluster.database() }
  if (!existsSync(initialised)) await initialise()
  cpSync(initialised, folder, { recursive: true })
  return { folder }
}

/** Made aside and put in place whole: two test files may do it at the same time, and one of them is first. */
async function initialise(): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const made = mkdtempSync(join(cache, 'making-'))
  await (await openPglite(made)).close()
  try {
    renameSync(made, initialised)
  } catch (error) {
    rmSync(made, { recursive: true })
    if (!existsSync(initialised)) throw error
  }
}
