import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * The folder that holds one station: journal, keys, browser profile. By default the platform's application-data folder,
 * so that two people on one machine don't share one.
 * @param given what `--data` said; relative to the working folder
 */
export const namedFolder = (given?: string): string => (given === undefined ? envPaths('motcua', { suffix: '' }).data : resolve(given))

/** The same, made when it isn't there: its real path, so that one folder has one name, readable by this account only. Throws the system's error. */
export function dataFolder(given?: string): string {
  const folder = namedFolder(given)
  makeFolder(folder)
  return realpathSync(folder)
}

/** Level by level: Node's own recursion never ends below a folder in which none can be made, such as /proc. */
export function makeFolder(dir: string): void {
  if (isFolder(dir)) return
  if (dirname(dir) !== dir) makeFolder(dirname(dir))
  try {
    mkdirSync(dir, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it at the same moment.
    if (!isFolder(dir)) throw error
  }
}

function isFolder(dir: string): boolean {
  try {
    return statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}
