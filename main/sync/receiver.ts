import type { IncomingMessage, ServerResponse } from 'node:http'
import { changesPath, giveChanges, type ChangesAnswer, type ChangeSource } from '#sync/protocol/changes.ts'
import { backPath, giveBack, type BackAnswer } from '#sync/protocol/give-back.ts'
import { eventsPath, helloPath, maxBodyBytes, refuse, type Refusal, type SyncAnswer, type Versions } from '#sync/protocol/messages.ts'
import { bearerKey } from '#sync/protocol/keys.ts'
import { readBody, receiveEvents, receiveHello, type Caller, type ReplicaStore } from '#sync/protocol/receive.ts'

export { receiveEvents, receiveHello, StaleMarkError, type Caller, type ReplicaStore } from '#sync/protocol/receive.ts'

/** What authentication of a key says: who it is, or why not. */
export type Authentication = Omit<Caller, 'office'> | { readonly refused: 'unauthorised' | 'revoked' }

export interface SyncRequestOptions {
  /** Looks a bearer key up. Compare with `sameKey` or look up by `keyHash`, never with `===`. */
  readonly authenticate: (key: string) => Authentication | Promise<Authentication>
  readonly store: ReplicaStore
  /** What this side hands down; absent: nothing. */
  readonly changes?: ChangeSource
  readonly office: string
  /** Versions of the protocol; this program's when absent. */
  readonly speaks?: Versions
}

type Answer = SyncAnswer | { readonly status: number; readonly body: ChangesAnswer | BackAnswer | Refusal }

/**
 * Handles `/sync/…` on a plain Node server; answers false, and touches nothing, for any other path. Rejects, after having
 * answered 503, when the store throws, so that the owner of the server can log it.
 */
export function syncRequestHandler(options: SyncRequestOptions): (req: IncomingMessage, res: ServerResponse) => Promise<boolean> {
  return async (req, res) => {
    const path = (req.url ?? '').split('?')[0]
    if (!path?.startsWith('/sync/')) return false
    try {
      send(res, await answer(options, path, req, res))
    } catch (error) {
      // Also one who hung up after the last byte and before it was read.
      const senderLeft = (req.destroyed && !req.complete) || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
      if (res.headersSent || senderLeft) res.destroy()
      else send(res, refuse({ code: 'unavailable' }))
      if (!senderLeft) throw error
    }
    return true
  }
}

async function answer(options: SyncRequestOptions, path: string, req: IncomingMessage, res: ServerResponse): Promise<Answer> {
  const known = path === helloPath || path === eventsPath || path === backPath || (path === changesPath && options.changes !== undefined)
  if (!known) return { status: 404, body: { code: 'malformed' } }
  if (req.method !== 'POST') return { status: 405, body: { code: 'malformed' } }
  const key = bearerKey(req.headers.authorization)
  const who = await options.authenticate(key)
  if ('refused' in who) return refuse({ code: who.refused })
  const bytes = await readBytes(req)
  if (!bytes) return refuse({ code: 'too-large' })
  const body = await readBody(req.headers['content-encoding'], bytes)
  if ('refusal' in body) return refuse(body.refusal)
  if (path === changesPath && options.changes) {
    const given = await giveChanges(options.changes, options.office, body.value, whileOpen(res))
    // It may have waited for something to give, and the key have been taken back meanwhile.
    const still = await options.authenticate(key)
    return 'refused' in still ? refuse({ code: still.refused }) : given
  }
  const caller: Caller = { office: options.office, mayPush: (origin) => who.mayPush(origin) }
  if (path === backPath) return giveBack(options.store, caller, body.value, options.speaks)
  const receive = path === helloPath ? receiveHello : receiveEvents
  return receive(options.store, caller, body.value, options.speaks)
}

/** Ends when the asker hangs up. */
function whileOpen(res: ServerResponse): AbortSignal {
  const left = new AbortController()
  res.once('close', () => left.abort())
  return left.signal
}

async function readBytes(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(res: ServerResponse, { status, body }: Answer): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  res.end(JSON.stringify(body))
}
