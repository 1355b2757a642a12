import type { StoredEvent } from '#domain/event.ts'
import type { Queryable } from '../database/port.ts'
import { apply } from '../projection/apply.ts'
import { retryRejected } from '../foreign/reports.ts'
import { fold } from '../projection/fold.ts'
import { putChanges, type NewChange } from './changes.ts'

/**
 * An event that is stored and counts nowhere, because it can't be true as it stands; or the acceptance of a dossier that a foreign system rejects.
 * `reason` is a code, with details behind a colon.
 */
export interface QuarantineRow {
  readonly office: string
  readonly origin: string
  readonly seq: number
  readonly type: string
  readonly subject: string
  readonly reason: string
}

/** SQL: whether nobody mended by hand what the event at this place (columns `office`, `origin`, `seq`) meant. */
export const isOpen = (row: string): string =>
  `NOT EXISTS (SELECT 1 FROM events s WHERE s.office = ${row}.office AND s.type = 'quarantine.settled' AND s.subject = ${row}.origin || '#' || ${row}.seq)`

const ownRows = `SELECT q.office, q.origin, q.seq, q.type, e.subject, q.reason FROM quarantine q JOIN events e USING (office, origin, seq)
  WHERE ($1::text IS NULL OR q.office = $1)`
const foreignRows = `SELECT office, origin, seq, 'dossier.accepted', code, 'foreign:' || reason FROM foreign_reports f
  WHERE state = 'rejected' AND seq IS NOT NULL AND ($1::text IS NULL OR office = $1)`

const longestRun = 5_000

/** Those of an office, or of all (null), with what a foreign system rejects; without what was mended by hand. */
export async function quarantineOf(db: Queryable, office: string | null): Promise<readonly QuarantineRow[]> {
  return db.query<QuarantineRow>(`${ownRows} AND ${isOpen('q')} UNION ALL ${foreignRows} AND ${isOpen('f')} ORDER BY office, origin, seq`, [office])
}

/** Those that are stored and count nowhere, also what was mended by hand. */
export async function heldBack(db: Queryable, office: string | null): Promise<readonly QuarantineRow[]> {
  return db.query<QuarantineRow>(`${ownRows} ORDER BY office, origin, seq`, [office])
}

/** Tries the quarantined events of an office (null: of all) again, in the caller's transaction; answers how many are well now. */
export async function retryQuarantine(tx: Queryable, office: string | null, now: number): Promise<number> {
  const before = await quarantineOf(tx, office)
  const held = await heldBack(tx, office)
  await tx.query('DELETE FROM quarantine WHERE $1::text IS NULL OR office = $1', [office])
  await retryRejected(tx, office)
  for (const [first, ...more] of byOrigin(held)) if (first) await retryThese(tx, first, [first, ...more].map(({ seq }) => seq))
  await tellOffices(tx, now)
  return before.length - (await quarantineOf(tx, office)).length
}

/** Rows in order, as runs of one origin that are not too long for a query. */
function byOrigin(rows: readonly QuarantineRow[]): readonly (readonly QuarantineRow[])[] {
  const runs: QuarantineRow[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    if (run && run.length < longestRun && run[0]?.office === row.office && run[0].origin === row.origin) run.push(row)
    else runs.push([row])
  }
  return runs
}

async function retryThese(tx: Queryable, { office, origin }: QuarantineRow, seqs: readonly number[]): Promise<void> {
  const events = await tx.query<StoredEvent>(
    `SELECT origin, seq, at, actor, type, version, subject, data, '' AS prev, '' AS hash FROM events WHERE office = $1 AND origin = $2 AND seq = ANY ($3::bigint[]) ORDER BY seq`,
    [office, origin, seqs],
  )
  await apply(tx, office, origin, fold(events))
}

/** What an office is told of one of its events in quarantine. */
function notice({ office, origin, seq, type, subject, reason }: QuarantineRow): NewChange {
  return { office, kind: 'quarantine', key: `${origin}#${seq}`, body: JSON.stringify({ type, subject, reason }) }
}

/** Tells offices of events that went into quarantine just now: those alone, as a backlog may bring many. */
export function tellOf(tx: Queryable, rows: readonly QuarantineRow[], now: number): Promise<void> {
  return putChanges(tx, rows.map(notice), now)
}

/** Withdraws what an office was told of these events (`<origin>#<seq>`) where it says that it mended them by hand. */
export async function withdrawSettled(tx: Queryable, office: string, places: readonly string[], now: number): Promise<void> {
  if (places.length === 0) return
  const told = await tx.query<{ key: string }>(
    `SELECT key FROM changes c WHERE office = $1 AND kind = 'quarantine' AND key = ANY ($2::text[]) AND body IS NOT NULL
       AND EXISTS (SELECT 1 FROM events s WHERE s.office = $1 AND s.type = 'quarantine.settled' AND s.subject = c.key)`,
    [office, places],
  )
  await putChanges(tx, told.map(({ key }) => ({ office, kind: 'quarantine', key, body: null })), now)
}

/** Tells each office of its quarantined events, and that those which are well now are. */
export async function tellOffices(tx: Queryable, now: number): Promise<void> {
  const notices = (await quarantineOf(tx, null)).map(notice)
  const known = new Set(notices.map((one) => `${one.office} ${one.key}`))
  const told = await tx.query<{ office: string; key: string }>(`SELECT office, key FROM changes WHERE kind = 'quarantine' AND body IS NOT NULL`)
  const over = told.filter((one) => !known.has(`${one.office} ${one.key}`)).map((one) => ({ ...one, kind: 'quarantine', body: null }))
  await putChanges(tx, [...notices, ...over], now)
}
