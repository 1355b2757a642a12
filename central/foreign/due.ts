import type { Database, Queryable } from '../database/port.ts'
import { setMeta } from '../migrate.ts'

const flag = 'forwarding'

/**
 * Notes dossiers that change, in the transaction that changes them, while a foreign system is told of them. Also of one that is noted already the row is
 * locked until then, so that nobody looks at the dossier as it was before and strikes it off.
 */
export async function noteDue(tx: Queryable, office: string, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return
  await tx.query(
    `INSERT INTO foreign_due (office, code) SELECT $1, code FROM unnest($2::text[]) code WHERE EXISTS (SELECT FROM meta WHERE key = '${flag}')
     ON CONFLICT (office, code) DO UPDATE SET code = excluded.code`,
    [office, [...new Set(codes)].sort()],
  )
}

/** From now on changed dossiers are noted; those that are there already are noted once. */
export async function beginForwarding(db: Database): Promise<void> {
  await db.longTransaction(async (tx) => {
    const begun = await tx.query(`SELECT 1 FROM meta WHERE key = '${flag}'`)
    if (begun.length > 0) return
    // Waits for whoever is changing some without noting it.
    await tx.query('LOCK TABLE dossiers IN SHARE MODE')
    await setMeta(tx, flag, 'on')
    await tx.query('INSERT INTO foreign_due SELECT office, code FROM dossiers ON CONFLICT DO NOTHING')
  })
}

/** Takes up to `limit` of them off the list, in the caller's transaction. */
export async function takeDue(tx: Queryable, limit: number): Promise<readonly { readonly office: string; readonly code: string }[]> {
  return tx.query(
    `DELETE FROM foreign_due WHERE (office, code) IN (SELECT office, code FROM foreign_due ORDER BY office, code LIMIT $1::bigint FOR UPDATE SKIP LOCKED) RETURNING office, code`,
    [limit],
  )
}
