import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { hostVerdict } from './access.ts'
import { Gate } from './auth.ts'
import type { Database } from './database/port.ts'
import { operatorRoutes } from './downstream/routes.ts'
import { ChangeWatch } from './downstream/watch.ts'
import { pageRoutes } from './page/routes.ts'
import { apiRoutes } from './routes-api.ts'
import { syncRoutes } from './routes-sync.ts'
import { object, refusals } from './schema-parts.ts'

export interface CentralOptions {
  readonly db: Database
  /** 0 takes a free one. */
  readonly port: number
  readonly host: string
  /** Names under which a proxy or the DNS leads here, beside the machine's own. */
  readonly publicHosts?: readonly string[]
  readonly now?: () => number
  /** Where a handler's failure is told; never personal data. */
  readonly onError?: (error: Error) => void
}

export interface RunningCentral {
  readonly url: string
  /** Answers what is under way, then stops. The database stays open: it is the caller's. */
  close(): Promise<void>
}

/** Most bytes of an API body; the sync routes have their own limit. */
const apiBodyLimit = 16_384

/** How long requests under way may take after `close`, ms. */
const graceMs = 2_500

/** Serves an opened database. Rejects when the port is taken. */
export async function startCentral(options: CentralOptions): Promise<RunningCentral> {
  const app = await buildServer(options)
  await app.listen({ port: options.port, host: options.host })
  const address = app.addresses().find((one) => typeof one === 'object')
  if (!address) throw new Error('central listens nowhere')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${host}:${address.port}`, close: () => closeInTime(app) }
}

async function closeInTime(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}

async function buildServer({ db, now = Date.now, onError, publicHosts = [] }: CentralOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: apiBodyLimit, forceCloseConnections: 'idle', requestTimeout: 60_000,
    frameworkErrors: (error, _request, reply) => void (reply as FastifyReply).code(error.statusCode ?? 400).send({ code: 'malformed' }),
  })
  app.decorateRequest('holder', null)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const host = hostVerdict(request.raw, publicHosts)
    if (host === 'malformed') return reply.code(400).send({ code: 'malformed' })
    if (host !== 'foreign') return undefined
    onError?.(new Error(`Host ${request.headers.host} is not a name of this server (--public-host)`))
    return reply.code(421).send({ code: 'misdirected' })
  })
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode ?? 503
    if (status >= 500) onError?.(error)
    return reply.code(status).send({ code: status === 413 ? 'too-large' : status < 500 ? 'malformed' : 'unavailable' })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'not-found' }))
  await app.register(swagger, { openapi })
  app.get('/healthz', { schema: healthSchema }, async () => {
    await db.query('SELECT 1')
    return { ok: true }
  })
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  const gate = new Gate(db)
  const watch = new ChangeWatch(db, (error) => onError?.(error))
  app.addHook('preClose', async () => watch.close())
  await app.register(async (scope) => syncRoutes(scope, db, gate, watch, now))
  await app.register(async (scope) => apiRoutes(scope, db, gate, now), { prefix: '/api/v1' })
  await app.register(async (scope) => operatorRoutes(scope, db, gate, now), { prefix: '/api/v1' })
  await app.register(async (scope) => pageRoutes(scope, db, now))
  return app
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

const healthSchema = { tags: ['health'], summary: '200 when the database answers', response: { 200: object({ ok: { type: 'boolean' } }), ...refusals } }

const openapi = {
  openapi: '3.1.0',
  info: { title: 'Một Cửa: máy chủ tỉnh', description: 'Reference central server: replication, figures, enrolment.', version: '1' },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
} as const
