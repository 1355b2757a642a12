import { setTimeout as sleep } from 'node:timers/promises'
import type { StoredEvent } from '#domain/event.ts'
import { startMark, type Mark, type Refusal } from '#sync/protocol/messages.ts'
import { StaleMarkError, type ReplicaStore } from '#sync/protocol/receive.ts'
import type { Database, Queryable, Transaction } from './database/port.ts'
import { eventRow } from './database/copy-text.ts'
import { getMeta } from './migrate.ts'
import { tellOf, withdrawSettled } from './downstream/quarantine.ts'
import { apply } from './projection/apply.ts'
import { fold } from './projection/fold.ts'

/** Any fixed number, for the locks of this purpose. */
const intakeLock = 7_240

/** The events of one office. Any number of processes may append to the same office: the row of the origin decides who is next. */
export function officeStore(db: Database, office: string, now: () => number): ReplicaStore {
  return {
    async epoch() {
      return (await getMeta(db, 'epoch')) ?? ''
    },
    mark: (origin) => markOf(db, office, origin),
    async hashAt(origin, seq) {
      const sql = `SELECT encode(hash, 'hex') AS hash FROM events WHERE office = $1 AND origin = $2 AND seq = $3::bigint`
      const rows = await db.query<{ hash: string }>(sql, [office, origin, seq])
      return rows[0]?.hash ?? null
    },
    after: (origin, seq, limit) => eventsAfter(db, office, origin, seq, limit),
    async append(events) {
      const first = events[0]
      if (!first) return
      const changes = fold(events)
      await db.transaction(async (tx) => {
        // What its origins say of one ticket or dossier is written in turn: two at once would wait for each other's rows.
        await tx.query('SELECT pg_advisory_xact_lock($1::int, hashtext($2))', [intakeLock, office])
        if (!(await advance(tx, office, events, now()))) throw new StaleMarkError(first.origin)
        await insert(tx, office, events)
        const aside = await apply(tx, office, first.origin, changes)
        await tellOf(tx, aside.map((one) => ({ ...one, office, origin: first.origin, subject: events[one.seq - first.seq]?.subject ?? '' })), now())
        const settled = events.filter(({ type }) => type === 'quarantine.settled').map(({ subject }) => subject)
        await withdrawSettled(tx, office, [...settled, ...aside.map(({ seq }) => `${first.origin}#${seq}`)], now())
      })
    },
    arrived: (origin, seq) => arrived(db, office, origin, seq),
  }
}

async function markOf(db: Queryable, office: string, origin: string): Promise<Mark | null> {
  const rows = await db.query<Mark>('SELECT seq, hash FROM origins WHERE office = $1 AND origin = $2', [office, origin])
  return rows[0] ?? null
}

async function eventsAfter(db: Queryable, office: string, origin: string, seq: number, limit: number): Promise<readonly StoredEvent[]> {
  const sql = `SELECT seq, at, actor, type, version, subject, data, encode(hash, 'hex') AS hash FROM events WHERE office = $1 AND origin = $2 AND seq >= $3::bigint ORDER BY seq LIMIT $4`
  const rows = await db.query<Omit<StoredEvent, 'prev' | 'origin'>>(sql, [office, origin, seq, limit + 1])
  const events = rows.map((row, index): StoredEvent => ({ ...row, origin, prev: rows[index - 1]?.hash ?? startMark.hash }))
  // The one at the mark only says what comes before the next.
  return seq === 0 ? events.slice(0, limit) : events.slice(1)
}

/** Longest wait for the request before this one, and between two looks, ms: another process may be storing it. */
const [longestWait, look] = [2_000, 10]

async function arrived(db: Queryable, office: string, origin: string, seq: number): Promise<void> {
  for (const end = performance.now() + longestWait; performance.now() < end; await sleep(look)) {
    if (((await markOf(db, office, origin))?.seq ?? 0) >= seq) return
  }
}

/**
 * Moves the origin's mark from before the first of `events` to the last, and locks it until the transaction ends. Answers
 * false when the mark isn't there: another process was quicker.
 */
async function advance(tx: Queryable, office: string, events: readonly StoredEvent[], now: number): Promise<boolean> {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return true
  const newest = events.reduce((most, event) => Math.max(most, event.at), 0)
  if (first.seq === 1) {
    const added = await tx.query(
      `INSERT INTO origins (office, origin, seq, hash, newest_at, received_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [office, first.origin, last.seq, last.hash, newest, now],
    )
    return added.length === 1
  }
  const moved = await tx.query(
    `UPDATE origins SET seq = $5, hash = $6, newest_at = greatest(newest_at, $7), received_at = $8
     WHERE office = $1 AND origin = $2 AND seq = $3 AND hash = $4 RETURNING 1`,
    [office, first.origin, first.seq - 1, first.prev, last.seq, last.hash, newest, now],
  )
  return moved.length === 1
}

async function insert(tx: Transaction, office: string, events: readonly StoredEvent[]): Promise<void> {
  await tx.copyIn('events (office, origin, seq, at, actor, type, version, subject, data, hash)', events.map((event) => eventRow(office, event)).join(''))
}

/** Remembers that origins were refused, for the page: gaps mend themselves and are left out. */
export async function noteRefusals(db: Database, office: string, refusals: readonly Refusal[], now: number): Promise<void> {
  const notes = new Map(refusals.filter(({ origin, code }) => origin !== undefined && code !== 'gap').map(({ origin = '', code }) => [`${origin} ${code}`, [origin, code] as const]))
  if (notes.size === 0) return
  const [origins, codes] = [0, 1].map((n) => [...notes.values()].map((one) => one[n] ?? ''))
  await db.query(
    `INSERT INTO refusals (office, origin, code, first_at, last_at) SELECT $1, origin, code, $4, $4 FROM unnest($2::text[], $3::text[]) u(origin, code) ORDER BY origin, code
     ON CONFLICT (office, origin, code) DO UPDATE SET last_at = excluded.last_at`,
    [office, origins ?? [], codes ?? [], now],
  )
}
