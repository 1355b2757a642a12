import type { Database } from './database/port.ts'
import { isOpen } from './downstream/quarantine.ts'
import { vietnamDay } from './vietnam-time.ts'

/** One office as province sees it. Times epoch ms, money đồng, `today` in Vietnam. */
export interface OfficeSummary {
  readonly office: string
  readonly name: string
  readonly revoked: boolean
  readonly enrolledAt: number
  readonly origins: number
  readonly events: number
  /** Time of the newest event by the office's clock. */
  readonly newestAt: number | null
  /** How long after it happened the newest event arrived, ms, never below 0. */
  readonly lagMs: number | null
  readonly lastContact: number | null
  readonly tickets: number
  readonly ticketsToday: number
  readonly dossiers: number
  readonly dossiersToday: number
  readonly paid: number
  readonly paidToday: number
  readonly ratings: number
  readonly quarantined: number
  readonly refusals: readonly RefusalNote[]
}

/** An origin that was refused, and since when. */
export interface RefusalNote {
  readonly origin: string
  readonly code: string
  readonly firstAt: number
  readonly lastAt: number
}

export interface Summary {
  readonly at: number
  readonly offices: readonly OfficeSummary[]
}

/** One origin's mark. */
export interface OriginSummary {
  readonly office: string
  readonly origin: string
  readonly seq: number
  readonly hash: string
  /** Rows that are really there: equal to `seq`, or something is lost. */
  readonly stored: number
  readonly newestAt: number
  readonly receivedAt: number
}

interface Row extends Omit<OfficeSummary, 'refusals' | 'lagMs'> {
  readonly receivedAt: number | null
}

/** Sums per office; `office` null for all of them. */
export async function summarise(db: Database, office: string | null, now: number): Promise<Summary> {
  const rows = await db.query<Row>(sumsSql, [office, vietnamDay(now)])
  const notes = await db.query<RefusalNote & { office: string }>(refusalsSql, [office, now])
  const offices = rows.map(({ receivedAt, ...row }) => ({
    ...row,
    lagMs: receivedAt === null || row.newestAt === null ? null : Math.max(0, receivedAt - row.newestAt),
    refusals: notes.filter((note) => note.office === row.office).map(({ origin, code, firstAt, lastAt }) => ({ origin, code, firstAt, lastAt })),
  }))
  return { at: now, offices }
}

/** Every origin's mark; `office` null for all. */
export async function originsOf(db: Database, office: string | null): Promise<readonly OriginSummary[]> {
  return db.query<OriginSummary>(
    `SELECT o.office, o.origin, o.seq, o.hash, o.newest_at AS "newestAt", o.received_at AS "receivedAt",
       (SELECT count(*) FROM events e WHERE e.office = o.office AND e.origin = o.origin) AS stored
     FROM origins o WHERE $1::text IS NULL OR o.office = $1 ORDER BY o.office, o.origin`,
    [office],
  )
}

/** `events` is the sum of the marks: an origin's numbers have no gaps. */
const sumsSql = `
SELECT f.office, f.name, f.revoked_at IS NOT NULL AS revoked, f.enrolled_at AS "enrolledAt", f.last_contact AS "lastContact",
  o.origins, o.events, o.newest_at AS "newestAt", o.received_at AS "receivedAt",
  t.n AS tickets, t.today AS "ticketsToday", d.n AS dossiers, d.today AS "dossiersToday", p.n AS paid, p.today AS "paidToday",
  (SELECT count(*) FROM ratings r WHERE r.office = f.office) AS ratings,
  (SELECT count(*) FROM quarantine q WHERE q.office = f.office AND ${isOpen('q')}) AS quarantined
FROM offices f
CROSS JOIN LATERAL (
  SELECT count(*) AS origins, coalesce(sum(seq), 0)::bigint AS events, max(newest_at) AS newest_at,
    (array_agg(received_at ORDER BY newest_at DESC))[1] AS received_at
  FROM origins WHERE office = f.office) o
CROSS JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE day = $2) AS today FROM tickets WHERE office = f.office) t
CROSS JOIN LATERAL (SELECT count(procedure) AS n, count(*) FILTER (WHERE day = $2) AS today FROM dossiers WHERE office = f.office) d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount), 0)::bigint AS n, coalesce(sum(amount) FILTER (WHERE day = $2), 0)::bigint AS today
  FROM payments WHERE office = f.office AND state = 'received') p
WHERE $1::text IS NULL OR f.office = $1
ORDER BY f.office`

/** Those of the last day whose origin hasn't got further since: the latest of each office, so that one with many hides no other's. */
const refusalsSql = `
SELECT office, origin, code, first_at AS "firstAt", last_at AS "lastAt" FROM (
  SELECT r.*, row_number() OVER (PARTITION BY r.office ORDER BY r.last_at DESC, r.origin) AS place
  FROM refusals r LEFT JOIN origins o ON o.office = r.office AND o.origin = r.origin
  WHERE ($1::text IS NULL OR r.office = $1) AND r.last_at > $2::bigint - 86400000 AND (o.received_at IS NULL OR r.last_at >= o.received_at)) latest
WHERE place <= 10
ORDER BY last_at DESC`
