import { mkdirSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * The folder that holds one station: journal, keys, browser profile. By default the platform's application-data folder,
 * so that two people on one machine don't share one.
 * @param given what `--data` said; relative to the working folder
 * @returns its real path, created readable by this account only; links resolved, so that one folder has one name
 */
export function dataFolder(given?: string): string {
  const folder = given === undefined ? envPaths('motcua', { suffix: '' }).data : resolve(given)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return realpathSync(folder)
}
