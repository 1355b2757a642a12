import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { StoredEvent } from '#domain/event.ts'
import { eventRow } from '#central/database/copy-text.ts'
import { peerClient } from '#sync/http-client.ts'
import { compress } from '#sync/protocol/encoding.ts'
import { eventsPath, ourVersions, wanLoad, type Mark } from '#sync/protocol/messages.ts'
import { nextBatches } from '#sync/push-plan.ts'
import { startCluster } from '../../scenarios/sync-support/postgres.ts'
import { row, type Row } from '../figure.ts'
import { inScratch } from '../scratch.ts'
import { writeWeeks } from './office-weeks.ts'
import { centralReceiver, enrolled, place } from './processes.ts'
import { backlog } from './weeks.ts'

/** Offices that send at the same moment. */
const offices = ['H15.50.05.13', 'H15.50.05.14', 'H15.50.05.15', 'H15.50.05.16']

/** What one office sends, packed beforehand: other machines do that. */
interface Sending {
  readonly office: string
  readonly events: number
  readonly bodies: readonly Buffer[]
  /** The same events as they are. */
  readonly rows: readonly (readonly StoredEvent[])[]
}

/** P6: events a second that one central process takes in from four offices, PostgreSQL on the same cores, against a bare COPY of the same rows. */
export async function central(): Promise<readonly Row[]> {
  const sendings: Sending[] = []
  for (const office of offices) sendings.push(await inScratch((dir) => packed(dir, office)))
  const total = sendings.reduce((sum, { events }) => sum + events, 0)
  const cluster = await startCluster()
  try {
    const raw = total / (await rawCopy(await cluster.database(), sendings))
    const url = await cluster.database()
    const rate = total / (await inScratch((dir) => ingest(place(dir, url), sendings)))
    return [
      row('P6.rate', `central takes in ${offices.length} offices' backlogs at once, on the cores of its PostgreSQL`, rate, 'events/s', { atLeast: 80_000 }),
      row('P6.ratio', `that ÷ bare COPY with jsonb and the same key (${Math.round(raw)} events/s)`, rate / raw, '×', { atLeast: 0.25 }),
    ]
  } finally {
    cluster.stop()
  }
}

async function packed(dir: string, office: string): Promise<Sending> {
  const weeks = writeWeeks(dir, backlog / offices.length, office)
  const marks = new Map<string, Mark>()
  const bodies: Buffer[] = []
  const rows: (readonly StoredEvent[])[] = []
  for (;;) {
    const batches = nextBatches(weeks.source, marks, new Set(), wanLoad)
    if (batches.length === 0) break
    bodies.push(await compress('zstd', Buffer.from(JSON.stringify({ protocol: ourVersions.newest, batches })), wanLoad.effort))
    for (const { origin, first, hash, data } of batches) {
      rows.push(weeks.source.after(origin, first - 1, data.length))
      marks.set(origin, { seq: first + data.length - 1, hash })
    }
  }
  weeks.close()
  return { office, events: weeks.events, bodies, rows }
}

async function rawCopy(url: string, sendings: readonly Sending[]): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(
    `CREATE TABLE raw (office text, origin text, seq bigint, at bigint, actor text, type text, version bigint, subject text, data jsonb, hash bytea,
     PRIMARY KEY (office, origin, seq))`,
  )
  const pieces = sendings.flatMap(({ office, rows }) => rows.map((events) => Buffer.from(events.map((event) => eventRow(office, event)).join(''))))
  const from = performance.now()
  const stream = client.query(copyFrom('COPY raw FROM STDIN'))
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
  const seconds = (performance.now() - from) / 1_000
  await client.end()
  return seconds
}

async function ingest(at: readonly string[], sendings: readonly Sending[]): Promise<number> {
  const keys: string[] = []
  for (const { office } of sendings) keys.push(await enrolled(office, at))
  const { url, stop } = await centralReceiver(at)
  try {
    const from = performance.now()
    await Promise.all(keys.map((key, index) => sendAll({ url, key }, sendings[index]?.bodies ?? [])))
    return (performance.now() - from) / 1_000
  } finally {
    await stop()
  }
}

async function sendAll(peer: { readonly url: string; readonly key: string }, bodies: readonly Buffer[]): Promise<void> {
  const client = peerClient(peer)
  for (const body of bodies) {
    const { status } = await client.post({ path: eventsPath, body, encoding: 'zstd', silenceMs: 60_000, signal: AbortSignal.timeout(120_000) })
    if (status !== 200) throw new Error(`central answered ${status}`)
  }
  client.close()
}
