import type { Projection } from './projection.ts'

/**
 * `v_prints`: one row a print job. `started`: the intent is stored, no outcome yet. After a restart such a row is in doubt;
 * the effect's recovery writes the outcome `unknown`, a person resolves it. The index of open ones names what is not open: a list of three
 * and more SQLite would lay out anew at each write.
 */
export const prints: Projection = {
  name: 'prints',
  version: 2,
  tables: ['v_prints'],
  schema: `CREATE TABLE v_prints (
    job TEXT PRIMARY KEY, origin TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, printer TEXT NOT NULL, copy INTEGER NOT NULL, reprint_of TEXT,
    wanted TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, bytes INTEGER, ended_at INTEGER, resolved TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX v_prints_what ON v_prints (what);
  CREATE INDEX v_prints_open ON v_prints (origin, state) WHERE resolved IS NULL AND state NOT IN ('printed', 'sent')`,
  handlers: (db) => {
    const intend = db.prepare(
      `INSERT INTO v_prints (job, origin, kind, what, printer, copy, reprint_of, wanted, at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'started')`,
    )
    const end = db.prepare(`UPDATE v_prints SET state = ?, reason = ?, bytes = ?, ended_at = ? WHERE job = ?`)
    const resolve = db.prepare(`UPDATE v_prints SET resolved = ? WHERE job = ?`)
    return {
      'print.intended': ({ origin, at, subject, data }) =>
        intend.run(subject, origin, data.kind, data.what, data.printer, data.copy, data.reprintOf, data.wanted, at),
      'print.ended': ({ at, subject, data }) => end.run(data.outcome, data.reason, data.bytes, at, subject),
      'print.resolved': ({ subject, data }) => resolve.run(data.as, subject),
    }
  },
}
