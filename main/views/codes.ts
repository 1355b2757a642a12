import type { Projection } from './projection.ts'

/**
 * `v_code_leases`: blocks of dossier numbers that a hub gave away (station `''`: to nobody).
 * `v_code_blocks`: blocks that a station holds and the last number it used of each.
 */
export const codes: Projection = {
  name: 'codes',
  version: 2,
  tables: ['v_code_leases', 'v_code_blocks'],
  schema: `CREATE TABLE v_code_leases (
    day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, station TEXT NOT NULL, PRIMARY KEY (day, first)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE v_code_blocks (
    origin TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (origin, day, first)
  ) STRICT, WITHOUT ROWID`,
  handlers: (db) => {
    // What a new hub passes over (to nobody) may have been leased by the one before, as its journal tells later.
    const lease = db.prepare(`INSERT INTO v_code_leases (day, first, last, station) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last), station = iif(station = '', excluded.station, station)`)
    const receive = db.prepare(`INSERT INTO v_code_blocks (origin, day, first, last, used) VALUES (?, ?, ?, ?, ?)`)
    const use = db.prepare(`UPDATE v_code_blocks SET used = max(used, ?) WHERE origin = ? AND day = ? AND first <= ? AND last >= ?`)
    return {
      'codes.leased': ({ data }) => lease.run(data.day, data.from, data.to, data.station),
      'codes.received': ({ origin, data }) => receive.run(origin, data.day, data.from, data.to, data.from - 1),
      'dossier.accepted': ({ origin, subject }) => {
        const code = /-(\d{2})(\d{2})(\d{2})-(\d+)$/.exec(subject)
        if (!code) return
        const number = Number(code[4])
        use.run(number, origin, `20${code[1]}-${code[2]}-${code[3]}`, number, number)
      },
    }
  },
}
