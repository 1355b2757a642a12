import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { QueueCommand, QueueDone } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { ratingReasons } from './rating-reasons.ts'
import { commandId, declaredPaper, priorityGroup, procedureFor, ticketId } from './shared.ts'

const counter = z.int().min(1).max(99)
const service = z.string().max(20)
const reason = z.string().max(200)
const station = z.string().min(1).max(64)

/** What a station may ask of the queue, as it comes over the network: nothing of it is believed before it has this shape. */
const queueCommand: z.ZodType<QueueCommand, QueueCommand> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('issue'), service, procedure: z.string().max(40).nullable(), title: z.string().max(400), priority: priorityGroup.nullable(),
    papers: z.array(declaredPaper).max(40), station,
  }),
  z.object({ kind: z.literal('call-next'), counter, finishCurrent: z.boolean() }),
  z.object({ kind: z.literal('call'), counter, ticketId }),
  z.object({ kind: z.literal('recall'), counter }),
  z.object({ kind: z.literal('start'), counter }),
  z.object({ kind: z.literal('hold'), counter, reason }),
  z.object({ kind: z.literal('resume'), counter, ticketId }),
  z.object({ kind: z.literal('transfer'), counter, toService: service, toCounter: counter.nullable(), reason }),
  z.object({ kind: z.literal('no-show'), counter }),
  z.object({ kind: z.literal('requeue'), ticketId }),
  z.object({ kind: z.literal('finish'), counter }),
  z.object({ kind: z.literal('note'), ticketId, text: z.string().max(500) }),
  z.object({ kind: z.literal('pause'), counter, until: z.number().nullable() }),
  z.object({ kind: z.literal('sign-on'), counter, staff: z.string().max(64), staffName: z.string().max(120) }),
  z.object({ kind: z.literal('rate'), ticketId, score: z.int().min(1).max(5), reasons: z.array(z.enum(ratingReasons)).max(6), other: z.string().max(500) }),
  z.object({ kind: z.literal('skip-rating'), ticketId, why: z.enum(['skipped', 'expired']) }),
  z.object({ kind: z.literal('ask-help'), station }),
  z.object({ kind: z.literal('answer-help'), station }),
])

/** What a station asks of its hub. The hub alone decides over the queue and over numbers. */
export const linkContract = {
  queue: procedureFor('station').output(eventIterator(type<QueueSnapshot>())),
  command: procedureFor('station').input(z.object({ commandId, command: queueCommand })).output(type<QueueDone>()),
  /** A block of dossier numbers of that day, never given to anybody else. `day` is `yyyy-mm-dd`. */
  leaseCodes: procedureFor('station')
    .input(z.object({ commandId, day: z.iso.date() }))
    .output(type<{ readonly day: string; readonly from: number; readonly to: number }>()),
}
