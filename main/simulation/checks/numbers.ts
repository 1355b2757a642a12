import type { Sqlite } from '#journal/database.ts'
import type { Ledger } from '../office/ledger.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'

const twice = {
  // Of one ticket there may be two events: a hub that took over learnt of it from a station, and the old hub's own came back.
  'ticket number': `SELECT data ->> 'day' || ' ' || (data ->> 'number') AS what FROM events WHERE type = 'ticket.issued' GROUP BY what HAVING count(DISTINCT subject) > 1`,
  'ticket of one press': `SELECT data ->> 'title' AS what FROM events WHERE type = 'ticket.issued' GROUP BY what HAVING count(DISTINCT subject) > 1`,
  'dossier code': `SELECT subject AS what FROM events WHERE type = 'dossier.accepted' GROUP BY what HAVING count(*) > 1`,
  'dossier of one press': `SELECT data -> 'papers' -> 0 ->> 'name' AS what FROM events WHERE type = 'dossier.accepted' GROUP BY what HAVING count(*) > 1`,
  payment: `SELECT data ->> 'paymentId' AS what FROM events WHERE type = 'payment.received' GROUP BY what HAVING count(*) > 1`,
  'payment of one dossier': `SELECT subject AS what FROM events WHERE type = 'payment.received' GROUP BY what HAVING count(*) > 1`,
  // The same counter may call again what it was told of without hearing the answer.
  'counter of one citizen': `SELECT subject AS what FROM events WHERE type IN ('ticket.called', 'ticket.requeued')
    GROUP BY what HAVING count(DISTINCT data ->> 'counter') > 1 + sum(type = 'ticket.requeued')`,
  'lease of one number': `SELECT a.data ->> 'day' || ' ' || (a.data ->> 'from') AS what FROM events a JOIN events b ON a.type = 'codes.leased' AND b.type = a.type
    AND b.n > a.n AND a.data ->> 'station' <> '' AND b.data ->> 'station' <> '' AND a.data ->> 'day' = b.data ->> 'day' AND a.data ->> 'from' <= b.data ->> 'to' AND b.data ->> 'from' <= a.data ->> 'to'`,
} as const

/** In all that central knows, nothing that is given once was given twice. */
export function checkNumbers(world: World, { central }: Site, ledger: Ledger): void {
  const db = central.program?.journal.db
  if (!db) return
  for (const [what, sql] of Object.entries(twice)) for (const one of listOf(db, sql)) if (!ledger.isUnheard(one)) world.violation(`${what} twice: ${one}`)
}

const listOf = (db: Sqlite, sql: string): readonly string[] => db.prepare<[], string>(sql).pluck().all()
