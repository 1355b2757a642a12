import { snapshotOf } from '#domain/queue/snapshot.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { replayDay } from '#usecases/replay-day.ts'
import type { Office } from '../office/rules.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'

/** The hub's queue is the fold of its journal, nobody is forgotten in it, and every station follows it again. */
export function checkQueues(world: World, { rules }: Office, { hub, stations }: Site): void {
  const { program } = hub
  const shown = hub.process?.run(() => program?.queue.snapshot())
  if (!program || !shown) return
  const folded = snapshotOf(replayDay(program.journal, rules, shown.day), rules, shown.asOf, () => null)
  if (textOf(folded) !== textOf(shown)) world.violation(`${hub.name}: its queue differs from the fold of its journal`)
  for (const { number, counter } of forgotten(shown)) world.violation(`citizen ${number} stands at counter ${counter}, which has gone on to another`)
  for (const station of stations) {
    const { name, process, program: own } = station
    if (!own || world.unlinked.has(name)) continue
    const seen = process?.run(() => own.queue.snapshot())
    if (own.queue.lostSince() !== null) world.violation(`${name}: works without the hub, which is there`)
    else if (!seen || textOf(seen) !== textOf(shown)) world.violation(`${name}: shows another queue than the hub`)
  }
}

/** Who was called to a counter, or is served there, while that is busy with another citizen or with none. */
const forgotten = ({ tickets, counters }: QueueSnapshot) =>
  tickets.filter(({ id, state, counter }) => (state === 'called' || state === 'serving') && counters.find((one) => one.id === counter)?.ticket !== id)

/** What people see and do by, in an order of its own. */
function textOf({ day, tickets, counters }: QueueSnapshot): string {
  const lines = tickets.map(({ id, number, state, counter, lease }) => `${id} ${number} ${state} ${counter} ${lease?.id} ${lease?.counter}`)
  return [day, ...lines.toSorted(), ...counters.map(({ id, ticket, staff }) => `${id} ${ticket} ${staff}`)].join('\n')
}
