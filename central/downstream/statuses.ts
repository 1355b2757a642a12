import { codeOfStatus, statusOfCode } from '#domain/dossier-status.ts'
import type { Queryable } from '../database/port.ts'
import { noteDue } from '../foreign/due.ts'
import { acceptedStatus } from '../projection/apply.ts'
import type { NewChange } from './changes.ts'

/** Shows statuses that the back office set in the table of dossiers too, also of a dossier whose acceptance has not arrived yet; one that is withdrawn leaves it as accepted. */
export async function showStatuses(tx: Queryable, changes: readonly NewChange[]): Promise<void> {
  const newest = new Map(changes.filter(({ kind }) => kind === 'status').map((one) => [`${one.office} ${one.key}`, one]))
  // In one order, so that two writers seldom deadlock.
  const told = [...newest.keys()].sort().flatMap((name) => newest.get(name) ?? [])
  if (told.length === 0) return
  await tx.query(
    `INSERT INTO dossiers AS d (office, code, status) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
     ON CONFLICT (office, code) DO UPDATE SET status = coalesce(excluded.status, CASE WHEN d.origin IS NOT NULL THEN $4::bigint END)`,
    [told.map((one) => one.office), told.map((one) => one.key), told.map(({ body }) => (body === null ? null : nationalCode(body))), acceptedStatus],
  )
  for (const office of new Set(told.map((one) => one.office))) await noteDue(tx, office, told.filter((one) => one.office === office).map(({ key }) => key))
}

/** The same for all that were ever set: the table is being made anew. */
export async function restoreStatuses(tx: Queryable): Promise<void> {
  await showStatuses(tx, await tx.query<NewChange>(`SELECT office, kind, key, body FROM changes WHERE kind = 'status'`))
}

/** 1–10, also where a gateway says 11 for a refusal. */
function nationalCode(body: string): number {
  const status = statusOfCode((JSON.parse(body) as { readonly status: number }).status)
  return status === null ? 0 : codeOfStatus(status)
}
