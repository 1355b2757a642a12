import type { EventType } from '#domain/event.ts'
import type { Journal } from '#journal/journal.ts'

/** Where an event stands in a journal. */
export interface Place {
  readonly origin: string
  readonly seq: number
}

/** Where this machine wrote of a thing last; null when it did not: then it stands at the hub. */
export function placeOf(journal: Journal, type: EventType, subject: string): Place | null {
  const sql = 'SELECT origin, seq FROM events WHERE origin = ? AND type = ? AND subject = ? ORDER BY seq DESC LIMIT 1'
  return journal.db.prepare<[string, string, string], Place>(sql).get(journal.origin, type, subject) ?? null
}
