import type { FastifyInstance } from 'fastify'
import { backPath, giveBack } from '#sync/protocol/give-back.ts'
import { eventsPath, helloPath, maxBodyBytes, refuse, type Refusal, type SyncAnswer } from '#sync/protocol/messages.ts'
import { readBody, receiveEvents, receiveHello, type Caller, type ReplicaStore } from '#sync/protocol/receive.ts'
import { requireKey } from './auth.ts'
import type { Database } from './database/port.ts'
import { changesRoute } from './downstream/routes.ts'
import type { ChangeWatch } from './downstream/watch.ts'
import { touch } from './offices.ts'
import { noteRefusals, officeStore } from './store.ts'

/** The receiving end of replication. Bodies come compressed, so they are read raw. */
export function syncRoutes(app: FastifyInstance, db: Database, watch: ChangeWatch, now: () => number): void {
  app.addHook('onRequest', requireKey(db, ['office']))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) => done(null, body))
  const mount = (url: string, summary: string, receive: Receive): void => {
    app.post(url, { schema: { tags: ['sync'], summary, security: [{ key: [] }] } }, async (request, reply) => {
      const holder = request.holder
      if (holder?.kind !== 'office') return reply.code(401).send({ code: 'unauthorised' })
      const { status, body } = await take(db, holder.office, request.headers['content-encoding'], request.body, receive, now)
      return reply.code(status).send(body)
    })
  }
  mount(helloPath, 'Asks for the marks of the given origins', receiveHello)
  mount(eventsPath, 'Sends batches of events; may be repeated', receiveEvents)
  mount(backPath, 'Reads events of an origin again, for an office whose disk was put back from a backup', giveBack)
  changesRoute(app, db, watch, now)
}

type Answer = SyncAnswer | Awaited<ReturnType<typeof giveBack>>
type Receive = (store: ReplicaStore, caller: Caller, body: unknown) => Promise<Answer>

async function take(
  db: Database,
  office: string,
  encoding: string | undefined,
  bytes: unknown,
  receive: Receive,
  now: () => number,
): Promise<Answer> {
  const read = await readBody(encoding, bytes instanceof Buffer ? bytes : Buffer.alloc(0))
  if ('refusal' in read) return refuse(read.refusal)
  // An office's stations and their origins are its hub's affair: any origin may come under its key.
  const caller: Caller = { office, mayPush: () => true }
  const answer = await receive(officeStore(db, office, now), caller, read.value)
  await touch(db, office, now())
  await noteRefusals(db, office, refusalsIn(answer), now())
  return answer
}

function refusalsIn({ body }: Answer): readonly Refusal[] {
  return 'refused' in body ? body.refused : []
}
