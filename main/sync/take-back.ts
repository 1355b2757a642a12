import { fromWire } from '#sync/protocol/batch.ts'
import { backPath, readBack, type BackRequest } from '#sync/protocol/give-back.ts'
import { startMark, type Mark } from '#sync/protocol/messages.ts'
import { PeerAwayError } from './http-client.ts'
import type { EventSource } from './push-plan.ts'
import { silenceOf, type Session } from './push-session.ts'

/**
 * Asks for what the peer has of origins that nobody writes here any more, or that we only have copies of, and we lost with a disk; stores it. A peer that gives nothing back (an older version) is asked
 * again after the next hello. Throws PeerAwayError.
 */
export async function takeBack(session: Session): Promise<void> {
  const { source, behind } = session
  for (const origin of behind) {
    behind.delete(origin)
    for (let from = -1; source.takeBack && endOf(source, origin).seq > from && !session.signal.aborted; ) {
      const end = endOf(source, origin)
      from = end.seq
      const events = await fetchAfter(session, origin, end)
      if (events.length > 0) source.takeBack(events)
    }
  }
}

const endOf = (source: EventSource, origin: string): Mark => source.head(origin) ?? startMark

async function fetchAfter({ client, identity, protocol, silences, signal }: Session, origin: string, end: Mark) {
  const asked: BackRequest = { protocol, office: identity.office, origin, after: end.seq }
  const { status, body } = await client.post({ path: backPath, body: Buffer.from(JSON.stringify(asked)), encoding: 'identity', silenceMs: silenceOf(silences), signal })
  if (status >= 500) throw new PeerAwayError(`HTTP ${status}`, false)
  const events = fromWireOrNone(status === 200 ? readBack(body)?.batch : null)
  const [first] = events
  // What doesn't continue our chain is not stored, and keeps nothing else from being sent.
  return first?.origin === origin && first.seq === end.seq + 1 && first.prev === end.hash ? events : []
}

function fromWireOrNone(batch: Parameters<typeof fromWire>[0] | null | undefined) {
  const events = batch ? fromWire(batch) : []
  return events === 'bad-hash' ? [] : events
}
