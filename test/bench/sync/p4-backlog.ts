import { lanLoad, wanLoad, type Load } from '#sync/protocol/messages.ts'
import { postgresMissing, startCluster } from '../../scenarios/sync-support/postgres.ts'
import { row, type Row } from '../figure.ts'
import { inScratch } from '../scratch.ts'
import { drain } from './drain.ts'
import { agency } from './office-weeks.ts'
import { pouchRate } from './pouch.ts'
import { centralReceiver, enrolled, hubReceiver, place, type Receiver } from './processes.ts'
import { weeks } from './weeks.ts'

/** Enough that PouchDB's rate is steady; all 350,000 would take it a minute. */
const pouchEvents = 60_000

/** P4: 350k events of backlog to a hub, to central on PostgreSQL and on PGlite, and PouchDB with the same events beside it. */
export async function backlogs(): Promise<readonly Row[]> {
  const { source, events } = weeks()
  const missing = postgresMissing()
  if (missing) throw new Error(`P4 needs PostgreSQL: ${missing}`)
  const hub = await inScratch(async (dir) => timed(await hubReceiver(dir), lanLoad))
  // Between the two that are held against it: on a machine with other work the load drifts.
  const pouch = await pouchRate(source, pouchEvents)
  const postgres = await onPostgres()
  const pglite = await inScratch((dir) => central(place(dir)))
  const peer = (seconds: number) => `(${Math.round(events / seconds)} ÷ ${Math.round(pouch)} events/s)`
  return [
    row('P4.hub', '350k events of backlog: station → hub, journal and views', hub, 's', { atMost: 6 }),
    row('P4.postgresql', 'the same: hub → central on PostgreSQL 15', postgres, 's', { atMost: 10 }),
    row('P4.pglite', 'the same: hub → central on PGlite, held to PostgreSQL\'s target', pglite, 's', { atMost: 10 }),
    row('P4.ratio', `hub ÷ tuned PouchDB → express-pouchdb ${peer(hub)}`, events / hub / pouch, '×', { atLeast: 8 }),
    row('P4.ratio.postgresql', `PostgreSQL ÷ the same ${peer(postgres)}`, events / postgres / pouch, '×', { atLeast: 8 }),
  ]
}

async function onPostgres(): Promise<number> {
  const cluster = await startCluster()
  try {
    const url = await cluster.database()
    return await inScratch((dir) => central(place(dir, url)))
  } finally {
    cluster.stop()
  }
}

async function central(at: readonly string[]): Promise<number> {
  const key = await enrolled(agency, at)
  return timed({ key, ...(await centralReceiver(at)) }, wanLoad)
}

async function timed(receiver: Receiver, load: Load): Promise<number> {
  try {
    return await drain(weeks().source, receiver, load)
  } finally {
    await receiver.stop()
  }
}
