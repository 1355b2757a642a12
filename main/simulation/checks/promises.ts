import type { Sqlite } from '#journal/database.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'
import type { Ledger, Told } from '../office/ledger.ts'

const found: Readonly<Record<Told['kind'], string>> = {
  ticket: `SELECT count(DISTINCT subject) FROM events WHERE type = 'ticket.issued' AND subject = :id AND data ->> 'title' = :of`,
  // Told of again by the hub that took over, as above; the views of a central see its origins in any order.
  visit: `SELECT count(DISTINCT subject) FROM events WHERE type = 'ticket.finished' AND subject = :id`,
  dossier: `SELECT count(*) FROM events WHERE type = 'dossier.accepted' AND subject = :id`,
  payment: `SELECT count(*) FROM events WHERE type = 'payment.received' AND data ->> 'paymentId' = :id AND subject = :of`,
}

/** What people were told is done stands at central, once; nobody was called to two counters. */
export function checkPromises(world: World, { central }: Site, ledger: Ledger): void {
  const db = central.program?.journal.db
  if (!db) return
  for (const told of ledger.told) {
    if (ledger.isBurnt(told)) continue
    const times = countOf(db, told)
    if (times !== 1) world.violation(`${told.kind} ${told.id} was promised and is ${times} times at central`)
  }
  checkCalls(world, db, ledger)
  checkMoney(world, db)
}

const countOf = (db: Sqlite, { kind, id, of }: Told): number => Number(db.prepare(found[kind]).pluck().get({ id, of }))

/** A citizen goes to one counter, and to one more each time the ticket was put back into the queue. */
function checkCalls(world: World, db: Sqlite, ledger: Ledger): void {
  const counters = new Map<string, Set<number>>()
  for (const call of ledger.calls) {
    if (ledger.isBurnt(call) || ledger.isUnheard(call.ticketId)) continue
    counters.set(call.ticketId, (counters.get(call.ticketId) ?? new Set()).add(call.counter))
  }
  const putBack = db.prepare(`SELECT count(*) FROM events WHERE type = 'ticket.requeued' AND subject = ?`).pluck()
  for (const [ticketId, { size }] of counters) {
    if (size > 1 && size > 1 + Number(putBack.get(ticketId))) world.violation(`citizen ${ticketId} was called to two counters`)
  }
}

/** Central's view of a dossier holds its money once. */
function checkMoney(world: World, db: Sqlite): void {
  const wrong = db.prepare('SELECT code FROM v_dossiers WHERE paid > fee_total').pluck().all()
  for (const code of wrong) world.violation(`dossier ${String(code)} was paid more than it costs`)
}
