import { implement, ORPCError } from '@orpc/server'
import { contract } from '#contract/index.ts'
import { errorCodes } from '#contract/errors.ts'
import type { QueueCommand, QueueDone } from '#domain/queue-command.ts'
import { HubUnreachableError } from '#usecases/queue-port.ts'
import { Refusal } from '#usecases/refusal.ts'
import type { ApiParts } from './parts.ts'
import type { Session } from './session.ts'

export interface ApiContext {
  readonly session: Session
}

/** The contract with the gates that every call passes: audience before, errors by code and the number of live views after. */
export const api = implement(contract)
  .$context<ApiContext>()
  .use(({ context, procedure, next }) => {
    if (!procedure['~orpc'].meta.audience.includes(context.session.audience)) throw new ORPCError('FORBIDDEN', errorCodes.FORBIDDEN)
    return next()
  })
  .use(async ({ context, next }) => {
    try {
      const result = await next()
      return isStream(result.output) ? { ...result, output: counted(result.output, context.session) } : result
    } catch (error) {
      throw coded(error)
    }
  })

/** Live views that one connection has open at a time: a page has a few, a citizen's phone one; each is reckoned anew with every change. */
const mostViews = { ofOffice: 60, ofCitizen: 3 }
const open = new WeakMap<Session, number>()

const isStream = (output: unknown): output is AsyncIterable<unknown> => typeof output === 'object' && output !== null && Symbol.asyncIterator in output

async function* counted(views: AsyncIterable<unknown>, session: Session): AsyncGenerator<unknown, void> {
  const others = open.get(session) ?? 0
  if (others >= (session.audience === 'follow' ? mostViews.ofCitizen : mostViews.ofOffice)) throw new ORPCError('TOO_MANY_REQUESTS')
  open.set(session, others + 1)
  try {
    yield* views
  } finally {
    open.set(session, (open.get(session) ?? 1) - 1)
  }
}

/** An expected failure as its code; a bug stays what it is, logged by the server and told as INTERNAL_SERVER_ERROR. */
function coded(error: unknown): unknown {
  if (error instanceof Refusal) {
    return new ORPCError('REFUSED', { ...errorCodes.REFUSED, defined: true, data: { reason: error.reason, details: { ...error.details } } })
  }
  if (error instanceof HubUnreachableError) {
    return new ORPCError('HUB_UNREACHABLE', { ...errorCodes.HUB_UNREACHABLE, defined: true, data: { since: error.since, sent: error.sent } })
  }
  if (error instanceof Error && (error.name === 'CommitUnknownError' || isDiskFailure(error))) return new ORPCError('NOT_SAVED', { ...errorCodes.NOT_SAVED, defined: true })
  return error
}

/** A full or failing disk outside the journal's own commit: the vault's keys, a draft. */
const isDiskFailure = (error: Error): boolean => 'code' in error && /^SQLITE_(FULL|IOERR)/.test(String(error.code))

/** Runs a queue command; a refusal of the queue is thrown as Refusal. */
export async function runQueue(parts: ApiParts, commandId: string, actor: string, command: QueueCommand): Promise<QueueDone> {
  const answer = await parts.queue.execute(commandId, actor, command)
  if (!answer.ok) throw new Refusal(answer.reason, answer.details)
  return answer.done
}

/** The counter of a clerk's or touchpad's session. */
export function counterOf(session: Session): number {
  if (session.counter === null) throw new Refusal('unknown-counter')
  return session.counter
}

/** Staff id of the session, for the journal. */
export function actorOf(session: Session): string {
  return session.staff?.id ?? session.audience
}

