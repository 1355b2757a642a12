import type { Projection } from './projection.ts'

/** `v_dossiers`: one row a dossier; `person` stays sealed as in the event. With a rowid, as a row of more than 1 kB would fill a page of its own without one. */
export const dossiers: Projection = {
  name: 'dossiers',
  version: 6,
  tables: ['v_dossiers', 'v_payments', 'v_card_orphans'],
  schema: `CREATE TABLE v_dossiers (
    code TEXT PRIMARY KEY, procedure TEXT NOT NULL, status TEXT NOT NULL, received_at INTEGER NOT NULL, due INTEGER, counter INTEGER NOT NULL,
    ticket TEXT, origin TEXT NOT NULL, register_volume TEXT NOT NULL, register_number INTEGER NOT NULL,
    fee_total INTEGER NOT NULL, paid INTEGER NOT NULL DEFAULT 0, paid_by TEXT, person TEXT NOT NULL, doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX v_dossiers_received ON v_dossiers (received_at);
  CREATE INDEX v_dossiers_ticket ON v_dossiers (ticket);
  CREATE TABLE v_payments (
    id TEXT PRIMARY KEY, code TEXT NOT NULL, method TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, reference TEXT NOT NULL,
    requested_at INTEGER NOT NULL, received_at INTEGER, received_seq INTEGER, staff TEXT, origin TEXT NOT NULL, last_receipt TEXT, reason TEXT, card TEXT, reported TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE v_card_orphans (origin TEXT NOT NULL, at INTEGER NOT NULL, subject TEXT NOT NULL, amount INTEGER NOT NULL, receipt TEXT, PRIMARY KEY (origin, at, subject)) STRICT, WITHOUT ROWID;
  CREATE INDEX v_payments_code ON v_payments (code);
  CREATE INDEX v_payments_open_cards ON v_payments (origin, requested_at) WHERE method IN ('card', 'terminal-qr') AND state IN ('waiting', 'unknown');
  CREATE INDEX v_payments_cards ON v_payments (origin, requested_at) WHERE method IN ('card', 'terminal-qr');
  CREATE INDEX v_payments_slips ON v_payments (origin, received_seq) WHERE card IS NOT NULL AND state = 'received';
  CREATE INDEX v_payments_received ON v_payments (received_at) WHERE received_at IS NOT NULL`,
  handlers: (db) => {
    const accept = db.prepare(
      `INSERT INTO v_dossiers (code, procedure, status, received_at, due, counter, ticket, origin, register_volume, register_number, fee_total, person, doc)
       VALUES (?, ?, 'accepted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const ask = db.prepare(`INSERT INTO v_payments (id, code, method, amount, state, reference, requested_at, origin, last_receipt) VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?)`)
    const open = `state IN ('waiting', 'unknown')`
    const receive = db.prepare(`UPDATE v_payments SET state = 'received', received_at = ?, received_seq = ?, staff = ?, card = ?, reason = NULL WHERE id = ? AND ${open}`)
    const report = db.prepare(`UPDATE v_payments SET card = ?, reported = ? WHERE id = ? AND ${open}`)
    const orphan = db.prepare('INSERT OR IGNORE INTO v_card_orphans (origin, at, subject, amount, receipt) VALUES (?, ?, ?, ?, ?)')
    const doubt = db.prepare(`UPDATE v_payments SET state = 'unknown', reason = ? WHERE id = ? AND ${open}`)
    const paid = db.prepare(`UPDATE v_dossiers SET paid = paid + ?, paid_by = ? WHERE code = ?`)
    const cancel = db.prepare(`UPDATE v_payments SET state = 'cancelled', reason = ? WHERE id = ? AND ${open}`)
    return {
      'dossier.accepted': ({ origin, subject, data }) => {
        const { person, ...doc } = data
        accept.run(
          subject, data.procedure, data.receivedAt, data.due.due, data.counter, data.ticketId, origin, data.register.volume, data.register.number,
          data.feeTotal, JSON.stringify(person), JSON.stringify(doc),
        )
      },
      'payment.requested': ({ at, origin, subject, data }) => ask.run(data.paymentId, subject, data.method, data.amount, data.reference, at, origin, data.lastReceipt),
      'payment.received': ({ seq, at, subject, data }) => {
        if (receive.run(at, seq, data.staff, data.card && JSON.stringify(data.card), data.paymentId).changes) paid.run(data.amount, data.method, subject)
      },
      'payment.reported': ({ data }) => report.run(JSON.stringify(data.card), data.outcome, data.paymentId),
      'payment.orphaned': ({ origin, at, subject, data }) => {
        if (data.outcome === 'approved') orphan.run(origin, at, subject, data.amount, data.card.receipt)
      },
      'payment.doubted': ({ data }) => doubt.run(data.reason, data.paymentId),
      'payment.cancelled': ({ data }) => cancel.run(data.reason, data.paymentId),
    }
  },
}
