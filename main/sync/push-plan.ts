import type { StoredEvent } from '#domain/event.ts'
import { sizeOf, toWire, withinBytes, type WireBatch } from '#sync/protocol/batch.ts'
import { startMark, type Mark } from '#sync/protocol/messages.ts'

/** The journal as the pusher reads it. */
export interface EventSource {
  /** Origins to push: a station's own; at a hub all. */
  origins(): readonly string[]
  /** Events with a number above `seq`, ascending, at most `limit`. */
  after(origin: string, seq: number, limit: number): readonly StoredEvent[]
  head(origin: string): Mark | null
  /** Who writes an origin: this journal now, this journal under an earlier epoch, or another station, of which this is a copy. Absent: now. */
  standing?(origin: string): 'written' | 'retired' | 'copied'
  /** Stores again what the peer has of an earlier epoch of this journal, and this journal lost with its disk. Absent: it is not asked for. */
  takeBack?(events: readonly StoredEvent[]): void
}

/** What the peer has, as far as we know. */
export type Marks = ReadonlyMap<string, Mark>

const markOf = (marks: Marks, origin: string): Mark => marks.get(origin) ?? startMark

/** How many events the peer hasn't acknowledged. */
export function waitingFor(source: EventSource, marks: Marks): number {
  return source.origins().reduce((sum, origin) => sum + Math.max(0, (source.head(origin)?.seq ?? 0) - markOf(marks, origin).seq), 0)
}

/** How many events the peer has acknowledged, of all origins together. */
export function acknowledged(source: EventSource, marks: Marks): number {
  return source.origins().reduce((sum, origin) => sum + Math.min(source.head(origin)?.seq ?? 0, markOf(marks, origin).seq), 0)
}

/** When the oldest event that the peer lacks was written, by its station's clock; null when it has all. */
export function oldestWaiting(source: EventSource, marks: Marks): number | null {
  const firsts = source.origins().flatMap((origin) => {
    const mark = markOf(marks, origin).seq
    return (source.head(origin)?.seq ?? 0) > mark ? source.after(origin, mark, 1).map((event) => event.at) : []
  })
  return firsts.length === 0 ? null : Math.min(...firsts)
}

/** Whether the peer's mark lies on our chain; if not, one of the two copies went its own way or is behind the other. */
export function onOurChain(source: EventSource, origin: string, mark: Mark): boolean {
  if (mark.seq === 0) return true
  const ours = source.after(origin, mark.seq - 1, 1)[0]
  return ours?.seq === mark.seq && ours.hash === mark.hash
}

export interface Limits {
  readonly events: number
  readonly bytes: number
}

/**
 * The batches of the next request: every origin that has something waiting gets an equal share of what those before it
 * left, so that one long backlog doesn't hold the others up.
 */
export function nextBatches(source: EventSource, marks: Marks, skip: ReadonlySet<string>, limits: Limits): readonly WireBatch[] {
  const waiting = source.origins().filter((origin) => !skip.has(origin) && (source.head(origin)?.seq ?? 0) > markOf(marks, origin).seq)
  const batches: WireBatch[] = []
  let { events, bytes } = limits
  for (const [index, origin] of waiting.entries()) {
    const shares = waiting.length - index
    const take = Math.ceil(events / shares)
    const chosen = withinBytes(source.after(origin, markOf(marks, origin).seq, take), Math.ceil(bytes / shares))
    const batch = toWire(chosen)
    if (!batch) continue
    batches.push(batch)
    events -= chosen.length
    bytes -= sizeOf(chosen)
    if (events <= 0 || bytes <= 0) break
  }
  return batches
}
