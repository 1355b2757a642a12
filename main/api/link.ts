import type { QueueCommand } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { ORPCError } from '@orpc/server'
import type { QueueDesk } from '#usecases/queue-desk.ts'
import { Refusal } from '#usecases/refusal.ts'
import { api } from './base.ts'
import type { ApiParts } from './parts.ts'
import type { Session } from './session.ts'

/** The hub's side of the link. */
export type HubQueue = Pick<QueueDesk, 'snapshot' | 'execute' | 'leaseCodes' | 'leaseNumbers' | 'attach' | 'givenBack' | 'reached' | 'term' | 'witness'>

/** A station speaks for itself: where a ticket was taken, or who asks for help, is not what it says but who it is. */
const fromStation = (command: QueueCommand, station: string): QueueCommand =>
  command.kind === 'issue' || command.kind === 'ask-help' ? { ...command, station } : command

/** The counters that a station names and may act for. */
const ownCounters = ({ counters }: Session, named: readonly number[]): readonly number[] => (counters === null ? named : named.filter((one) => counters.includes(one)))

/** What the machine of a kiosk, which acts for no counter, may do to the queue. */
const ofKiosks: ReadonlySet<QueueCommand['kind']> = new Set(['issue', 'ask-help'])
const isForNoCounter = ({ counters }: Session): boolean => counters?.length === 0

function mayDo(session: Session, command: QueueCommand): boolean {
  if ('counter' in command) return ownCounters(session, [command.counter]).length > 0
  return ofKiosks.has(command.kind) || !isForNoCounter(session)
}

/** The queue as a station may read it: what clerks wrote of a citizen is for counters only. */
function shownTo(session: Session, snapshot: QueueSnapshot): QueueSnapshot {
  if (!isForNoCounter(session)) return snapshot
  return { ...snapshot, tickets: snapshot.tickets.map((ticket) => ({ ...ticket, note: null, heldReason: null })) }
}

/** A station speaks for its own journal only. */
function ownOrigin(session: Session, origin: string): void {
  if (!origin.startsWith(`${stationOf(session)}.`)) throw new ORPCError('BAD_REQUEST')
}

/** The hub speaks at least this often, so that a station can tell quiet from dead, ms. */
const heartbeatMs = 1_000

/** Procedures that other stations of the office may call; a station that is not the hub refuses them. */
export function linkRouter(parts: ApiParts, hub: HubQueue | null) {
  const need = () => {
    if (!hub) throw new Refusal('not-the-hub')
    return hub
  }
  return {
    queue: api.link.queue.handler(async function* ({ input, context, signal }) {
      const queue = need()
      ownOrigin(context.session, input.origin)
      queue.term.learn(input.term)
      for (let known = false; !signal?.aborted; ) {
        // Also while it speaks: only a station that has lost its hub looks for the one that took over.
        if (queue.term.superseded) throw new Refusal('hub-superseded')
        const seen = parts.changes.count
        known ||= queue.reached(input.origin, input.seq, input.hash)
        const central = parts.sync().find((one) => one.peer === 'central') ?? null
        yield { snapshot: known ? { ...shownTo(context.session, queue.snapshot()), asOf: parts.now(), central } : null, term: queue.term.own, office: parts.linked.revision() }
        await parts.changes.next(seen, heartbeatMs, signal)
      }
    }),
    office: api.link.office.handler(({ context }) => parts.linked.read(stationOf(context.session))),
    recalls: api.link.recalls.handler(async function* ({ input, context, signal }) {
      ownOrigin(context.session, input.origin)
      const wanted: string[] = []
      let wake = () => {}
      const detach = need().attach(stationOf(context.session), input.origin, ownCounters(context.session, input.counters), (lease) => {
        wanted.push(lease)
        wake()
      })
      const end = () => wake()
      signal?.addEventListener('abort', end)
      try {
        while (!signal?.aborted) {
          if (wanted.length) yield wanted.splice(0)
          else await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        signal?.removeEventListener('abort', end)
        detach()
      }
    }),
    witness: api.link.witness.handler(({ input }) => {
      need().witness(input.tickets)
      return { ok: true as const }
    }),
    giveBack: api.link.giveBack.handler(({ input, context }) => {
      need().givenBack(stationOf(context.session), input.leases)
      return { ok: true as const }
    }),
    command: api.link.command.handler(async ({ input, context }) => {
      const station = stationOf(context.session)
      if (!mayDo(context.session, input.command)) throw new Refusal('not-your-counter')
      const answer = await need().execute(input.commandId, input.actor, fromStation(input.command, station), station)
      if (!answer.ok) throw new Refusal(answer.reason, answer.details)
      return answer.done
    }),
    leaseCodes: api.link.leaseCodes.handler(({ input, context }) => need().leaseCodes(input.commandId, input.day, stationOf(context.session))),
    leaseNumbers: api.link.leaseNumbers.handler(({ input, context }) => need().leaseNumbers(input.commandId, input.day, stationOf(context.session))),
  }
}

const stationOf = (session: Session): string => session.station ?? 'station'
