import type { Database, Queryable } from '../database/port.ts'
import { takeDue } from './due.ts'
import type { DossierReport } from './port.ts'

/** A report that waits to be sent, with the key that names it. */
export interface WaitingReport {
  readonly report: DossierReport
  readonly key: string
  readonly revision: number
}

/** Only what a report says: a column that comes later must not have every dossier reported again. */
const digest = `md5(ROW(d.procedure, d.procedure_name, d.field, d.channel, d.status, d.received_at, d.due_at, d.fee, d.paid)::text)`

/** Dossiers that are looked at in one transaction. */
const lookedAt = 1_000

/** Notes of the dossiers that changed those that are not as they were reported last. Answers whether there may be more. */
export async function noteChanged(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await takeDue(tx, lookedAt)
    // A statement of its own, which sees what was committed until the rows above were ours.
    await tx.query(
      `INSERT INTO foreign_reports AS r (office, code, digest, revision, state, origin)
       SELECT d.office, d.code, ${digest}, 1, 'waiting', d.origin FROM unnest($1::text[], $2::text[]) u(office, code) JOIN dossiers d USING (office, code)
       WHERE d.procedure IS NOT NULL
       ON CONFLICT (office, code) DO UPDATE SET
         digest = excluded.digest, revision = r.revision + 1, state = 'waiting', reason = NULL, origin = excluded.origin
       WHERE r.digest <> excluded.digest`,
      [due.map(({ office }) => office), due.map(({ code }) => code)],
    )
    return due.length === lookedAt
  })
}

interface Row extends DossierReport {
  readonly revision: number
  readonly epoch: string
}

/**
 * Reports to send, at most `limit`: only of dossiers that are still as they were noted, so that a key never stands for two reports; the
 * epoch in it keeps it so after central was restored from a backup that knows less.
 */
export async function waiting(db: Queryable, limit: number): Promise<readonly WaitingReport[]> {
  const rows = await db.query<Row>(
    `SELECT d.office, d.code, d.procedure, d.procedure_name AS "procedureName", d.field, d.channel, d.status, d.received_at AS "receivedAt", d.due_at AS "dueAt",
       d.fee, d.paid, r.revision, (SELECT value FROM meta WHERE key = 'epoch') AS epoch
     FROM foreign_reports r JOIN dossiers d ON d.office = r.office AND d.code = r.code AND ${digest} = r.digest
     WHERE r.state = 'waiting' LIMIT $1::bigint`,
    [limit],
  )
  return rows.map(({ revision, epoch, ...report }) => ({ report, revision, key: `${epoch}/${report.office}/${report.code}/${revision}` }))
}

/** Notes that a report was taken; nothing when a newer one waits by now. */
export async function noteTaken(db: Queryable, { report, revision }: WaitingReport): Promise<void> {
  await db.query(`UPDATE foreign_reports SET state = 'sent', reason = NULL WHERE office = $1 AND code = $2 AND revision = $3::bigint`, [report.office, report.code, revision])
}

/** Notes that a report was rejected, and which event the dossier began with, so that it is seen in the office's quarantine. */
export async function noteRejected(db: Queryable, { report, revision }: WaitingReport, reason: string): Promise<void> {
  await db.query(
    `UPDATE foreign_reports r SET state = 'rejected', reason = $4, seq = d.seq FROM dossiers d
     WHERE d.office = r.office AND d.code = r.code AND r.office = $1 AND r.code = $2 AND r.revision = $3::bigint`,
    [report.office, report.code, revision, reason],
  )
}

/** Rejected reports are to be tried again; of an office, or of all (null). */
export async function retryRejected(tx: Queryable, office: string | null): Promise<void> {
  await tx.query(`UPDATE foreign_reports SET state = 'waiting', reason = NULL WHERE state = 'rejected' AND ($1::text IS NULL OR office = $1)`, [office])
}
