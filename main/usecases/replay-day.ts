import type { NumberBlock, StoredEvent } from '#domain/event.ts'
import { localDay } from '#domain/local-time.ts'
import { evolveQueue, isQueueEvent, type QueueFact } from '#domain/queue/evolve.ts'
import { mayAbsorb } from '#domain/queue/leases.ts'
import { newDay, noteNumber, type QueueRules, type QueueState } from '#domain/queue/state.ts'
import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'

type Row = Pick<StoredEvent, 'origin' | 'at' | 'type' | 'version' | 'subject' | 'data'>

/**
 * Applies events to the queue; the answer counts those that belong to it. `absorbed`: they happened at a station that was cut off, so only what
 * still fits is taken, and their calls are not called out again.
 */
export function applyEvents(state: QueueState, events: readonly Row[], absorbed: boolean): number {
  let count = 0
  for (const { type, version, subject, at, data } of events) {
    if (version !== 1 || !isQueueEvent(type)) continue
    const fact = { type, subject, at, data: JSON.parse(data) } as QueueFact
    const { calls } = state
    if (absorbed && !mayAbsorb(state, fact)) continue
    evolveQueue(state, fact)
    if (absorbed) state.calls = calls
    count += 1
  }
  return count
}

const pageSize = 1_000

/** Place in the journal up to which others were the office's hub: 0 at one that always was. Set anew when a spare takes over. */
const sinceKey = 'hub-since'

/** Remembers that this machine becomes the hub now: all that its journal holds was settled by the one before. */
export function beginAsHub(journal: Journal): void {
  setMeta(journal.db, sinceKey, String(newestPlace(journal)))
}

/** The queue of a day, folded again out of the journal in the order in which it was stored. */
export function replayDay(journal: Journal, rules: QueueRules, day: string): QueueState {
  const state = newDay(day, rules)
  state.blocks.push(...journal.db.prepare<[string], NumberBlock>('SELECT prefix, first AS "from", last AS "to" FROM v_number_leases WHERE day = ?').all(day))
  const since = Number(meta(journal.db, sinceKey, () => '0'))
  const page = journal.db.prepare<[number], Row & { n: number }>(`SELECT n, origin, at, type, version, subject, data FROM events WHERE n > ? ORDER BY n LIMIT ${pageSize}`)
  for (let n = firstPlaceOf(journal, day); ; ) {
    const rows = page.all(n)
    for (const row of rows) {
      if (localDay(row.at) === day) applyEvents(state, [row], row.origin !== journal.origin && row.n > since)
    }
    const last = rows.at(-1)
    if (!last) break
    n = last.n
  }
  // Whatever the clock did to the times of events: a number that was given on this day is not given again.
  const given = journal.db.prepare<[string], string>('SELECT number FROM v_tickets WHERE day = ?').pluck()
  for (const number of given.all(day)) noteNumber(state, number)
  return state
}

const newestPlace = (journal: Journal) => Number(journal.db.prepare('SELECT coalesce(max(n), 0) FROM events').pluck().get())

/** Behind which place of the journal the day's events lie: noted when the day began, else looked for from the end backwards. */
function firstPlaceOf(journal: Journal, day: string): number {
  const found = meta(journal.db, 'queue-day', () => '')
  if (found.startsWith(`${day} `)) return Number(found.slice(day.length + 1))
  const times = journal.db.prepare<[number, number], number>('SELECT at FROM events WHERE n > ? AND n <= ?').pluck()
  let to = newestPlace(journal)
  while (to > 0) {
    const from = Math.max(0, to - pageSize)
    if (!times.all(from, to).some((at) => localDay(at) >= day)) break
    to = from
  }
  setMeta(journal.db, 'queue-day', `${day} ${to}`)
  return to
}
