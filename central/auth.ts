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

/** Most requests of one office that are under way at a time; its hub has about five. Without a limit one key could keep everybody else from the database. */
const mostOfOne = 12

/** Who comes in. */
export class Gate {
  readonly #db: Database
  readonly #open = new Map<string, number>()

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * A hook for the earliest stage (`onRequest`), so that without a key nothing of the request is read, parsed or validated:
   * 401 without a known key, 403 with one that was revoked or may not do this, 503 with one that has too many requests under way.
   */
  requireKey(allowed: readonly Holder['kind'][]) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const holder = await holderOf(this.#db, bearerKey(request.headers.authorization))
      if (!holder) return reply.code(401).header('www-authenticate', 'Bearer').send({ code: 'unauthorised' })
      if (holder.kind === 'revoked') return reply.code(403).send({ code: 'revoked' })
      if (!allowed.includes(holder.kind)) return reply.code(403).send({ code: 'forbidden' })
      if (holder.kind === 'office' && !this.#enter(holder.office, reply)) return reply.code(503).send({ code: 'unavailable' })
      request.holder = holder
      return undefined
    }
  }

  #enter(office: string, { raw }: FastifyReply): boolean {
    const open = this.#open.get(office) ?? 0
    // The key was looked up meanwhile: who sent it may be gone already.
    if (open >= mostOfOne || raw.closed) return false
    this.#open.set(office, open + 1)
    raw.once('close', () => this.#leave(office))
    return true
  }

  #leave(office: string): void {
    const open = (this.#open.get(office) ?? 0) - 1
    if (open > 0) this.#open.set(office, open)
    else this.#open.delete(office)
  }
}

/** The office whose data the holder may read; null for all. */
export function scopeOf(holder: Holder | null): string | null {
  return holder?.kind === 'office' ? holder.office : null
}
