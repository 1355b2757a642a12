import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'

/** Between two tries, ms. */
const retryMs = 100

/**
 * Lets one process at a time use a journal file, for as long as a payment may take. The lock is SQLite's on a file beside the journal: the system takes it
 * away from a process that dies, so a killed command never locks out its recovery. Null when another process kept it for `patienceMs`.
 */
export async function lockJournal(path: string, patienceMs: number): Promise<{ readonly release: () => void } | null> {
  const database = new Database(`${path}.lock`, { timeout: 0 })
  for (const until = performance.now() + patienceMs; ; await delay(retryMs)) {
    try {
      database.exec('BEGIN EXCLUSIVE')
      return { release: () => void database.close() }
    } catch (error) {
      const held = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
      if (held && performance.now() < until) continue
      database.close()
      if (held) return null
      throw error
    }
  }
}
