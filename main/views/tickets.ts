import type { Projection } from './projection.ts'

/**
 * `v_tickets`: every ticket of every day, for look-up by key or number and for reports. A ticket may be told of twice: a hub that took over learns it from
 * a station, and the old hub's own event comes back later. The first counts, and what is over stays over.
 */
export const tickets: Projection = {
  name: 'tickets',
  version: 2,
  tables: ['v_tickets'],
  schema: `CREATE TABLE v_tickets (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, day TEXT NOT NULL, number TEXT NOT NULL, service TEXT NOT NULL, procedure TEXT, title TEXT NOT NULL,
    priority TEXT, state TEXT NOT NULL, issued_at INTEGER NOT NULL, first_called_at INTEGER, started_at INTEGER, ended_at INTEGER,
    calls INTEGER NOT NULL DEFAULT 0, counter INTEGER, staff TEXT, UNIQUE (day, number)
  ) STRICT, WITHOUT ROWID`,
  handlers: (db) => {
    const issue = db.prepare(
      `INSERT INTO v_tickets (id, key, day, number, service, procedure, title, priority, state, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (id) DO NOTHING`,
    )
    const call = db.prepare(`UPDATE v_tickets SET state = 'called', calls = ?, counter = ?, staff = ?, first_called_at = coalesce(first_called_at, ?) WHERE id = ? AND state <> 'done'`)
    const start = db.prepare(`UPDATE v_tickets SET state = 'serving', started_at = ? WHERE id = ? AND state <> 'done'`)
    const resume = db.prepare(`UPDATE v_tickets SET state = ?, counter = ? WHERE id = ? AND state <> 'done'`)
    const move = db.prepare(`UPDATE v_tickets SET state = ? WHERE id = ? AND state <> 'done'`)
    const end = db.prepare(`UPDATE v_tickets SET state = ?, ended_at = ? WHERE id = ? AND state <> 'done'`)
    const transfer = db.prepare(`UPDATE v_tickets SET state = 'waiting', service = ?, calls = 0, counter = NULL WHERE id = ? AND state <> 'done'`)
    return {
      'ticket.issued': ({ at, subject, data }) =>
        issue.run(subject, data.key, data.day, data.number, data.service, data.procedure, data.title, data.priority, at),
      'ticket.called': ({ at, subject, data }) => call.run(data.times, data.counter, data.staff, at, subject),
      'ticket.started': ({ at, subject }) => start.run(at, subject),
      'ticket.held': ({ subject }) => move.run('held', subject),
      'ticket.resumed': ({ subject, data }) => resume.run(data.serving ? 'serving' : 'called', data.counter, subject),
      'ticket.transferred': ({ subject, data }) => transfer.run(data.toService, subject),
      'ticket.absent': ({ at, subject }) => end.run('no-show', at, subject),
      'ticket.requeued': ({ subject }) => end.run('waiting', null, subject),
      'ticket.finished': ({ at, subject }) => end.run('done', at, subject),
    }
  },
}
