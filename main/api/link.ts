import type { QueueCommand } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import { Refusal } from '#usecases/refusal.ts'
import { api } from './base.ts'
import type { ApiParts } from './parts.ts'

/** The hub's side of the link; leases are written under the name of the station that asks. */
export interface HubQueue extends QueuePort {
  readonly snapshot: () => QueueSnapshot
  readonly leaseCodes: (commandId: string, day: string, station?: string) => ReturnType<QueuePort['leaseCodes']>
}

/** A station speaks for itself: where a ticket was taken, or who asks for help, is not what it says but who it is. */
const fromStation = (command: QueueCommand, station: string): QueueCommand =>
  command.kind === 'issue' || command.kind === 'ask-help' ? { ...command, station } : command

/** Procedures that other stations of the office may call; a station that is not the hub refuses them. */
export function linkRouter(parts: ApiParts, hub: HubQueue | null) {
  const need = () => {
    if (!hub) throw new Refusal('not-the-hub')
    return hub
  }
  return {
    queue: api.link.queue.handler(async function* ({ signal }) {
      const queue = need()
      while (!signal?.aborted) {
        const seen = parts.changes.count
        const central = parts.sync().find((one) => one.peer === 'central') ?? null
        yield { ...queue.snapshot(), asOf: parts.now(), central }
        await parts.changes.next(seen, 1_000, signal)
      }
    }),
    command: api.link.command.handler(async ({ input, context }) => {
      const station = context.session.station ?? 'station'
      const { counters } = context.session
      if ('counter' in input.command && counters !== null && !counters.includes(input.command.counter)) throw new Refusal('not-your-counter')
      const answer = await need().execute(input.commandId, station, fromStation(input.command, station))
      if (!answer.ok) throw new Refusal(answer.reason)
      return answer.done
    }),
    leaseCodes: api.link.leaseCodes.handler(({ input, context }) => need().leaseCodes(input.commandId, input.day, context.session.station ?? 'station')),
  }
}
