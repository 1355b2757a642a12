import type { Queryable } from '../database/port.ts'
import { noteDue } from '../foreign/due.ts'
import { vietnamDay } from '../vietnam-time.ts'
import type { Changes, DossierChange, PaymentChange, Quarantined, QuarantineReason, RatingChange, TicketChange } from './fold.ts'

/**
 * Writes what `fold` found, inside the transaction that stores the events. Origins of one office arrive in any order, so every
 * write keeps what others said: the first call stays the first, a received payment stays received, a dossier may be paid before it is known.
 * Rows are written in the order of their keys, so that two writers seldom deadlock. Answers what went into quarantine.
 */
export async function apply(tx: Queryable, office: string, origin: string, changes: Changes): Promise<readonly Quarantined[]> {
  const foreign = [...changes.dossiers].filter(([code]) => isForeign(code, office))
  const dossiers = sorted(changes.dossiers).filter(([code]) => !isForeign(code, office))
  if (changes.tickets.size > 0) await applyTickets(tx, office, origin, sorted(changes.tickets))
  const stored = dossiers.length > 0 ? await applyDossiers(tx, office, origin, dossiers) : new Set<string>()
  if (changes.payments.size > 0) await applyPayments(tx, office, sorted(changes.payments))
  await noteDue(tx, office, [...dossiers.map(([code]) => code), ...[...changes.payments.values()].map(({ code }) => code)])
  if (changes.ratings.size > 0) await applyRatings(tx, office, sorted(changes.ratings))
  const duplicates = dossiers.filter(([code]) => !stored.has(code))
  const quarantined = [...changes.quarantined, ...asides(foreign, 'another-office'), ...asides(duplicates, 'duplicate')]
  if (quarantined.length > 0) await putAside(tx, office, origin, quarantined)
  return quarantined
}

const asides = (rows: Rows<DossierChange>, reason: QuarantineReason): readonly Quarantined[] => rows.map(([, { seq }]) => ({ seq, type: 'dossier.accepted', reason }))

/** A dossier code begins with the code of the agency that gave it (TT 03/2025/TT-VPCP). */
function isForeign(code: string, office: string): boolean {
  const agency = /^([A-Z]\d{2}(?:\.\d{2,3}){0,4})-/.exec(code)?.[1]
  return agency !== undefined && agency !== office
}

/** Puts events aside that count nowhere. */
async function putAside(tx: Queryable, office: string, origin: string, quarantined: readonly Quarantined[]): Promise<void> {
  await tx.query(
    `INSERT INTO quarantine (office, origin, seq, type, reason)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
    [office, origin, quarantined.map((one) => one.seq), quarantined.map((one) => one.type), quarantined.map((one) => one.reason)],
  )
}

type Rows<T> = readonly (readonly [key: string, change: T])[]

function sorted<T>(changes: ReadonlyMap<string, T>): Rows<T> {
  return [...changes].sort(([a], [b]) => (a < b ? -1 : 1))
}

const keys = <T>(rows: Rows<T>): string[] => rows.map(([key]) => key)

/** One column, undefined as SQL null. */
function column<T, V extends string | number>(rows: Rows<T>, pick: (change: T) => V | null | undefined): (V | null)[] {
  return rows.map(([, change]) => pick(change) ?? null)
}

/** Sets columns when what the origin says now stands: it is the one that spoke last, or its event is the `later` one. */
function newest(what: 'state' | 'clerk', columns: readonly string[], later: (row: 't' | 'excluded') => string): string {
  const stands = `coalesce(t.${what}_origin = excluded.${what}_origin OR ${later('excluded')} > ${later('t')}, t.${what}_at IS NULL)`
  return columns.map((one) => `${one} = CASE WHEN ${stands} THEN excluded.${one} ELSE t.${one} END`).join(', ')
}

/**
 * A ticket's events come from several origins when a hub is taken over, or a counter went on alone. Which of them arrives first must make no difference, or
 * tables folded anew would differ from these.
 */
async function applyTickets(tx: Queryable, office: string, origin: string, rows: Rows<TicketChange>): Promise<void> {
  await tx.query(
    `INSERT INTO tickets AS t (office, id, number, day, service, procedure, priority, issued_at, called_at, started_at, state, ended_at, state_at, state_origin, counter, staff, clerk_at, clerk_origin)
     SELECT $1, id, number, day, service, procedure, priority, issued_at, called_at, started_at, state, ended_at, state_at, CASE WHEN state_at IS NOT NULL THEN $2 END, counter, staff, clerk_at, CASE WHEN clerk_at IS NOT NULL THEN $2 END
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[], $17::bigint[])
       AS u(id, number, day, service, procedure, priority, issued_at, called_at, started_at, state, ended_at, state_at, counter, staff, clerk_at)
     ON CONFLICT (office, id) DO UPDATE SET
       number = coalesce(t.number, excluded.number), day = coalesce(t.day, excluded.day), service = coalesce(t.service, excluded.service),
       procedure = coalesce(t.procedure, excluded.procedure), priority = coalesce(t.priority, excluded.priority), issued_at = coalesce(t.issued_at, excluded.issued_at),
       called_at = least(t.called_at, excluded.called_at), started_at = least(t.started_at, excluded.started_at),
       ${newest('state', ['state', 'ended_at', 'state_at', 'state_origin'], (row) => `(${row}.state IS NOT DISTINCT FROM 'done', ${row}.state_at, ${row}.state_origin)`)},
       ${newest('clerk', ['counter', 'staff', 'clerk_at', 'clerk_origin'], (row) => `(${row}.clerk_at, ${row}.clerk_origin)`)}`,
    [
      office,
      origin,
      keys(rows),
      column(rows, (change) => change.number),
      column(rows, (change) => change.day),
      column(rows, (change) => change.service),
      column(rows, (change) => change.procedure),
      column(rows, (change) => change.priority),
      column(rows, (change) => change.issuedAt),
      column(rows, (change) => change.calledAt),
      column(rows, (change) => change.startedAt),
      column(rows, (change) => change.state),
      column(rows, (change) => change.endedAt),
      column(rows, (change) => change.stateAt),
      column(rows, (change) => change.counter),
      column(rows, (change) => change.staff),
      column(rows, (change) => change.clerkAt),
    ],
  )
}

/** National status 2: "Được tiếp nhận" (domain.md 1.4). */
export const acceptedStatus = 2

/** Answers the codes that were stored; one that is a dossier already stays what it is. */
async function applyDossiers(tx: Queryable, office: string, origin: string, rows: Rows<DossierChange>): Promise<ReadonlySet<string>> {
  const stored = await tx.query<{ code: string }>(
    `INSERT INTO dossiers AS d (office, code, procedure, procedure_name, field, channel, received_at, day, due_at, fee, counter, staff, ticket, seq, status, origin)
     SELECT $1, u.*, $15::bigint, $16 FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::bigint[]) u
     ON CONFLICT (office, code) DO UPDATE SET
       procedure = excluded.procedure, procedure_name = excluded.procedure_name, field = excluded.field, channel = excluded.channel,
       received_at = excluded.received_at, day = excluded.day, due_at = excluded.due_at, fee = excluded.fee, counter = excluded.counter,
       staff = excluded.staff, ticket = excluded.ticket, seq = excluded.seq, status = coalesce(d.status, excluded.status), origin = excluded.origin
     WHERE d.origin IS NULL
     RETURNING code`,
    [
      office,
      keys(rows),
      column(rows, (change) => change.procedure),
      column(rows, (change) => change.procedureName),
      column(rows, (change) => change.field),
      column(rows, (change) => change.channel),
      column(rows, (change) => change.receivedAt),
      column(rows, (change) => vietnamDay(change.receivedAt)),
      column(rows, (change) => change.dueAt),
      column(rows, (change) => change.fee),
      column(rows, (change) => change.counter),
      column(rows, (change) => change.staff),
      column(rows, (change) => change.ticketId),
      column(rows, (change) => change.seq),
      acceptedStatus,
      origin,
    ],
  )
  return new Set(stored.map(({ code }) => code))
}

/** A payment turns `received` once; only that moment adds to what its dossier has been paid. */
async function applyPayments(tx: Queryable, office: string, rows: Rows<PaymentChange>): Promise<void> {
  await tx.query(
    `WITH changed AS (
       INSERT INTO payments AS p (office, id, code, state, method, amount, received_at, day, staff)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[], $9::text[])
       ON CONFLICT (office, id) DO UPDATE SET
         state = CASE WHEN p.state IN ('unknown', 'cancelled') AND excluded.state = 'requested' THEN p.state ELSE excluded.state END,
         method = coalesce(excluded.method, p.method), amount = coalesce(excluded.amount, p.amount),
         received_at = excluded.received_at, day = excluded.day, staff = coalesce(excluded.staff, p.staff)
       WHERE p.state <> 'received'
       RETURNING p.code, p.state, p.amount
     )
     INSERT INTO dossiers AS d (office, code, paid)
     SELECT $1, code, sum(amount)::bigint FROM changed WHERE state = 'received' GROUP BY code ORDER BY code
     ON CONFLICT (office, code) DO UPDATE SET paid = d.paid + excluded.paid`,
    [
      office,
      keys(rows),
      column(rows, (change) => change.code),
      column(rows, (change) => change.state),
      column(rows, (change) => change.method),
      column(rows, (change) => change.amount),
      column(rows, (change) => change.receivedAt),
      column(rows, (change) => (change.receivedAt === null ? null : vietnamDay(change.receivedAt))),
      column(rows, (change) => change.staff),
    ],
  )
}

async function applyRatings(tx: Queryable, office: string, rows: Rows<RatingChange>): Promise<void> {
  await tx.query(
    `INSERT INTO ratings (office, ticket, counter, staff, score, at, day)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[]) ON CONFLICT DO NOTHING`,
    [
      office,
      keys(rows),
      column(rows, (change) => change.counter),
      column(rows, (change) => change.staff),
      column(rows, (change) => change.score),
      column(rows, (change) => change.at),
      column(rows, (change) => vietnamDay(change.at)),
    ],
  )
}
