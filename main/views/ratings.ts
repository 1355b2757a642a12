import type { Projection } from './projection.ts'

/** `v_ratings`: one row a rated or unrated visit. */
export const ratings: Projection = {
  name: 'ratings',
  version: 1,
  tables: ['v_ratings'],
  schema: `CREATE TABLE v_ratings (
    ticket TEXT PRIMARY KEY, counter INTEGER NOT NULL, staff TEXT, opened_at INTEGER NOT NULL, state TEXT NOT NULL, score INTEGER, reasons TEXT, given_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX v_ratings_opened ON v_ratings (opened_at)`,
  handlers: (db) => {
    const open = db.prepare(`INSERT INTO v_ratings (ticket, counter, staff, opened_at, state) VALUES (?, ?, ?, ?, 'open')
      ON CONFLICT (ticket) DO UPDATE SET state = 'open', opened_at = excluded.opened_at WHERE v_ratings.state <> 'given'`)
    const give = db.prepare(`UPDATE v_ratings SET state = 'given', score = ?, reasons = ?, given_at = ? WHERE ticket = ?`)
    const close = db.prepare(`UPDATE v_ratings SET state = ? WHERE ticket = ? AND state = 'open'`)
    return {
      'rating.opened': ({ at, subject, data }) => open.run(subject, data.counter, data.staff, at),
      'rating.given': ({ at, subject, data }) => give.run(data.score, JSON.stringify(data.reasons), at, subject),
      'rating.closed': ({ subject, data }) => close.run(data.why, subject),
    }
  },
}
