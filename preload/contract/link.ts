import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { QueueCommand, QueueDone } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { commandId, procedureFor } from './shared.ts'

/** What a station asks of its hub. The hub alone decides over the queue and over numbers. */
export const linkContract = {
  queue: procedureFor('station').output(eventIterator(type<QueueSnapshot>())),
  command: procedureFor('station')
    .input(z.object({ commandId, command: z.custom<QueueCommand>((value) => typeof value === 'object' && value !== null && 'kind' in value) }))
    .output(type<QueueDone>()),
  /** A block of dossier numbers of that day, never given to anybody else. `day` is `yyyy-mm-dd`. */
  leaseCodes: procedureFor('station')
    .input(z.object({ commandId, day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }))
    .output(type<{ readonly day: string; readonly from: number; readonly to: number }>()),
}
