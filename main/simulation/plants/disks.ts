import { openDatabase, setMeta, type Sqlite } from '#journal/database.ts'
import type { Plant } from './plant.ts'

/** A disk whose events from number `from` on were never written. */
function without(disk: Buffer, choose: (db: Sqlite) => unknown): Buffer {
  const db = openDatabase(disk)
  const from = choose(db)
  if (typeof from === 'number') {
    const at = db.prepare('SELECT at FROM events WHERE n = ?').pluck().get(from)
    db.prepare('DELETE FROM events WHERE n >= ?').run(from)
    db.prepare('DELETE FROM commands WHERE at >= ?').run(at)
    db.prepare(`DELETE FROM meta WHERE key = 'views'`).run()
  }
  const bytes = db.serialize()
  db.close()
  return bytes
}

export const disks: Readonly<Record<string, () => Plant>> = {
  'acknowledged-before-commit': () => ({
    machine: (machine) => {
      machine.onCrash = (disk) => {
        const since = Date.now() + machine.skewMs - 1_500
        return without(disk, (db) => db.prepare('SELECT min(n) FROM events WHERE at > ?').pluck().get(since))
      }
    },
  }),
  'tail-lost-on-crash': () => ({
    machine: (machine) => {
      machine.onCrash = (disk) => without(disk, (db) => db.prepare('SELECT max(n) - 3 FROM events').pluck().get())
    },
  }),
  'epoch-ignored': () => ({ atBoot: (db, { name }) => (name === 'central' ? undefined : setMeta(db, 'epoch', '00000000')) }),
}
