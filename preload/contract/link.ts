import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { NumberBlock } from '#domain/event.ts'
import type { QueueCommand, QueueDone } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { ratingReasons } from './rating-reasons.ts'
import { commandId, declaredPaper, priorityGroup, procedureFor, ticketId } from './shared.ts'

const counter = z.int().min(1).max(99)
const service = z.string().max(20)
const reason = z.string().max(200)
const station = z.string().min(1).max(64)
const bookedSlot = z.object({ code: z.string().min(1).max(200), at: z.int() })

/** What a station may ask of the queue, as it comes over the network: nothing of it is believed before it has this shape. */
const queueCommand: z.ZodType<QueueCommand, QueueCommand> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('issue'), service, procedure: z.string().max(40).nullable(), title: z.string().max(400), priority: priorityGroup.nullable(),
    papers: z.array(declaredPaper).max(40), station, appointment: bookedSlot.optional(),
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

const counters = z.array(counter).max(99)

const seenTicket = z.object({
  id: ticketId, number: z.string().regex(/^[A-Z]\d{3,6}$/), day: z.iso.date(), service, procedure: z.string().max(40).nullable(), title: z.string().max(400),
  priority: priorityGroup.nullable(), state: z.enum(['waiting', 'called', 'serving', 'held', 'no-show', 'done', 'cancelled']), counter: counter.nullable(),
  staff: z.string().max(64).nullable(), key: z.string().min(8).max(64), station, appointment: z.exactOptional(bookedSlot),
})

const origin = z.string().min(3).max(100)

/** With what a station comes back: its place in the journal (SHA-256 of that event), its counters, and the newest hub generation that it knows. */
const stationHello = z.object({ origin, seq: z.int().min(0), hash: z.hex().length(64).nullable().default(null), counters, term: z.int().min(0) })

/** What a station asks of its hub. The hub alone decides over the queue and over numbers. */
export const linkContract = {
  /** The hub's word, at least each second; `snapshot` is null until the hub has the station's event `seq`. An older hub than `term` refuses. */
  queue: procedureFor('station').input(stationHello).output(eventIterator(type<{ readonly snapshot: QueueSnapshot | null; readonly term: number; readonly office: string }>())),
  /**
   * Where the hub's spares are, and for a spare what it needs to take over (the configuration's own shapes). Asked for again when `office` of the
   * hub's word changes.
   */
  office: procedureFor('station').output(type<{ readonly spares: readonly { readonly url: string; readonly cert?: string | undefined }[]; readonly takeOver: unknown }>()),
  /** Leases that the hub wants back, for as long as the station listens: it is then known to be connected. */
  recalls: procedureFor('station').input(z.object({ origin, counters })).output(eventIterator(type<readonly string[]>())),
  /** To a hub that took over, in parts: the tickets of the day that the station knew from the one before. */
  witness: procedureFor('station').input(z.object({ tickets: z.array(seenTicket).max(2_000) })).output(type<{ readonly ok: true }>()),
  giveBack: procedureFor('station').input(z.object({ leases: z.array(z.string().max(100)).max(500) })).output(type<{ readonly ok: true }>()),
  /** `actor`: the clerk who gave the command, for the hub's journal. */
  command: procedureFor('station').input(z.object({ commandId, actor: z.string().min(1).max(64), command: queueCommand })).output(type<QueueDone>()),
  /** A block of dossier numbers of that day, never given to anybody else. `day` is `yyyy-mm-dd`. */
  leaseCodes: procedureFor('station')
    .input(z.object({ commandId, day: z.iso.date() }))
    .output(type<{ readonly day: string; readonly from: number; readonly to: number }>()),
  /** Ticket numbers of that day for when the station is cut off: blocks of the services' prefixes, and once a day one of the station's own. */
  leaseNumbers: procedureFor('station')
    .input(z.object({ commandId, day: z.iso.date() }))
    .output(type<{ readonly day: string; readonly own: string | null; readonly blocks: readonly NumberBlock[] }>()),
}
