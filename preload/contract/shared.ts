import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Audience, ProcedureMeta } from './audience.ts'
import { errorCodes } from './errors.ts'

/** `reason` of a refusal is a key of the message catalogue (`refusal.<reason>`); `details` fill its blanks. */
export const refusal = z.object({ reason: z.string(), details: z.record(z.string(), z.string()).optional() })

/** A procedure of the contract for the given audiences. */
export const procedureFor = (...audience: Audience[]) =>
  oc.$meta<ProcedureMeta>({ audience }).errors({
    REFUSED: { ...errorCodes.REFUSED, data: refusal },
    HUB_UNREACHABLE: { ...errorCodes.HUB_UNREACHABLE, data: z.object({ since: z.number(), sent: z.boolean() }) },
    NOT_SAVED: { ...errorCodes.NOT_SAVED },
    INVALID: { ...errorCodes.INVALID, data: z.object({ field: z.string() }) },
  })

/** Drawn by the screen once per press; sending the same command again does it once and gives the first answer. */
export const commandId = z.string().regex(/^[0-9a-f-]{16,40}$/)

export const ticketId = z.string().min(1).max(64)
export const priorityGroup = z.enum(['disabled', 'elderly', 'pregnant', 'child', 'merit', 'urgent', 'appointment'])
export const declaredPaper = z.object({ name: z.string().max(400), have: z.boolean() })

export interface OfficeView {
  /** `Trung tâm Phục vụ hành chính công` */
  readonly unit: string
  /** `xã Hòa Phú` */
  readonly commune: string
  /** `tỉnh Đắk Lắk` */
  readonly province: string
  /** Agency code, `H15.50.05.13`. */
  readonly agency: string
  readonly phone: string
}

export type PaperState = 'ok' | 'near-end' | 'out'
export type DeviceState = 'ok' | 'warning' | 'down' | 'absent'

/** One device of the station as screens show it. `code` is a key of the catalogue (`device.<code>`). */
export interface DeviceView {
  readonly kind: 'printer' | 'scanner' | 'terminal' | 'chip-reader' | 'board' | 'touchpad'
  readonly name: string
  readonly state: DeviceState
  readonly code: string
  readonly simulated: boolean
}

/** How far this station's events have got. Times epoch ms. */
export interface SyncView {
  readonly peer: 'hub' | 'central'
  readonly reachable: boolean
  /** Last moment when the peer answered. */
  readonly lastContact: number | null
  /** Set while the peer does not answer. */
  readonly lostSince: number | null
  /** Events not yet acknowledged. */
  readonly waiting: number
  /** When the oldest of them was written. */
  readonly behindSince?: number | null
  /** Set while the peer says no: `code` is a key of the catalogue (`sync.refused.<code>`), `origin` whose events it concerns, and whether they are this station's own. */
  readonly refused?: { readonly code: string; readonly origin: string | null; readonly own: boolean } | null
  /** Since when a peer that can be reached doesn't take what waits: somebody must look. */
  readonly stalledSince?: number | null
  /** Why the peer does not answer, as the machine says it: for a technician. `other-certificate`: it is not the one that was paired. */
  readonly lostBecause?: string | null
  /** The peer takes what is sent, and what should come down from it doesn't. */
  readonly nothingComes?: boolean
  /** The hub's way to central, as the hub tells it to its stations: what is wrong there is mended at the hub. */
  readonly ofHub?: boolean
}
