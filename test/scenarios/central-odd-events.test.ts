import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { enrol, newAdminKey } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { firstPrev, hashedText, type StoredEvent } from '#domain/event.ts'
import { visit, type Told } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { batch, send } from './sync-support/wire.ts'

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)
const office = 'H15.50.05.13'
const most = Number.MAX_SAFE_INTEGER
/** As far as a clock goes, epoch ms. */
const ever = 8.64e15
/** Does not shrink when it is compressed: too long for any index. */
const long = Array.from({ length: 400 }, (_, n) => createHash('sha256').update(`${n}`).digest('base64')).join('')

type Odd = Told & { readonly at?: number }

/** An event of a visit, changed. */
function odd(type: string, change: object, at?: number): Odd {
  const told = visit('odd', 1).find((one) => one.type === type)
  if (!told) throw new Error(`a visit has no ${type}`)
  return { ...told, data: { ...(told.data as object), ...change }, ...(at === undefined ? {} : { at }) }
}

/** What a station's clock, disk or program gone wrong could write: each of these made central refuse the office's whole request, or broke `report.*` for everybody. */
const odds: readonly Odd[] = [
  ...[ever, -ever, 3e14, -1e15].flatMap((at) => [odd('rating.given', {}, at), odd('payment.received', {}, at), odd('ticket.called', {}, at), { type: 'of a later version', subject: '', data: null, at }]),
  ...[most, -most, 3e14].flatMap((moment) => [odd('dossier.accepted', { receivedAt: moment }), odd('dossier.accepted', { due: { due: moment } })]),
  ...['hello', '', long, '2026-02-31', '0000-01-01'].map((day) => odd('ticket.issued', { day })),
  ...['paymentId', 'method'].flatMap((field) => ['\0', '\ud800', 5].map((value) => odd('payment.received', { [field]: value }))),
  odd('payment.received', { paymentId: long }),
  ...[most, 0, -1, 1.5].map((score) => odd('rating.given', { score })),
  { type: 'dossier.accepted', subject: '__proto__', data: JSON.parse('{"__proto__":{"procedure":"1.001193"}}') },
]

function chain(origin: string, told: readonly Odd[]): readonly StoredEvent[] {
  const events: StoredEvent[] = []
  for (const [index, { type, subject, data, at = Date.parse('2026-11-23T07:30:00+07:00') }] of told.entries()) {
    const bare = { origin, seq: index + 1, at, actor: 'nv01', type, version: 1, subject, data: JSON.stringify(data), prev: events.at(-1)?.hash ?? firstPrev }
    events.push({ ...bare, hash: createHash('sha256').update(hashedText(bare)).digest('hex') })
  }
  return events
}

describe.each(['pglite', 'postgresql'] as const)('odd events at central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  let cluster: Cluster | null = null
  let place: DatabasePlace
  let db: Database
  let central: RunningCentral
  let [key, admin] = ['', '']

  beforeAll(async () => {
    if (skip) return
    cluster = kind === 'postgresql' ? await startCluster() : null
    place = await freshPlace(cluster)
    db = await openDatabase(place)
    key = await enrol(db, office, 'Phường Hòa Phú', 1)
    admin = await newAdminKey(db)
    central = await startCentral({ db, port: 0, host: '127.0.0.1' })
  })
  beforeEach(({ skip: leave }) => (skip ? leave(missing ?? '') : undefined))
  afterAll(async () => {
    if (skip) return
    await central.close()
    await db.close()
    cluster?.stop()
    rmSync(place.folder, { recursive: true, force: true })
  })

  test('each is kept, what stands behind it counts, and everybody reads on', async () => {
    for (const [index, event] of odds.entries()) {
      const events = chain(`quay${index}.aa`, [event, ...visit(`good${index}x`, 1)])
      expect([index, event, (await send(central.url, key, batch(events))).status]).toEqual([index, event, 200])
    }
    expect(await db.query('SELECT count(*)::int AS n FROM events')).toEqual([{ n: odds.length * 9 }])
    for (const table of ['tickets', 'dossiers', 'payments', 'ratings']) {
      const rows = await db.query<{ id?: string; code?: string; ticket?: string }>(`SELECT * FROM report.${table}`)
      expect([table, rows.filter(({ id, code, ticket }) => (id ?? code ?? ticket)?.includes('good')).length]).toEqual([table, odds.length])
    }
    for (const path of ['/', '/api/v1/summary', '/api/v1/offices', '/api/v1/origins', '/api/v1/quarantine']) {
      const answer = await fetch(`${central.url}${path}`, { headers: { authorization: `Bearer ${admin}` } })
      expect([path, answer.status]).toEqual([path, 200])
    }
  })

  test('times whose sum no number holds are refused for their origin alone', async () => {
    const [first] = chain('quay.zz', [{ type: 'x', subject: '', data: null, at: most }])
    if (!first) throw new Error('one event')
    const next = { ...first, seq: 2, at: 2 * most, prev: first.hash }
    const wrong = { ...batch([first, next]), at: [most, most] }
    const answer = await send(central.url, key, wrong, batch(chain('quay.yy', visit('sum', 1))))
    expect(answer).toMatchObject({ status: 200, body: { refused: [{ code: 'malformed', origin: 'quay.zz' }], marks: { 'quay.yy': { seq: 8 } } } })
  })
})
