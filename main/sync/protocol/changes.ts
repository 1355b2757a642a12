import { z } from 'zod'
import { agree, type Refusal } from './messages.ts'

/** Where a peer is asked for what comes down. */
export const changesPath = '/sync/v1/changes'

/** Most changes in one answer, and about how much of their text, UTF-16 units. */
export const maxChanges = 500
const maxChangesText = 1_000_000
/** Longest time for which a peer keeps a question open, ms. */
export const longestWaitMs = 25_000

/**
 * What comes down. `calendar`: the office calendar. `procedure`: one procedure of the catalogue, from a day on. `status`: a dossier's
 * status set in the back office. `erasure`: a person to be forgotten. `quarantine`: an event that the peer can't apply.
 */
export const changeKinds = ['calendar', 'procedure', 'price', 'staff', 'status', 'online', 'appointment', 'quarantine', 'erasure'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** The newest state of one thing, named by `kind` and `key`. A kind of a later version comes through as it is: kept, not understood. */
export interface Change {
  /** Place in the peer's order; grows, with gaps. */
  readonly n: number
  readonly kind: string
  readonly key: string
  /** When the peer got it, epoch ms; for people. */
  readonly at: number
  /** JSON text; null: withdrawn. */
  readonly body: string | null
}

export interface ChangesRequest {
  readonly protocol: number
  readonly oldest?: number
  readonly office: string
  readonly station: string
  /** The peer's epoch that `after` belongs to; null at first. */
  readonly epoch: string | null
  readonly after: number
  /** How long the peer may wait for something new, ms. */
  readonly waitMs: number
}

export interface ChangesAnswer {
  readonly protocol: number
  readonly epoch: string
  /** Whether these are the first from the beginning on, because the asker's cursor was of another epoch. */
  readonly fromStart: boolean
  readonly changes: readonly Change[]
  /** More of them are there now. */
  readonly more: boolean
  /** Keys under which persons to be forgotten are named, base64: from the start on, and with every `erasure`. */
  readonly secrets: readonly string[]
}

type Maybe<T> = T | Promise<T>

/** Where changes come from: SQLite at a hub, PostgreSQL at central. */
export interface ChangeSource {
  /** Drawn anew when the numbers may have gone back: after a restore. */
  epoch(): Maybe<string>
  /** Changes with `n` above, ascending, at most `limit`. */
  after(n: number, limit: number): Maybe<readonly Change[]>
  /** Settles when there may be something above `n`, at the latest after `ms` or when `signal` ends. */
  wait(n: number, ms: number, signal: AbortSignal): Promise<void>
  secrets(): Maybe<readonly string[]>
}

const request = z.object({
  protocol: z.int(),
  oldest: z.int().optional(),
  office: z.string().max(200),
  station: z.string().max(200),
  epoch: z.string().max(100).nullable(),
  after: z.int().min(0),
  waitMs: z.int().min(0).max(longestWaitMs),
})

const change = z.object({ n: z.int().min(1), kind: z.string().max(50), key: z.string().max(300), at: z.int(), body: z.string().nullable() })
const answer = z.object({
  protocol: z.int(),
  epoch: z.string().min(1).max(100),
  fromStart: z.boolean(),
  changes: z.array(change),
  more: z.boolean(),
  secrets: z.array(z.string().max(100)).default([]),
})

/** Answers a question for changes: from the beginning when the asker's cursor belongs to another epoch. */
export async function giveChanges(source: ChangeSource, office: string, body: unknown, signal: AbortSignal): Promise<{ readonly status: number; readonly body: ChangesAnswer | Refusal }> {
  const asked = request.safeParse(body)
  if (!asked.success) return { status: 400, body: { code: 'malformed' } }
  const { epoch: known, after, waitMs } = asked.data
  const protocol = agree(asked.data)
  if (typeof protocol === 'object') return { status: 409, body: protocol }
  if (asked.data.office !== office) return { status: 401, body: { code: 'unauthorised' } }
  const epoch = await source.epoch()
  const fromStart = known !== epoch
  const from = fromStart ? 0 : after
  let found = await source.after(from, maxChanges + 1)
  if (found.length === 0 && waitMs > 0 && !fromStart) {
    await source.wait(from, waitMs, signal)
    found = await source.after(from, maxChanges + 1)
  }
  const changes = withinText(found.slice(0, maxChanges))
  // Read after the changes: the peer may have learnt the secret of one of these erasures since it was asked the first time.
  const secrets = fromStart || changes.some(({ kind }) => kind === 'erasure') ? await source.secrets() : []
  return { status: 200, body: { protocol, epoch, fromStart, changes, more: changes.length < found.length, secrets } }
}

/** A peer's answer, or undefined when it isn't one. */
export function readChangesAnswer(value: unknown): ChangesAnswer | undefined {
  const read = answer.safeParse(value)
  return read.success ? read.data : undefined
}

/** As many of the first as fit, at least one. */
function withinText(changes: readonly Change[]): readonly Change[] {
  let sum = 0
  const over = changes.findIndex((one, index) => (sum += (one.body?.length ?? 0) + one.key.length + 100) > maxChangesText && index > 0)
  return over === -1 ? changes : changes.slice(0, over)
}
