import { firstPrev } from '#domain/event.ts'
import type { Effort } from './encoding.ts'

/** Versions of the protocol that a side speaks. */
export interface Versions {
  readonly oldest: number
  readonly newest: number
}

/** Those of this program. */
export const ourVersions: Versions = { oldest: 1, newest: 1 }

/** Paths of the protocol, below the peer's base URL. */
export const helloPath = '/sync/v1/hello'
export const eventsPath = '/sync/v1/events'

/** What a sender puts in one request: most events, most bytes of JSON before compression (a single larger event still goes alone), how hard to compress, and how it follows the one before. */
export interface Load {
  readonly events: number
  readonly bytes: number
  readonly effort: Effort
  /** Requests under way at a time. */
  readonly inFlight: number
}
/** On a LAN a request is short work for the hub, which serves screens between two of them; while it stores one, the next is on its way. */
export const lanLoad: Load = { events: 2_000, bytes: 1_000_000, effort: 'quick', inFlight: 2 }
/** To central bytes are dear: compression begins anew with each request, so requests are large. */
export const wanLoad: Load = { events: 8_000, bytes: 4_000_000, effort: 'small', inFlight: 2 }
/** Most events that a receiver takes in one request. */
export const maxEvents = 8_000
/** What a receiver reads at most: compressed, and after decompression (a guard against decompression bombs). */
export const maxBodyBytes = 4_000_000
export const maxPlainBytes = 16_000_000

/** How far an origin has got: the number and hash of its newest event. */
export interface Mark {
  readonly seq: number
  readonly hash: string
}

/** Before the first event. */
export const startMark: Mark = { seq: 0, hash: firstPrev }

/**
 * Why a peer says no. `too-old` and `too-new` are about the sender's version; `unknown-origin`, `gap`, `fork`, `bad-hash`
 * concern one origin and leave the others alone; `unavailable` passes by itself; the rest concern the request.
 */
export type RefusalCode =
  | 'too-old'
  | 'too-new'
  | 'unauthorised'
  | 'revoked'
  | 'unknown-origin'
  | 'gap'
  | 'fork'
  | 'bad-hash'
  | 'malformed'
  | 'too-large'
  | 'unsupported-encoding'
  | 'unavailable'

export interface Refusal {
  readonly code: RefusalCode
  readonly origin?: string
  /** `gap`: the receiver's last number of this origin, from where to go on. `fork`: the number at which the chains differ. */
  readonly have?: number
}

export interface HelloRequest {
  /** The sender's newest version. */
  readonly protocol: number
  /** Its oldest; the same when absent. */
  readonly oldest?: number
  readonly office: string
  readonly station: string
  /** Origins whose marks are wanted; none when absent. */
  readonly origins?: readonly string[]
}

/** Answer to hello and to events alike. */
export interface Welcome {
  /** The version agreed on. */
  readonly protocol: number
  /** Drawn when the receiver's database was made or restored; marks of another epoch count no more. */
  readonly epoch: string
  /** Origins that have no event here are left out. */
  readonly marks: Readonly<Record<string, Mark>>
  /** Content encodings that the receiver reads, best first. */
  readonly encodings: readonly string[]
  /** Origins that were not taken, with the reason. */
  readonly refused: readonly Refusal[]
}

/** HTTP status and JSON body. */
export interface SyncAnswer {
  readonly status: number
  readonly body: Welcome | Refusal | (Welcome & Refusal)
}

const statusOf: Partial<Record<RefusalCode, number>> = {
  unauthorised: 401,
  revoked: 403,
  malformed: 400,
  'too-large': 413,
  'unsupported-encoding': 415,
  unavailable: 503,
}

/**
 * The version in which two sides go on: the newest that both speak. A sender names its newest, and its oldest where it speaks several;
 * so a station of the next release talks to a hub of this one, and the other way round.
 */
export function agree(asked: { readonly protocol: number; readonly oldest?: number | undefined }, speaks: Versions = ourVersions): number | Refusal {
  const version = Math.min(asked.protocol, speaks.newest)
  if (version < speaks.oldest) return { code: 'too-old' }
  return version < (asked.oldest ?? asked.protocol) ? { code: 'too-new' } : version
}

/** An answer that says only no. */
export function refuse(refusal: Refusal): { readonly status: number; readonly body: Refusal } {
  return { status: statusOf[refusal.code] ?? 409, body: refusal }
}
