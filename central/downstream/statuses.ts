import { codeOfStatus, statusOfCode } from '#domain/dossier-status.ts'
import type { Queryable } from '../database/port.ts'
import type { NewChange } from './changes.ts'


/** Shows statuses that the back office set in the table of dossiers too, also of a dossier whose acceptance has not arrived yet. */
export async function showStatuses(tx: Queryable, changes: readonly NewChange[]): Promise<void> {
  const told = changes.flatMap(({ office, kind, key, body }) => (kind === 'status' && body !== null ? [{ office, code: key, status: nationalCode(body) }] : []))
  if (told.length === 0) return
  await tx.query(
    `INSERT INTO dossiers (office, code, status) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
     ON CONFLICT (office, code) DO UPDATE SET status = excluded.status`,
    [told.map((one) => one.office), told.map((one) => one.code), told.map((one) => one.status)],
  )
}

/** The same for all that were ever set: the table is being made anew. */
export async function restoreStatuses(tx: Queryable): Promise<void> {
  await showStatuses(tx, await tx.query<NewChange>(`SELECT office, kind, key, body FROM changes WHERE kind = 'status' AND body IS NOT NULL`))
}

/** 1–10, also where a gateway says 11 for a refusal. */
function nationalCode(body: string): number {
  const status = statusOfCode((JSON.parse(body) as { readonly status: number }).status)
  return status === null ? 0 : codeOfStatus(status)
}
