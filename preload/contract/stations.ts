import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import { procedureFor } from './shared.ts'

/** What a machine becomes that uses the code. `spare` holds copies of the hub's journals and can take its place. */
export const pairingPurpose = z.object({ kind: z.enum(['counter', 'kiosk', 'board', 'touchpad', 'spare']), counter: z.int().min(1).max(99).nullable() })
export type PairingPurpose = z.infer<typeof pairingPurpose>

/** A machine that may link to this hub. Times epoch ms. */
export interface LinkedStation {
  readonly id: string
  readonly kind: 'station' | 'board' | 'touchpad'
  /** Counters for which it may act, null for any. */
  readonly counters: readonly number[] | null
  readonly connected: boolean
  readonly lastSeen: number | null
  /** Waiting numbers that only it may call while it is cut off. */
  readonly leased: number
  /** Of them those that only a machine which is not connected could give back. */
  readonly away: number
  /** How far the copy of the journals at a spare is; null at any other machine. */
  readonly copy: { readonly reachable: boolean; readonly lastContact: number | null; readonly waiting: number } | null
}

export interface StationsView {
  readonly now: number
  readonly isHub: boolean
  /** Another machine has taken over: this one is the hub no more. */
  readonly superseded: boolean
  /** For other machines: where this hub is, and its certificate's SHA-256; null when only this machine can reach it. */
  readonly address: string | null
  readonly fingerprint: string | null
  readonly code: { readonly code: string; readonly purpose: PairingPurpose; readonly expiresAt: number } | null
  readonly stations: readonly LinkedStation[]
  readonly counters: readonly number[]
  /** At a spare: whether it holds what it needs to take over, and since when the hub is gone. */
  readonly spare: { readonly ready: boolean; readonly hubLostSince: number | null } | null
}

const machine = z.object({ id: z.string().min(1).max(64) })
const done = type<{ readonly ok: true }>()

/** The page "Thiết bị & trạm": machines of the office, their codes and their rights. */
export const stationsContract = {
  live: procedureFor('supervisor').output(eventIterator(type<StationsView>())),
  /** Shows a new one-time code; the one before is over. */
  openCode: procedureFor('supervisor').input(pairingPurpose).output(type<{ readonly code: string; readonly expiresAt: number }>()),
  closeCode: procedureFor('supervisor').output(done),
  /** Takes a machine's token back; its connections end at once. */
  revoke: procedureFor('supervisor').input(machine).output(done),
  /** The machine is off for good: its numbers go back to everybody. */
  endLeases: procedureFor('supervisor').input(machine).output(done),
  /** This spare becomes the hub, and starts anew as such; `force` also while the old one still answers. */
  promote: procedureFor('supervisor').input(z.object({ force: z.boolean() })).output(type<{ readonly term: number }>()),
}
