import type { CounterState, QueueSnapshot } from '#domain/ticket.ts'
import type { Clerk } from '#usecases/intake.ts'
import { actorOf, counterOf } from './base.ts'
import type { ApiParts } from './parts.ts'
import type { Session } from './session.ts'

/** The counters with their clerks by the province's list, where it has them. */
export function namedCounters(parts: ApiParts, queue: QueueSnapshot): readonly CounterState[] {
  return queue.counters.map((counter) => ({ ...counter, staffName: parts.staff.find(counter.staff)?.name ?? counter.staffName }))
}

/** The clerk of a session, for the dossier and its slips. */
export function clerkOf(parts: ApiParts, session: Session): Clerk {
  return { counter: counterOf(session), staff: actorOf(session), staffName: parts.staff.find(session.staff?.id)?.name ?? session.staff?.name ?? '' }
}

/** Clerks who stand in the configuration of a counter and have left, by the province's list. */
export function goneClerks(parts: ApiParts, queue: QueueSnapshot): readonly { readonly counter: number; readonly name: string }[] {
  return queue.counters.flatMap(({ id, staff }) => {
    const member = parts.staff.find(staff)
    return member?.left ? [{ counter: id, name: member.name }] : []
  })
}
