import Database from 'better-sqlite3'
import { join } from 'node:path'

/**
 * Holds a data folder for one process. The lock is one of the operating system (SQLite's exclusive lock on a file of its own), so
 * a process that was killed has let go of it at once and a second one can't slip in.
 * @returns the way to let go, or null when another process holds it
 */
export function lockDataFolder(dir: string): (() => void) | null {
  const db = new Database(join(dir, 'lock.db'), { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (since TEXT); COMMIT; BEGIN EXCLUSIVE')
    return () => db.close()
  } catch (error) {
    db.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
