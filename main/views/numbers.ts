import type { Projection } from './projection.ts'

/**
 * `v_number_leases`: blocks of ticket numbers that a hub gave away (holder `''`: to nobody), also as the stations tell of them.
 * `v_number_blocks`: blocks that a station holds and the last number it used of each.
 */
export const numbers: Projection = {
  name: 'numbers',
  version: 1,
  tables: ['v_number_leases', 'v_number_blocks'],
  schema: `CREATE TABLE v_number_leases (
    day TEXT NOT NULL, prefix TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, holder TEXT NOT NULL, PRIMARY KEY (day, prefix, first)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE v_number_blocks (
    origin TEXT NOT NULL, day TEXT NOT NULL, prefix TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (origin, day, prefix, first)
  ) STRICT, WITHOUT ROWID`,
  handlers: (db) => {
    const lease = db.prepare(`INSERT OR IGNORE INTO v_number_leases (day, prefix, first, last, holder) VALUES (?, ?, ?, ?, ?)`)
    const receive = db.prepare(`INSERT OR IGNORE INTO v_number_blocks (origin, day, prefix, first, last, used) VALUES (?, ?, ?, ?, ?, ?)`)
    const use = db.prepare(`UPDATE v_number_blocks SET used = max(used, ?) WHERE origin = ? AND day = ? AND prefix = ? AND first <= ? AND last >= ?`)
    return {
      'numbers.leased': ({ data }) => {
        for (const { prefix, from, to } of data.blocks) lease.run(data.day, prefix, from, to, data.station ?? '')
      },
      'numbers.received': ({ origin, data }) => {
        const station = origin.slice(0, origin.lastIndexOf('.'))
        for (const { prefix, from, to } of data.blocks) {
          lease.run(data.day, prefix, from, to, station)
          receive.run(origin, data.day, prefix, from, to, from - 1)
        }
      },
      'ticket.issued': ({ origin, data }) => {
        const prefix = data.number.replace(/\d+$/, '')
        const nth = Number(data.number.slice(prefix.length))
        use.run(nth, origin, data.day, prefix, nth, nth)
      },
    }
  },
}
