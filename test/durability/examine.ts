import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Sealed } from '#domain/event.ts'
import { Journal } from '#journal/journal.ts'
import { all, verifyChains } from '#journal/verify.ts'
import { Vault } from '#vault/vault.ts'
import { viewsThatDiffer } from '#views/verify.ts'
import { openViews } from '#views/views.ts'
import { masterKey } from './master-key.ts'

/** Lays files into `folder` as a power loss left them. */
export function layOut(folder: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
}

/**
 * Opens the books of a folder as a station does after a crash. Answers what is wrong, null when everything acknowledged is there, the chain
 * holds, every sealed text opens, and (`views`) the views equal the fold.
 */
export function faultIn(folder: string, acknowledged: number, views: boolean): string | null {
  try {
    const journal = new Journal({ file: join(folder, 'journal.db'), station: 'bench', views: openViews, now: Date.now })
    try {
      return faultOf(journal, acknowledged) ?? unsealable(folder, journal, acknowledged) ?? (views ? viewFault(journal) : null)
    } finally {
      journal.close()
    }
  } catch (error) {
    return `does not open: ${String(error)}`
  }
}

function faultOf(journal: Journal, acknowledged: number): string | null {
  const { problems } = verifyChains(journal)
  if (problems.length > 0) return problems.join('; ')
  const have = Math.max(0, ...journal.origins().map((origin) => journal.head(origin)?.seq ?? 0))
  return have < acknowledged ? `lost: acknowledged ${acknowledged}, found ${have}` : null
}

/** A text that the journal kept but whose key was lost is lost too. */
function unsealable(folder: string, journal: Journal, acknowledged: number): string | null {
  if (acknowledged === 0) return null
  const vault = new Vault(join(folder, 'vault.db'), masterKey)
  try {
    for (const origin of journal.origins()) {
      for (const { seq, type, data } of all(journal, origin)) {
        if (type === 'ticket.held' && vault.open((JSON.parse(data) as { reason: Sealed }).reason) === null) return `lost: the key of event ${seq}`
      }
    }
    return null
  } finally {
    vault.close()
  }
}

function viewFault(journal: Journal): string | null {
  const empty = new Database(':memory:')
  try {
    const differing = viewsThatDiffer(journal.db, empty)
    return differing.length > 0 ? `views differ: ${differing.join(', ')}` : null
  } finally {
    empty.close()
  }
}
