import type { Projection } from './projection.ts'

/** `v_settled`: events that were put aside and that somebody mended by hand. They stay in quarantine, and out of sight. */
export const settled: Projection = {
  name: 'settled',
  version: 1,
  tables: ['v_settled'],
  schema: 'CREATE TABLE v_settled (origin TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (origin, seq)) STRICT, WITHOUT ROWID',
  handlers: (db) => {
    const settle = db.prepare('INSERT INTO v_settled (origin, seq) VALUES (?, ?) ON CONFLICT DO NOTHING')
    return { 'quarantine.settled': ({ data }) => settle.run(data.origin, data.seq) }
  },
}
