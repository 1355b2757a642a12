import { z } from 'zod'
import { toWire, withinBytes, type WireBatch } from './batch.ts'
import { agree, ourVersions, refuse, type Refusal, type Versions } from './messages.ts'
import { isOrigin, readBatch } from './read.ts'
import type { Caller, ReplicaStore } from './receive.ts'

/** Where a peer is asked for what a station wrote and has no more, because its disk was put back from a backup. */
export const backPath = '/sync/v1/back'

/** The most in one answer. */
const most = { events: 1_000, bytes: 500_000 } as const

export interface BackRequest {
  readonly protocol: number
  readonly oldest?: number
  readonly office: string
  readonly origin: string
  /** Number of the last event of it that the asker has. */
  readonly after: number
}

/** What follows, as it was sent once; null when nothing does. */
export interface BackAnswer {
  readonly batch: WireBatch | null
}

const request = z.object({ protocol: z.int(), oldest: z.int().optional(), office: z.string().max(200), origin: z.string().refine(isOrigin), after: z.int().min(0) })

/** Answers with events of an origin that the caller itself may send here. */
export async function giveBack(store: ReplicaStore, caller: Caller, body: unknown, speaks: Versions = ourVersions): Promise<{ readonly status: number; readonly body: BackAnswer | Refusal }> {
  const asked = request.safeParse(body)
  if (!asked.success) return refuse({ code: 'malformed' })
  const { office, origin, after } = asked.data
  const version = agree(asked.data, speaks)
  if (typeof version === 'object') return refuse(version)
  if (office !== caller.office) return refuse({ code: 'unauthorised' })
  if (!caller.mayPush(origin)) return refuse({ code: 'unknown-origin', origin })
  const events = withinBytes(await store.after(origin, after, most.events), most.bytes)
  return { status: 200, body: { batch: toWire(events) ?? null } }
}

/** What came back, or undefined when it is no answer. */
export function readBack(value: unknown): BackAnswer | undefined {
  if (typeof value !== 'object' || value === null || !('batch' in value)) return undefined
  if (value.batch === null) return { batch: null }
  const batch = readBatch(value.batch)
  return batch && !('malformed' in batch) ? { batch } : undefined
}
