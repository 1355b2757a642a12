import type { Change } from '#sync/protocol/changes.ts'
import type { Queryable } from '../database/port.ts'

/** A new state of one thing; `office` `*` is every office, also those enrolled later. */
export interface NewChange {
  readonly office: string
  readonly kind: string
  readonly key: string
  /** JSON text; null: withdrawn. */
  readonly body: string | null
}

/**
 * Puts new states in, in the caller's transaction. Numbers are given under a lock that the transaction holds to its end, so that nobody reads
 * a later one before an earlier one is there. What says nothing new keeps its number.
 */
export async function putChanges(tx: Queryable, changes: readonly NewChange[], now: number): Promise<void> {
  const newest = new Map(changes.map((one) => [JSON.stringify([one.office, one.kind, one.key]), one]))
  const all = [...newest.values()]
  if (all.length === 0) return
  const [last] = await tx.query<{ value: string }>(`UPDATE meta SET value = (value::bigint + $1::bigint)::text WHERE key = 'changes' RETURNING value`, [all.length])
  const first = Number(last?.value) - all.length + 1
  await tx.query(
    `INSERT INTO changes AS c (office, n, kind, key, at, body)
     SELECT office, $1::bigint + i - 1, kind, key, $2::bigint, body
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS u(office, kind, key, body, i)
     ON CONFLICT (office, kind, key) DO UPDATE SET n = excluded.n, at = excluded.at, body = excluded.body WHERE c.body IS DISTINCT FROM excluded.body`,
    [first, now, all.map((one) => one.office), all.map((one) => one.kind), all.map((one) => one.key), all.map((one) => one.body)],
  )
}

/** What an office is to have after `n`, in order: its own, and what is for all where it has none of its own, or has withdrawn it. */
export async function changesAfter(db: Queryable, office: string, n: number, limit: number): Promise<readonly Change[]> {
  return db.query<Change>(
    `SELECT n, kind, key, at, coalesce(body, (SELECT body FROM changes a WHERE a.office = '*' AND a.kind = c.kind AND a.key = c.key)) AS body FROM changes c
     WHERE (office = $1 OR (office = '*' AND NOT EXISTS (
       SELECT 1 FROM changes own WHERE own.office = $1 AND own.kind = c.kind AND own.key = c.key AND own.body IS NOT NULL))) AND n > $2::bigint
     ORDER BY n LIMIT $3::bigint`,
    [office, n, limit],
  )
}

/** Another text whenever there is something new for anybody, or the database is another one than before. */
export async function stateOfChanges(db: Queryable): Promise<string> {
  const rows = await db.query<{ value: string }>(`SELECT value FROM meta WHERE key IN ('changes', 'epoch') ORDER BY key`)
  return rows.map(({ value }) => value).join(' ')
}
