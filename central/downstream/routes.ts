import type { FastifyInstance } from 'fastify'
import { readPut, type Put } from '#sync/protocol/change-bodies.ts'
import { changesPath, giveChanges, type ChangeSource } from '#sync/protocol/changes.ts'
import { readBody } from '#sync/protocol/receive.ts'
import { scopeOf, type Gate } from '../auth.ts'
import type { Database } from '../database/port.ts'
import { getMeta } from '../migrate.ts'
import { touch } from '../offices.ts'
import { syncSchemas } from '../sync-schemas.ts'
import { vietnamIso } from '../vietnam-time.ts'
import { changesAfter, putChanges, stateOfChanges } from './changes.ts'
import { quarantineOf, retryQuarantine } from './quarantine.ts'
import { downstreamSchemas } from './schemas.ts'
import { erasureSecret, erasureToken } from './secret.ts'
import { showStatuses } from './statuses.ts'
import type { ChangeWatch } from './watch.ts'

/** A province's whole catalogue in one request. */
const putBodyLimit = 8_000_000
/** Most things in one answer of the operator's list. */
const listLimit = 500

/** Where hubs ask for what comes down; to be mounted beside the receiving end of replication, under its gate. */
export function changesRoute(app: FastifyInstance, db: Database, watch: ChangeWatch, now: () => number): void {
  app.post(changesPath, { schema: syncSchemas.changes }, async (request, reply) => {
    const holder = request.holder
    if (holder?.kind !== 'office') return reply.code(401).send({ code: 'unauthorised' })
    const read = await readBody(request.headers['content-encoding'], request.body instanceof Buffer ? request.body : Buffer.alloc(0))
    if ('refusal' in read) return reply.code(400).send(read.refusal)
    const left = new AbortController()
    if (reply.raw.closed) left.abort()
    else reply.raw.once('close', () => left.abort())
    const { status, body } = await giveChanges(sourceOf(db, holder.office, watch), holder.office, read.value, left.signal)
    await touch(db, holder.office, now())
    return reply.code(status).send(body)
  })
}

function sourceOf(db: Database, office: string, watch: ChangeWatch): ChangeSource {
  return {
    epoch: async () => (await getMeta(db, 'epoch')) ?? '',
    after: (n, limit) => changesAfter(db, office, n, limit),
    wait: async (n, ms, signal) => {
      const state = await stateOfChanges(db)
      // Something may have come between the first look and this one.
      if ((await changesAfter(db, office, n, 1)).length === 0) await watch.wait(state, ms, signal)
    },
    secrets: async () => [await erasureSecret(db)],
  }
}

/** What a back office puts in, and what it sees of quarantine. */
export function operatorRoutes(app: FastifyInstance, db: Database, gate: Gate, now: () => number): void {
  const read = { onRequest: gate.requireKey(['admin', 'office']) }
  const administer = { onRequest: gate.requireKey(['admin']) }
  app.post<{ Body: { changes: readonly unknown[] } }>('/changes', { ...administer, bodyLimit: putBodyLimit, schema: downstreamSchemas.put }, async (request, reply) => {
    const puts = request.body.changes.map(readPut)
    const wrong = puts.findIndex((one) => 'problem' in one)
    const problem = puts[wrong]
    if (problem && 'problem' in problem) return reply.code(400).send({ code: 'malformed', detail: `changes[${wrong}]: ${problem.problem}` })
    const changes = puts as readonly Put[]
    if (changes.some((one) => one.kind === 'status' && one.office === '*')) return reply.code(400).send({ code: 'malformed', detail: 'a status belongs to one office' })
    await db.transaction(async (tx) => {
      await putChanges(tx, changes, now())
      await showStatuses(tx, changes)
    })
    return { taken: changes.length }
  })
  app.get<{ Querystring: { office: string; after?: number } }>('/changes', { ...administer, schema: downstreamSchemas.list }, async (request) => {
    const found = await changesAfter(db, request.query.office, request.query.after ?? 0, listLimit)
    return found.map(({ n, kind, key, at, body }) => ({ n, kind, key, at: vietnamIso(at), body: body === null ? null : (JSON.parse(body) as unknown) }))
  })
  app.post<{ Body: { office: string; idNumber: string } }>('/erasures', { ...administer, schema: downstreamSchemas.erase }, async (request) => {
    const { office, idNumber } = request.body
    await db.transaction(async (tx) => {
      await putChanges(tx, [{ office, kind: 'erasure', key: erasureToken(await erasureSecret(tx), idNumber), body: '{}' }], now())
    })
    return { office }
  })
  app.get('/quarantine', { ...read, schema: downstreamSchemas.quarantine }, (request) => quarantineOf(db, scopeOf(request.holder)))
  // Who asks again while it runs gets the same answer: many at once would keep everybody else from the database.
  const running = new Map<string | null, Promise<{ readonly mended: number; readonly left: number }>>()
  const retry = async (office: string | null) => {
    const mended = await db.transaction((tx) => retryQuarantine(tx, office, now()))
    return { mended, left: (await quarantineOf(db, office)).length }
  }
  app.post('/quarantine/retry', { ...read, schema: downstreamSchemas.retry }, (request) => {
    const office = scopeOf(request.holder)
    const run = running.get(office) ?? retry(office).finally(() => running.delete(office))
    running.set(office, run)
    return run
  })
}
