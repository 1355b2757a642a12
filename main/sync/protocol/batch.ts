import type { StoredEvent } from '#domain/event.ts'
import { hashOf } from '#journal/chain.ts'

/**
 * Consecutive events of one origin as they travel: in columns, times as differences, and without the hashes, which the
 * receiver computes again. `prev` is the hash before the first event, `hash` that of the last.
 */
export interface WireBatch {
  readonly origin: string
  readonly first: number
  readonly prev: string
  readonly hash: string
  readonly at: readonly number[]
  readonly actor: readonly string[]
  readonly type: readonly string[]
  readonly version: readonly number[]
  readonly subject: readonly string[]
  readonly data: readonly string[]
}

/** Packs consecutive events of one origin; undefined for none. */
export function toWire(events: readonly StoredEvent[]): WireBatch | undefined {
  const first = events[0]
  const last = events.at(-1)
  if (!first || !last) return undefined
  return {
    origin: first.origin,
    first: first.seq,
    prev: first.prev,
    hash: last.hash,
    at: events.map((event, index) => event.at - (events[index - 1]?.at ?? 0)),
    actor: events.map((event) => event.actor),
    type: events.map((event) => event.type),
    version: events.map((event) => event.version),
    subject: events.map((event) => event.subject),
    data: events.map((event) => event.data),
  }
}

/**
 * Unpacks a batch and computes every hash. `bad-hash` when the last one isn't the sender's: some event in it is not what
 * was once written.
 */
export function fromWire(batch: WireBatch): readonly StoredEvent[] | 'bad-hash' {
  const events: StoredEvent[] = []
  let prev = batch.prev
  let at = 0
  for (const [index, data] of batch.data.entries()) {
    at += batch.at[index] ?? 0
    const bare = {
      origin: batch.origin,
      seq: batch.first + index,
      at,
      actor: batch.actor[index] ?? '',
      type: batch.type[index] ?? '',
      version: batch.version[index] ?? 0,
      subject: batch.subject[index] ?? '',
      data,
      prev,
    }
    const hash = hashOf(bare)
    events.push({ ...bare, hash })
    prev = hash
  }
  return prev === batch.hash ? events : 'bad-hash'
}

/** About the JSON of an event in columns: quotes, commas and escapes guessed, texts counted. */
const weight = (event: StoredEvent): number => event.data.length * 1.2 + event.subject.length + event.type.length + event.actor.length + 24

export function sizeOf(events: readonly StoredEvent[]): number {
  return events.reduce((sum, event) => sum + weight(event), 0)
}

/** As many of the first events as fit, at least one. */
export function withinBytes(events: readonly StoredEvent[], bytes: number): readonly StoredEvent[] {
  let sum = 0
  const over = events.findIndex((event, index) => (sum += weight(event)) > bytes && index > 0)
  return over === -1 ? events : events.slice(0, over)
}
