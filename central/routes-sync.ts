import type { FastifyInstance, FastifyRequest } from 'fastify'
import { backPath, giveBack } from '#sync/protocol/give-back.ts'
import { eventsPath, helloPath, maxBodyBytes, refuse, type Refusal, type SyncAnswer } from '#sync/protocol/messages.ts'
import { readBody, receiveEvents, receiveHello, type Caller, type ReplicaStore } from '#sync/protocol/receive.ts'
import { scopeOf, type Gate } from './auth.ts'
import type { Database } from './database/port.ts'
import { changesRoute } from './downstream/routes.ts'
import type { ChangeWatch } from './downstream/watch.ts'
import { Intake } from './intake.ts'
import { touch } from './offices.ts'
import { noteRefusals, officeStore } from './store.ts'
import { syncSchemas } from './sync-schemas.ts'

/** The receiving end of replication. Bodies come compressed, so they are read raw, and by the protocol itself. */
export function syncRoutes(app: FastifyInstance, db: Database, gate: Gate, watch: ChangeWatch, now: () => number): void {
  const intake = new Intake()
  app.addHook('onRequest', gate.requireKey(['office']))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) => done(null, body))
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  const answer = async (request: FastifyRequest, receive: Receive): Promise<Answer> => {
    const holder = request.holder
    if (holder?.kind !== 'office') return refuse({ code: 'unauthorised' })
    return take(db, holder.office, request.headers['content-encoding'], request.body, receive, now)
  }
  const mount = (url: string, schema: object, receive: Receive): void => {
    app.post(url, { schema }, async (request, reply) => {
      const { status, body } = await answer(request, receive)
      return reply.code(status).send(body)
    })
  }
  mount(helloPath, syncSchemas.hello, receiveHello)
  mount(backPath, syncSchemas.back, giveBack)
  app.post(eventsPath, { schema: syncSchemas.events }, async (request, reply) => {
    // Who hung up while it waited will send the same again.
    const { status, body } = (await intake.inTurn(scopeOf(request.holder) ?? '', async () => (reply.raw.closed ? null : answer(request, receiveEvents)))) ?? refuse({ code: 'unavailable' })
    return reply.code(status).send(body)
  })
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
