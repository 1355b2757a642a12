import type { Projection } from './projection.ts'

/**
 * `v_terminal_days`: one row an attempt to close a card terminal's day. `seq` is the attempt's own place in its origin: payments up to there belong to it. `doc` is the
 * data of what ended it; `asked`: nothing has yet, or the station died meanwhile.
 */
export const terminalDays: Projection = {
  name: 'terminal-days',
  version: 1,
  tables: ['v_terminal_days'],
  schema: `CREATE TABLE v_terminal_days (
    id TEXT PRIMARY KEY, origin TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, staff TEXT NOT NULL, state TEXT NOT NULL, doc TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX v_terminal_days_seq ON v_terminal_days (origin, seq)`,
  handlers: (db) => {
    const ask = db.prepare(`INSERT INTO v_terminal_days (id, origin, seq, at, staff, state) VALUES (?, ?, ?, ?, ?, 'asked')`)
    const end = db.prepare('UPDATE v_terminal_days SET state = ?, doc = ? WHERE id = ?')
    return {
      'terminal.day-asked': ({ origin, seq, at, subject, data }) => ask.run(subject, origin, seq, at, data.staff),
      'terminal.day-closed': ({ subject, data }) => end.run('closed', JSON.stringify(data), subject),
      'terminal.day-compared': ({ subject, data }) => end.run('closed', JSON.stringify(data), subject),
      'terminal.day-failed': ({ subject, data }) => end.run(data.outcome, JSON.stringify(data), subject),
    }
  },
}
