import Database from 'better-sqlite3'
import { migrations } from './migrations.ts'

export type Sqlite = Database.Database

/** Read access only: `prepare` of statements that return rows. A view query cannot be handed write access. */
export type SqliteReader = Pick<Sqlite, 'prepare'> & { readonly readonlyBrand?: never }

/** SQLite before this can corrupt a WAL on reset (fixed upstream in 3.51.3). */
const oldestSqlite = [3, 51, 3]

/** Enough for the pages that a day writes to; more makes every commit dearer (SQLite walks the slots of the cache when the file grew). */
const cacheKib = 8 * 1024

/** Opens (or makes) the station's database with the durability that an acknowledgement needs; a Buffer is a database's bytes, opened in memory. Throws when SQLite is too old. */
export function openDatabase(file: string | Buffer): Sqlite {
  const db = new Database(file, { timeout: 3_000 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // A page that every commit touches goes back to the file once in 16 MB of log, not once in 4.
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma(`cache_size = -${cacheKib}`)
  assertSqlite(db)
  migrate(db)
  return db
}

function assertSqlite(db: Sqlite): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  for (const [index, least] of oldestSqlite.entries()) {
    const have = parts[index] ?? 0
    if (have > least) return
    if (have < least) throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}: its WAL reset can corrupt the journal`)
  }
}

function migrate(db: Sqlite): void {
  const have = Number(db.pragma('user_version', { simple: true }))
  if (have > migrations.length) throw new Error(`journal.db was written by a newer version (schema ${have}); install that version`)
  migrations.slice(have).forEach((sql, index) => {
    db.transaction(() => {
      db.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID')
      db.exec(sql)
      db.pragma(`user_version = ${have + index + 1}`)
    })()
  })
}

/** Reads or sets a value of `meta`. */
export function meta(db: Sqlite, key: string, fallback: () => string): string {
  const found = metaOf(db).get.get(key)
  if (typeof found === 'string') return found
  const value = fallback()
  setMeta(db, key, value)
  return value
}

/** Sets a value of `meta`. */
export function setMeta(db: Sqlite, key: string, value: string): void {
  metaOf(db).set.run(key, value)
}

/** Statements of `meta`, prepared once a database: some values are asked for each second. */
const metas = new WeakMap<Sqlite, ReturnType<typeof prepareMeta>>()

function metaOf(db: Sqlite) {
  const known = metas.get(db) ?? prepareMeta(db)
  metas.set(db, known)
  return known
}

function prepareMeta(db: Sqlite) {
  return {
    get: db.prepare<[string]>('SELECT value FROM meta WHERE key = ?').pluck(),
    set: db.prepare<[string, string]>('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'),
  }
}

/** A full or failing disk: nothing is known of what was to be written. */
export function isDiskFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(IOERR|FULL)/.test(String(error.code))
}
