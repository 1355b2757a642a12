import { randomBytes } from 'node:crypto'
import type { StoredEvent } from '#domain/event.ts'
import { chainStart, hashOf } from '#journal/chain.ts'
import { setMeta, type Sqlite } from './database.ts'

/** Where the chain of one of our origins and the peer's copy of it part: the peer has our events up to `common`, and others after it. */
export interface Fork {
  readonly origin: string
  readonly common: number
}

/** What `renewEpoch` did. */
export interface Renewal {
  readonly from: string
  readonly to: string
  /** Events that stood only here and now follow the new origin's first. */
  readonly moved: number
}

const forkKey = 'fork:'

/** Keeps what a peer said of a fork, so that `renewEpoch` knows which events stand only here. */
export function noteFork(db: Sqlite, { origin, common }: Fork): void {
  setMeta(db, `${forkKey}${origin}`, String(common))
}

/** The peer has this origin as we have it again: nothing is to be moved. */
export function forgetFork(db: Sqlite, origin: string): void {
  db.prepare('DELETE FROM meta WHERE key = ?').run(`${forkKey}${origin}`)
}

/** Forks that were found and not mended yet. */
export function forksOf(db: Sqlite): readonly Fork[] {
  const rows = db.prepare<[], { key: string; value: string }>(`SELECT key, value FROM meta WHERE key LIKE '${forkKey}%' ORDER BY key`).all()
  return rows.map(({ key, value }) => ({ origin: key.slice(forkKey.length), common: Number(value) }))
}

/**
 * Draws a new epoch, so that this database writes under an origin that no other copy of it uses. Events behind a known fork move under the
 * new origin, in their order and with their times: the peer takes them as new. Everything else stays, and is folded anew at the next start.
 */
export function renewEpoch(db: Sqlite, station: string, now: number, draw = () => randomBytes(4).toString('hex')): Renewal {
  return db.transaction(() => {
    const from = `${station}.${String(db.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).pluck().get())}`
    const epoch = draw()
    const to = `${station}.${epoch}`
    const tail = forksOf(db).flatMap(({ origin, common }) => takeTail(db, origin, common))
    const first = { origin: to, seq: 1, at: now, actor: 'system', type: 'epoch.renewed', version: 1, subject: to, data: JSON.stringify({ from, moved: tail.length }), prev: chainStart.hash }
    insert(db, [first, ...tail.map((event, index) => ({ ...event, origin: to, seq: index + 2 }))])
    setMeta(db, 'epoch', epoch)
    setMeta(db, 'renewed', epoch)
    db.prepare(`DELETE FROM meta WHERE key = 'views' OR key LIKE '${forkKey}%'`).run()
    return { from, to, moved: tail.length }
  })()
}

type Row = Omit<StoredEvent, 'prev' | 'hash'>

/** Takes the events after `common` out of an origin. */
function takeTail(db: Sqlite, origin: string, common: number): readonly Row[] {
  const taken = db.prepare<[string, number], Row>('SELECT origin, seq, at, actor, type, version, subject, data FROM events WHERE origin = ? AND seq > ? ORDER BY seq').all(origin, common)
  db.prepare('DELETE FROM events WHERE origin = ? AND seq > ?').run(origin, common)
  return taken
}

/** Stores events of one new origin, chained from its start. */
function insert(db: Sqlite, events: readonly Row[]): void {
  const add = db.prepare('INSERT INTO events (origin, seq, at, actor, type, version, subject, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  let prev = chainStart.hash
  for (const event of events) {
    const hash = hashOf({ ...event, prev })
    add.run(event.origin, event.seq, event.at, event.actor, event.type, event.version, event.subject, event.data, Buffer.from(hash, 'hex'))
    prev = hash
  }
}
