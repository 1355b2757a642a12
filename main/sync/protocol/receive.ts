import type { StoredEvent } from '#domain/event.ts'
import { fromWire, type WireBatch } from './batch.ts'
import { decompress, encodings } from './encoding.ts'
import { agree, ourVersions, refuse, startMark, type Mark, type Refusal, type SyncAnswer, type Versions, type Welcome } from './messages.ts'
import { parseJson, readEvents, readHello, type EventsRequest, type MalformedBatch } from './read.ts'

type Maybe<T> = T | Promise<T>

/** Where received events are kept: SQLite at a hub, PostgreSQL at central. */
export interface ReplicaStore {
  /** Drawn when the database was made, and anew when it is restored from a backup. */
  epoch(): Maybe<string>
  mark(origin: string): Maybe<Mark | null>
  /** Hash of an event that is here, null when it isn't. */
  hashAt(origin: string, seq: number): Maybe<string | null>
  /** Events of an origin with a number above `seq`, ascending, at most `limit`. */
  after(origin: string, seq: number, limit: number): Maybe<readonly StoredEvent[]>
  /**
   * Stores consecutive events of one origin, all or none, durably. Throws StaleMarkError when the first no longer follows
   * the mark because someone else stored in between.
   */
  append(events: readonly StoredEvent[]): Maybe<void>
  /** Waits a moment for an event that the sender's request before this one brings; where requests are taken one after the other there is nothing to wait for. */
  arrived?(origin: string, seq: number): Promise<void>
}

/** The mark moved between reading and appending: look again. */
export class StaleMarkError extends Error {
  override readonly name = 'StaleMarkError'
}

/** Who is asking, after authentication. */
export interface Caller {
  readonly office: string
  /** Whether events of this origin may come from this caller. */
  mayPush(origin: string): boolean
}

/** Answers a hello: versions, then the marks of the origins that were asked for. */
export async function receiveHello(store: ReplicaStore, caller: Caller, body: unknown, speaks: Versions = ourVersions): Promise<SyncAnswer> {
  const hello = readHello(body)
  if (!hello) return refuse({ code: 'malformed' })
  const version = agree(hello, speaks)
  if (typeof version === 'object') return refuse(version)
  if (hello.office !== caller.office) return refuse({ code: 'unauthorised' })
  const origins = hello.origins ?? []
  const refused = origins.filter((origin) => !caller.mayPush(origin)).map(unknownOrigin)
  return answer(await welcome(store, version, origins.filter((origin) => caller.mayPush(origin)), refused), origins.length)
}

/**
 * Takes batches in. Every origin stands for itself: what fits is stored, what doesn't is refused with a reason, and
 * sending anything again changes nothing. Status 409 when nothing at all was taken.
 */
export async function receiveEvents(store: ReplicaStore, caller: Caller, body: unknown, speaks: Versions = ourVersions): Promise<SyncAnswer> {
  const request: EventsRequest | undefined = readEvents(body)
  if (!request) return refuse({ code: 'malformed' })
  const version = agree(request, speaks)
  if (typeof version === 'object') return refuse(version)
  const refused: Refusal[] = []
  for (const batch of request.batches) {
    const refusal = await takeFrom(store, caller, batch)
    if (refusal) refused.push(refusal)
  }
  const origins = request.batches.map((batch) => ('malformed' in batch ? batch.malformed : batch.origin)).filter((origin) => caller.mayPush(origin))
  return answer(await welcome(store, version, [...new Set(origins)], refused), request.batches.length)
}

/** Unpacks and parses a body as it came from the wire. */
export async function readBody(encoding: string | undefined, bytes: Uint8Array): Promise<{ readonly value: unknown } | { readonly refusal: Refusal }> {
  const unpacked = await decompress(encoding, bytes)
  return 'code' in unpacked ? { refusal: { code: unpacked.code } } : { value: parseJson(unpacked.plain) }
}

const unknownOrigin = (origin: string): Refusal => ({ code: 'unknown-origin', origin })

/** 409, with the first reason on top, when nothing of what was `asked` was granted. */
function answer(body: Welcome, asked: number): SyncAnswer {
  const first = body.refused[0]
  return first && body.refused.length === asked ? { status: 409, body: { ...body, ...first } } : { status: 200, body }
}

async function takeFrom(store: ReplicaStore, caller: Caller, batch: WireBatch | MalformedBatch): Promise<Refusal | undefined> {
  const origin = 'malformed' in batch ? batch.malformed : batch.origin
  if (!caller.mayPush(origin)) return unknownOrigin(origin)
  return 'malformed' in batch ? { code: 'malformed', origin } : take(store, batch)
}

async function welcome(store: ReplicaStore, protocol: number, origins: readonly string[], refused: readonly Refusal[]): Promise<Welcome> {
  const epoch = await store.epoch()
  const found = await Promise.all(origins.map(async (origin) => [origin, await store.mark(origin)] as const))
  const marks = Object.fromEntries(found.filter((pair): pair is readonly [string, Mark] => pair[1] !== null))
  return { protocol, epoch, marks, encodings, refused }
}

async function take(store: ReplicaStore, batch: WireBatch): Promise<Refusal | undefined> {
  const events = fromWire(batch)
  if (events === 'bad-hash') return { code: 'bad-hash', origin: batch.origin }
  // Others may be storing the same origin; each turn either stores, finds it stored, or sees the mark further on.
  for (let turn = 0; turn < 20; turn += 1) {
    const place = await placeOf(store, events)
    if ('code' in place) return place
    try {
      if (place.fresh.length > 0) await store.append(place.fresh)
      return undefined
    } catch (error) {
      if (!(error instanceof StaleMarkError)) throw error
    }
  }
  throw new StaleMarkError(`${batch.origin}: others kept storing`)
}

/** Where we are; when that is before the event's place, after having waited for those between. */
async function markBefore(store: ReplicaStore, { origin, seq }: StoredEvent): Promise<Mark> {
  const have = (await store.mark(origin)) ?? startMark
  if (seq <= have.seq + 1 || !store.arrived) return have
  await store.arrived(origin, seq - 1)
  return (await store.mark(origin)) ?? startMark
}

/** What of the events is new here, or why they can't follow. */
async function placeOf(store: ReplicaStore, events: readonly StoredEvent[]): Promise<Refusal | { readonly fresh: readonly StoredEvent[] }> {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return { fresh: [] }
  const have = await markBefore(store, first)
  if (first.seq > have.seq + 1) return { code: 'gap', origin: first.origin, have: have.seq }
  const fork: Refusal = { code: 'fork', origin: first.origin, have: Math.min(have.seq, last.seq) }
  if (first.seq === have.seq + 1) return first.prev === have.hash ? { fresh: events } : fork
  if (last.seq > have.seq) {
    return events[have.seq - first.seq]?.hash === have.hash ? { fresh: events.slice(have.seq - first.seq + 1) } : fork
  }
  // All of it should be here already; equal last hashes mean equal chains.
  const known = last.seq === have.seq ? have.hash : await store.hashAt(last.origin, last.seq)
  return known === last.hash ? { fresh: [] } : fork
}
