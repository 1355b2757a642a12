import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import { procedureFor, type SyncView } from './shared.ts'

/** An event that is stored and counts nowhere. */
export interface QuarantineLine {
  /** Who could not apply it: this station, or central. */
  readonly where: 'here' | 'central'
  readonly origin: string
  readonly seq: number
  readonly type: string
  /** Dossier code, ticket id … */
  readonly subject: string
  /** Key of the catalogue (`sync.quarantine.<reason>`). */
  readonly reason: string
  readonly at: number
}

/** What the head of the office sees of replication. Times epoch ms. */
export interface ReplicationView {
  readonly now: number
  readonly peers: readonly SyncView[]
  readonly quarantine: readonly QuarantineLine[]
  /** What came down, by kind (`sync.received.<kind>`). */
  readonly received: readonly { readonly kind: string; readonly count: number; readonly newestAt: number }[]
}

/** What came of trying again. */
export interface QuarantineRetry {
  readonly mended: number
  /** Central did not answer: what it put aside was not tried. */
  readonly away: boolean
}

export const replicationContract = {
  live: procedureFor('supervisor').output(eventIterator(type<ReplicationView>())),
  /** Sends and asks again now, whatever it waits for. */
  retry: procedureFor('supervisor').output(type<{ readonly ok: true }>()),
  /** Tries the quarantined events again, here and at central; what is left is in the live view. */
  retryQuarantine: procedureFor('supervisor').output(type<QuarantineRetry>()),
  /** What a quarantined event meant was mended by hand: nobody is reminded of it any more, here, at the hub and at central. It stays stored. */
  settle: procedureFor('supervisor').input(z.object({ origin: z.string(), seq: z.int() })).output(type<{ readonly ok: true }>()),
}
