import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { putChanges } from '#central/downstream/changes.ts'
import { enrol, newAdminKey, revoke } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { dayOf, visit } from './sync-support/office.ts'
import { freshPlace } from './sync-support/place.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { batch } from './sync-support/wire.ts'

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0]
interface Operation {
  readonly security?: readonly unknown[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>>
}
interface Ask {
  readonly path: string
  readonly body?: unknown
  /** What the right key is answered. */
  readonly status: number
}

const office = 'H15.50.05.13'
const code = `${office}-261123-0001`
const nul = 'a\0b'
let cluster: Cluster | null = null
let place: DatabasePlace
let db: Database
let central: RunningCentral
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {}
let keys: Readonly<Record<'none' | 'wrong' | 'revoked' | 'other' | 'office' | 'admin', string>>
const failures: string[] = []

beforeAll(async () => {
  cluster = postgresMissing() ? null : await startCluster()
  place = await freshPlace(cluster)
  db = await openDatabase(place)
  const [own, other, revoked] = [await enrol(db, office, 'A', 1), await enrol(db, 'H15.50.05.14', 'B', 1), await enrol(db, 'H15.50.05.15', 'C', 1)]
  await revoke(db, 'H15.50.05.15', 2)
  keys = { none: '', wrong: 'mcv_wrong', revoked, other, office: own, admin: await newAdminKey(db) }
  await db.transaction((tx) => putChanges(tx, [{ office, kind: 'status', key: code, body: '{"status":4}' }, { office, kind: 'price', key: 'p', body: null }], 1))
  central = await startCentral({ db, port: 0, host: '127.0.0.1', onError: (error) => failures.push(error.message) })
  paths = ((await (await fetch(`${central.url}/openapi.json`)).json()) as { paths: typeof paths }).paths
})
afterAll(async () => {
  await central.close()
  await db.close()
  cluster?.stop()
  rmSync(place.folder, { recursive: true, force: true })
})

const hub = { protocol: 1, office, station: 'hub' }
const price = { office, kind: 'price', key: 'p', body: { procedure: '1.001193', fee: 'Lệ phí', amountVnd: 1 } }
const odd = dayOf('hub.bb', 1)
odd.add({ type: 'ticket.issued', subject: 'broken', data: {} }, ...visit('more', 2))

/** Good questions and odd ones, by operation of the document. */
const asks: Readonly<Record<string, readonly Ask[]>> = {
  'get /healthz': [{ path: '/healthz', status: 200 }],
  'post /sync/v1/hello': [
    { path: '', body: { ...hub, origins: ['hub.aa'] }, status: 200 },
    { path: '', body: { ...hub, protocol: 9, oldest: 9 }, status: 409 },
    { path: '', body: { ...hub, origins: [nul] }, status: 400 },
    { path: '', body: [[[]]], status: 400 },
  ],
  'post /sync/v1/events': [
    { path: '', body: { protocol: 1, batches: [batch(odd.events)] }, status: 200 },
    { path: '', body: { protocol: 1, batches: [batch(dayOf('hub.cc', 3).events.slice(4))] }, status: 409 },
    { path: '', body: { protocol: 1, batches: [{ origin: 'hub.aa', data: 7 }] }, status: 409 },
    { path: '', body: { protocol: 1, batches: ['x'] }, status: 400 },
  ],
  'post /sync/v1/back': [
    { path: '', body: { protocol: 1, office, origin: 'hub.bb', after: 0 }, status: 200 },
    { path: '', body: { protocol: 1, office, origin: 'hub.none', after: Number.MAX_SAFE_INTEGER }, status: 200 },
    { path: '', body: { protocol: 1, office, origin: 'hub.bb', after: 1e300 }, status: 400 },
  ],
  'post /sync/v1/changes': [
    { path: '', body: { ...hub, epoch: null, after: 0, waitMs: 0 }, status: 200 },
    { path: '', body: { ...hub, epoch: null, after: -1, waitMs: 0 }, status: 400 },
  ],
  'get /api/v1/offices': [{ path: '', status: 200 }],
  'get /api/v1/summary': [{ path: '', status: 200 }],
  'get /api/v1/origins': [{ path: '', status: 200 }],
  'get /api/v1/quarantine': [{ path: '', status: 200 }],
  'post /api/v1/quarantine/retry': [{ path: '', status: 200 }, { path: '', body: [nul], status: 200 }],
  'post /api/v1/offices': [
    { path: '', body: { office: 'H15.99', name: "x'); DROP TABLE offices --" }, status: 201 },
    ...[{ office: nul, name: 'x' }, { office: 'H1\n', name: 'x' }, { office: '*', name: 'x' }, { office: 'H15.99', name: nul }, { office: 'H15.99', name: '\ud800' }, { office: 'H15.99', name: '' }, [], null].map((body) => ({ path: '', body, status: 400 })),
  ],
  'post /api/v1/offices/{office}/revoke': [
    { path: '/api/v1/offices/H15.50.05.15/revoke', status: 200 },
    { path: '/api/v1/offices/H99/revoke', status: 404 },
    ...['%00', '%E0%A4%A', "x'%20OR%201=1", '..%2f'].map((name) => ({ path: `/api/v1/offices/${name}/revoke`, status: 400 })),
    { path: `/api/v1/offices/${'x'.repeat(500)}/revoke`, status: 414 },
  ],
  'get /api/v1/changes': [
    { path: `/api/v1/changes?office=${office}`, status: 200 },
    ...['office=%00', 'office=A1&after=99999999999999999999', 'office=A1&after=-1', 'office=A1&after=x', 'office=A1&office=B1', 'office=%D8%00', ''].map((query) => ({ path: `/api/v1/changes?${query}`, status: 400 })),
  ],
  'post /api/v1/changes': [
    { path: '', body: { changes: [price, { ...price, office: '*' }, { office, kind: 'status', key: code, body: { status: 4 } }, { office, kind: 'status', key: code, body: { status: 9 } }] }, status: 200 },
    ...[{ ...price, key: nul }, { ...price, key: '\udc00' }, { ...price, office: nul }, { ...price, kind: 'constructor' }, { ...price, body: { ...price.body, amountVnd: 1e300 } }, 7].map((one) => ({ path: '', body: { changes: [one] }, status: 400 })),
    { path: '', body: { changes: Array.from({ length: 5_001 }, () => price) }, status: 400 },
  ],
  'post /api/v1/erasures': [
    { path: '', body: { office, idNumber: '099090000001' }, status: 200 },
    { path: '', body: { office, idNumber: "1' OR '1'='1" }, status: 400 },
    { path: '', body: { office: nul, idNumber: '099090000001' }, status: 400 },
  ],
}

/** Which keys an operation is for, by its path: the others are answered 401 (unknown) or 403. */
function rightKeys(name: string, { security }: Operation): readonly string[] {
  if (!security) return Object.keys(keys)
  if (name.includes('/sync/')) return ['office', 'other']
  return /offices$|summary|origins|quarantine/.test(name) && !name.startsWith('post /api/v1/offices') ? ['office', 'other', 'admin'] : ['admin']
}

/** A hub says whose it is. */
const asOther = (body: unknown): unknown => (typeof body === 'object' && body !== null && 'protocol' in body && 'office' in body ? { ...body, office: 'H15.50.05.14' } : body)

const read = new Map<JsonSchema, z.ZodType>()

function schemaOf(operation: Operation, status: number): z.ZodType {
  const described = operation.responses[status] ?? operation.responses['default']
  const schema = described?.content?.['application/json']?.schema ?? false
  const known = read.get(schema) ?? z.fromJSONSchema(schema)
  read.set(schema, known)
  return known
}

test('every operation of the document, with every kind of key and odd questions, answers as the document says, and never fails', async () => {
  expect(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)).sort()).toEqual(Object.keys(asks).sort())
  for (const [name, questions] of Object.entries(asks)) {
    const [method = '', path = ''] = name.split(' ')
    const operation = paths[path]?.[method]
    if (!operation) throw new Error(`no ${name}`)
    for (const { path: asked, body, status: good } of questions) {
      // Odd questions of one who may ask, and of one who may not.
      const askers = good < 300 ? Object.keys(keys) : ['none', ...rightKeys(name, operation).slice(-1)]
      for (const [who, key] of Object.entries(keys).filter(([one]) => askers.includes(one))) {
        const init = body === undefined ? {} : { body: JSON.stringify(who === 'other' ? asOther(body) : body) }
        const headers = { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
        const response = await fetch(`${central.url}${asked || path}`, { method: method.toUpperCase(), ...init, headers })
        const answer: unknown = await response.json()
        const told = [name, asked, JSON.stringify(body)?.slice(0, 100), who]
        // A path that is none is refused before anybody asks who is asking.
        const unreadable = asked.includes('%E0%A4%A') || good === 414
        const refused = ['none', 'wrong'].includes(who) ? 401 : 403
        const expected = unreadable || rightKeys(name, operation).includes(who) ? good : refused
        expect([...told, response.status]).toEqual([...told, expected])
        expect([...told, schemaOf(operation, response.status).safeParse(answer).error]).toEqual([...told, undefined])
        if (good < 300 && operation.requestBody && path.startsWith('/sync')) {
          expect([...told, z.fromJSONSchema(operation.requestBody.content['application/json']?.schema ?? false).safeParse(body).error]).toEqual([...told, undefined])
        }
      }
    }
  }
  expect(failures).toEqual([])
  expect(await db.query('SELECT count(*)::int AS n FROM offices')).toEqual([{ n: 4 }])
})
