import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoOffice, DemoStation } from './office.ts'

/** Events of one origin in each place that must hold them. */
export interface Held {
  readonly station: number
  readonly hub: number
  readonly central: number
}

/** What the journals and central say after the day: counted from what is stored, not from what the demo did. */
export interface Tally {
  readonly tickets: number
  readonly calls: number
  readonly dossiers: number
  readonly payments: { readonly cash: number; readonly vietqr: number; readonly total: number }
  readonly ratings: number
  readonly prints: { readonly printed: number; readonly reprinted: number; readonly unknown: number }
  readonly events: Readonly<Record<string, Held>>
  readonly duplicates: { readonly ticketNumbers: number; readonly dossierCodes: number; readonly events: number }
  /** Events acknowledged by a station that the hub or central does not hold. */
  readonly lost: number
}

interface CentralOrigin {
  readonly origin: string
  /** Rows that are really in central's table. */
  readonly stored: number
}

/** Reads every journal of the office (stations stopped or running) and central's own count. */
export async function tally(office: DemoOffice): Promise<Tally> {
  const stations = Object.values(office.stations)
  const hub = openJournal(office.stations.hub)
  const own = stations.map((station) => {
    const db = openJournal(station)
    const [origin = ''] = originsOf(db).filter((one) => one.startsWith(`${station.name}.`))
    const count = countOf(db, origin)
    db.close()
    return { origin, count }
  })
  const central = await centralOrigins(office)
  const events = Object.fromEntries(
    own.map(({ origin, count }): [string, Held] => [origin, { station: count, hub: countOf(hub, origin), central: central.find((one) => one.origin === origin)?.stored ?? 0 }]),
  )
  const result = { ...figures(hub), events, lost: Object.values(events).reduce((sum, held) => sum + 2 * held.station - held.hub - held.central, 0) }
  hub.close()
  return result
}

/** Central's summary of an office through its API. */
async function centralOrigins({ central, key }: DemoOffice): Promise<readonly CentralOrigin[]> {
  const response = await fetch(`${central.ready.url}/api/v1/origins`, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok) throw new Error(`central /api/v1/origins: ${response.status}`)
  return (await response.json()) as readonly CentralOrigin[]
}

function openJournal(station: DemoStation): Database.Database {
  const file = [join(station.data, 'journal.db'), join(station.data, 'sample', 'journal.db')].find((one) => existsSync(one))
  return new Database(file ?? '', { readonly: true, fileMustExist: true })
}

const originsOf = (db: Database.Database) => db.prepare('SELECT DISTINCT origin FROM events').pluck().all() as string[]
const countOf = (db: Database.Database, origin: string) => Number(db.prepare('SELECT count(*) FROM events WHERE origin = ?').pluck().get(origin))

/** The hub holds every event of the office: the day's figures come straight from its events, not from the views. */
function figures(db: Database.Database): Omit<Tally, 'events' | 'lost'> {
  const one = (sql: string) => Number(db.prepare(sql).pluck().get() ?? 0)
  const received = (method: string) => `SELECT count(*) FROM events WHERE type = 'payment.received' AND data ->> 'method' = '${method}'`
  const ended = (outcome: string) => `SELECT count(*) FROM events WHERE type = 'print.ended' AND data ->> 'outcome' IN (${outcome})`
  return {
    tickets: one(`SELECT count(*) FROM events WHERE type = 'ticket.issued'`),
    calls: one(`SELECT count(*) FROM events WHERE type = 'ticket.called'`),
    dossiers: one(`SELECT count(*) FROM events WHERE type = 'dossier.accepted'`),
    payments: {
      cash: one(received('cash')),
      vietqr: one(received('vietqr')),
      total: one(`SELECT sum(data ->> 'amount') FROM events WHERE type = 'payment.received'`),
    },
    ratings: one(`SELECT count(*) FROM events WHERE type = 'rating.given'`),
    prints: {
      printed: one(ended(`'printed', 'sent'`)),
      reprinted: one(`SELECT count(*) FROM events WHERE type = 'print.resolved' AND data ->> 'as' = 'reprinted'`),
      unknown: one(ended(`'unknown'`)),
    },
    duplicates: {
      ticketNumbers: one(`SELECT count(*) - count(DISTINCT (data ->> 'day') || (data ->> 'number')) FROM events WHERE type = 'ticket.issued'`),
      dossierCodes: one(`SELECT count(*) - count(DISTINCT subject) FROM events WHERE type = 'dossier.accepted'`),
      events: one('SELECT count(*) - count(DISTINCT origin || seq) FROM events'),
    },
  }
}
