import type { FastifyReply, FastifyRequest } from 'fastify'
import { bearerKey } from '#sync/protocol/keys.ts'
import type { Database } from './database/port.ts'
import { holderOf, type Holder } from './offices.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireKey` before any handler runs. */
    holder: Holder | null
  }
}

/**
 * A hook for the earliest stage (`onRequest`), so that without a key nothing of the request is read, parsed or validated:
 * 401 without a known key, 403 with one that was revoked or may not do this.
 */
export function requireKey(db: Database, allowed: readonly Holder['kind'][]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const holder = await holderOf(db, bearerKey(request.headers.authorization))
    if (!holder) return reply.code(401).header('www-authenticate', 'Bearer').send({ code: 'unauthorised' })
    if (holder.kind === 'revoked') return reply.code(403).send({ code: 'revoked' })
    if (!allowed.includes(holder.kind)) return reply.code(403).send({ code: 'forbidden' })
    request.holder = holder
    return undefined
  }
}

/** The office whose data the holder may read; null for all. */
export function scopeOf(holder: Holder | null): string | null {
  return holder?.kind === 'office' ? holder.office : null
}
