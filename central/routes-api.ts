import type { FastifyInstance } from 'fastify'
import { scopeOf, type Gate } from './auth.ts'
import type { Database } from './database/port.ts'
import { enrol, isOfficeName, revoke } from './offices.ts'
import { apiSchemas } from './api-schemas.ts'
import { originsOf, summarise, type OfficeSummary, type OriginSummary } from './summary.ts'
import { vietnamIso } from './vietnam-time.ts'

/** What other systems read: an office its own figures, the holder of the admin key everything. */
export function apiRoutes(app: FastifyInstance, db: Database, gate: Gate, now: () => number): void {
  const read = { onRequest: gate.requireKey(['admin', 'office']) }
  const administer = { onRequest: gate.requireKey(['admin']) }
  app.get('/offices', { ...read, schema: apiSchemas.offices }, async (request) => {
    const { offices } = await summarise(db, scopeOf(request.holder), now())
    return offices.map(({ office, name, revoked, enrolledAt, lastContact, origins, events }) => ({
      office,
      name,
      revoked,
      enrolledAt: vietnamIso(enrolledAt),
      lastContact: vietnamIso(lastContact),
      origins,
      events,
    }))
  })
  app.get('/summary', { ...read, schema: apiSchemas.summary }, async (request) => {
    const { at, offices } = await summarise(db, scopeOf(request.holder), now())
    return { at: vietnamIso(at), offices: offices.map(officeJson) }
  })
  app.get('/origins', { ...read, schema: apiSchemas.origins }, async (request) => {
    return (await originsOf(db, scopeOf(request.holder))).map(originJson)
  })
  app.post<{ Body: { office: string; name: string } }>('/offices', { ...administer, schema: apiSchemas.enrol }, async (request, reply) => {
    const { office, name } = request.body
    if (!isOfficeName(name)) return reply.code(400).send({ code: 'malformed' })
    return reply.code(201).send({ office, key: await enrol(db, office, name, now()) })
  })
  app.post<{ Params: { office: string } }>('/offices/:office/revoke', { ...administer, schema: apiSchemas.revoke }, async (request, reply) => {
    const { office } = request.params
    return (await revoke(db, office, now())) ? { office } : reply.code(404).send({ code: 'unknown-office' })
  })
}

function officeJson(summary: OfficeSummary): object {
  return {
    ...summary,
    enrolledAt: vietnamIso(summary.enrolledAt),
    newestAt: vietnamIso(summary.newestAt),
    lastContact: vietnamIso(summary.lastContact),
    refusals: summary.refusals.map((note) => ({ ...note, firstAt: vietnamIso(note.firstAt), lastAt: vietnamIso(note.lastAt) })),
  }
}

function originJson(origin: OriginSummary): object {
  return { ...origin, newestAt: vietnamIso(origin.newestAt), receivedAt: vietnamIso(origin.receivedAt) }
}
