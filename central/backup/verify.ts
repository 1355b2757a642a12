import { firstPrev, type StoredEvent } from '#domain/event.ts'
import { hashOf } from '#journal/chain.ts'
import type { Queryable } from '../database/port.ts'
import { foldedNow, type Folded } from './format.ts'

const page = 5_000
/** Enough to see what is wrong. */
const mostProblems = 20

/** Computes every hash of every chain again, and compares what the folded tables hold with what they held when the backup was made (null: unknown). */
export async function verifyDatabase(db: Queryable, foldedThen: Folded | null): Promise<readonly string[]> {
  const problems: string[] = []
  const origins = await db.query<Place>('SELECT office, origin, seq, hash FROM origins ORDER BY office, origin')
  for (const place of origins) {
    const problem = await brokenAt(db, place)
    if (problem) problems.push(`${place.office} ${place.origin}: ${problem}`)
    if (problems.length === mostProblems) return problems
  }
  const [stray] = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM events e WHERE NOT EXISTS (SELECT FROM origins o WHERE o.office = e.office AND o.origin = e.origin)')
  if (stray?.n) problems.push(`${stray.n} events of origins that are not listed`)
  const foldedHere = await foldedNow(db)
  for (const [table, digest] of Object.entries(foldedThen ?? {})) {
    if (foldedHere[table] !== digest) problems.push(`${table}: held ${digest}, folded from the events ${foldedHere[table]}`)
  }
  return problems
}

interface Place {
  readonly office: string
  readonly origin: string
  readonly seq: number
  readonly hash: string
}

async function brokenAt(db: Queryable, { office, origin, seq: last, hash }: Place): Promise<string | null> {
  let [seq, prev] = [0, firstPrev]
  for (;;) {
    const events = await db.query<StoredEvent>(
      `SELECT origin, seq, at, actor, type, version, subject, data, encode(hash, 'hex') AS hash FROM events
       WHERE office = $1 AND origin = $2 AND seq > $3::bigint ORDER BY seq LIMIT ${page}`,
      [office, origin, seq],
    )
    for (const event of events) {
      if (event.seq !== seq + 1) return `#${seq + 1} is missing`
      if (hashOf({ ...event, prev }) !== event.hash) return `#${event.seq} is not what was written`
      ;[seq, prev] = [event.seq, event.hash]
    }
    if (events.length < page) return seq === last && prev === hash ? null : `ends at #${seq}, its mark is #${last}`
  }
}
