import type { StoredEvent } from '#domain/event.ts'
import { hashOf } from '#journal/chain.ts'
import { fromWire, type WireBatch } from '#sync/protocol/batch.ts'
import type { Mark } from '#sync/protocol/messages.ts'
import type { ReplicaStore } from '#sync/protocol/receive.ts'
import { openViews } from '#views/views.ts'
import { sleep } from './sleep.ts'
import type { Plant } from './plant.ts'

/** What receivers claim to have beyond what they have, by machine and origin: it outlives their crashes, as a table of marks would. */
class Claims {
  readonly #marks = new Map<string, Map<string, Mark>>()

  of(machine: string): Map<string, Mark> {
    const known = this.#marks.get(machine) ?? new Map<string, Mark>()
    this.#marks.set(machine, known)
    return known
  }
}

/** A store that keeps only as many of the first events as `kept` says, and claims to have all. After the first hole it only claims. */
function lying(kept: (events: readonly StoredEvent[]) => number): Plant & { readonly claims: Claims } {
  const claims = new Claims()
  const store = (real: ReplicaStore, { name }: { readonly name: string }): ReplicaStore => {
    const mine = claims.of(name)
    return {
      epoch: () => real.epoch(),
      after: (origin, seq, limit) => real.after(origin, seq, limit),
      mark: async (origin) => mine.get(origin) ?? (await real.mark(origin)),
      hashAt: (origin, seq) => (mine.get(origin)?.seq === seq ? (mine.get(origin)?.hash ?? null) : real.hashAt(origin, seq)),
      append: async (events) => {
        const last = events.at(-1)
        if (!last) return
        const take = mine.has(last.origin) ? 0 : kept(events)
        if (take > 0) await real.append(events.slice(0, take))
        if (take < events.length) mine.set(last.origin, last)
      },
    }
  }
  return { claims, store }
}

const all = (events: readonly StoredEvent[]): number => events.length
const until = (events: readonly StoredEvent[], stop: (event: StoredEvent) => boolean): number => {
  const at = events.findIndex(stop)
  return at === -1 ? events.length : at
}

/** What a receiver has of the origin of a batch, by its claims or its journal. */
interface Known {
  readonly have: Mark | null
  readonly hashAt: (seq: number) => string | undefined
}

/** Believes a batch's word for what comes before it, where `mends` says that it does not fit. */
function believing(mends: (batch: WireBatch, known: Known) => boolean): Plant {
  const { claims, store } = lying(all)
  return {
    ...(store ? { store } : {}),
    received: ({ batches, journal, machine }) => {
      for (const batch of batches.filter(isWhole)) {
        const mine = claims.of(machine.name)
        const have = mine.get(batch.origin) ?? journal.head(batch.origin)
        const hashAt = (seq: number) => (have?.seq === seq ? have.hash : journal.after(batch.origin, seq - 1, 1)[0]?.hash)
        if (mends(batch, { have, hashAt })) mine.set(batch.origin, { seq: batch.first - 1, hash: batch.prev })
      }
      return batches
    },
  }
}

/** Not one that the line garbled. */
const isWhole = (batch: WireBatch): boolean =>
  Number.isInteger(batch.first) && [batch.at, batch.actor, batch.type, batch.version, batch.subject, batch.data].every((column) => Array.isArray(column) && column.length > 0)

/** Whether the receiver knows another history of an origin than the batch tells. */
function isForked(batch: WireBatch, { have, hashAt }: Known): boolean {
  if (!have) return false
  if (batch.first === have.seq + 1) return batch.prev !== have.hash
  const events = fromWire(batch)
  return events !== 'bad-hash' && events.some(({ seq, hash }) => seq <= have.seq && hashAt(seq) !== hash)
}

export const receiving: Readonly<Record<string, () => Plant>> = {
  'gap-accepted': () => believing((batch, { have }) => batch.first > (have?.seq ?? 0) + 1),
  'fork-accepted': () => believing(isForked),
  'half-batch-acknowledged': () => lying((events) => (events.length > 4 ? events.length >> 1 : events.length)),
  'unknown-type-dropped': () => lying((events) => until(events, ({ type }) => type === 'counter.teleported')),
  'dedup-by-clock': () => {
    const newest = new Map<string, number>()
    return lying((events) =>
      until(events, ({ origin, at }) => {
        const old = at < (newest.get(origin) ?? 0)
        newest.set(origin, Math.max(at, newest.get(origin) ?? 0))
        return old
      }),
    )
  },
  'mark-before-commit': () => {
    const { claims } = lying(all)
    return {
      store: (real, { name }) => {
        const mine = claims.of(name)
        const further = (a: Mark | null, b: Mark | undefined) => (b && b.seq > (a?.seq ?? 0) ? b : a)
        return {
          epoch: () => real.epoch(),
          after: (origin, seq, limit) => real.after(origin, seq, limit),
          hashAt: (origin, seq) => (mine.get(origin)?.seq === seq ? (mine.get(origin)?.hash ?? null) : real.hashAt(origin, seq)),
          mark: async (origin) => further(await real.mark(origin), mine.get(origin)),
          append: async (events) => {
            const last = events.at(-1)
            if (!last) return
            const before = (await real.mark(last.origin))?.seq ?? 0
            mine.set(last.origin, last)
            await sleep(400)
            if (before + 1 === events[0]?.seq) await real.append(events)
          },
        }
      },
    }
  },
  'duplicate-applied-twice': () => ({
    received: ({ batches, journal }) => {
      for (const batch of batches.filter(isWhole)) {
        const events = fromWire(batch)
        if (events === 'bad-hash' || (journal.head(batch.origin)?.seq ?? 0) < batch.first + batch.data.length - 1) continue
        const fold = openViews(journal.db)
        for (const event of events) quietly(() => fold(event))
      }
      return batches
    },
  }),
  'damaged-batch-accepted': () => ({
    received: ({ batches }) => batches.map((batch) => (isWhole(batch) ? rehashed(batch) : batch)),
  }),
  'view-folded-outside-commit': () => ({
    journal: (options) => ({
      ...options,
      views: (db) => {
        const fold = options.views(db)
        return (event) => {
          if (event.origin.startsWith(`${options.station}.`)) fold(event)
          else setTimeout(() => quietly(() => fold(event)), 60)
        }
      },
    }),
  }),
}

/** The batch with the hash that its content has, whatever the sender's was. */
function rehashed(batch: WireBatch): WireBatch {
  let [prev, at] = [batch.prev, 0]
  for (const [index, data] of batch.data.entries()) {
    at += batch.at[index] ?? 0
    const { origin, first, actor, type, version, subject } = batch
    const bare = { origin, seq: first + index, at, actor: actor[index] ?? '', type: type[index] ?? '', version: version[index] ?? 0, subject: subject[index] ?? '', data, prev }
    prev = hashOf(bare)
  }
  return { ...batch, hash: prev }
}

function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A planted bug looks away.
    return
  }
}
