import type { Projection } from './projection.ts'

/**
 * `v_erased`: dossiers whose person was erased on request. `v_erasures`: persons erased, by token, and which origins have done it
 * (`docs/decisions/0010-erasing-a-person.md`).
 */
export const erasures: Projection = {
  name: 'erasures',
  version: 1,
  tables: ['v_erased', 'v_erasures'],
  schema: `CREATE TABLE v_erased (code TEXT PRIMARY KEY, origin TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE v_erasures (token TEXT NOT NULL, origin TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (token, origin)) STRICT, WITHOUT ROWID`,
  handlers: (db) => {
    const erase = db.prepare('INSERT INTO v_erased (code, origin, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    const note = db.prepare('INSERT INTO v_erasures (token, origin, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    return {
      'person.erased': ({ at, origin, data }) => {
        for (const code of data.codes) erase.run(code, origin, at)
        for (const token of data.tokens) note.run(token, origin, at)
      },
    }
  },
}
