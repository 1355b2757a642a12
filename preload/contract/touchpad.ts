import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { TerminalMethod } from '#domain/dossier.ts'
import { ratingReasons } from './rating-reasons.ts'
import { commandId, procedureFor, ticketId, type OfficeView } from './shared.ts'

/** A VietQR payment shown to the citizen. */
export interface PaymentShown {
  readonly paymentId: string
  readonly amount: number
  /** EMVCo payload of the QR. */
  readonly payload: string
  readonly bank: string
  readonly account: string
  readonly accountName: string
  readonly purpose: string
  readonly state: 'waiting' | 'received'
}

export interface TouchpadView {
  readonly now: number
  readonly office: OfficeView
  readonly sample: boolean
  readonly counter: number
  readonly serviceNames: readonly string[]
  readonly staffName: string | null
  readonly screen:
    /** A card at the terminal, or the QR code on its screen; `progress` is a key under `terminal.progress.` of the catalogue. */
    | { readonly kind: 'card'; readonly number: string; readonly method: TerminalMethod; readonly amount: number; readonly progress: string }
    | { readonly kind: 'idle' }
    | { readonly kind: 'serving'; readonly number: string; readonly title: string }
    | { readonly kind: 'payment'; readonly number: string; readonly payment: PaymentShown }
    | {
        readonly kind: 'rating'
        readonly ticketId: string
        readonly number: string
        readonly title: string
        readonly at: number
        readonly expiresAt: number
      }
    | { readonly kind: 'thanks'; readonly number: string }
}

export const rateInput = z.object({
  commandId,
  ticketId,
  /** 5 rất hài lòng … 1 rất không hài lòng. */
  score: z.int().min(1).max(5),
  reasons: z.array(z.enum(ratingReasons)).max(6),
  other: z.string().max(500),
})

export const touchpadContract = {
  live: procedureFor('touchpad').output(eventIterator(type<TouchpadView>())),
  rate: procedureFor('touchpad').input(rateInput).output(type<{ readonly ok: true }>()),
  skip: procedureFor('touchpad').input(z.object({ commandId, ticketId })).output(type<{ readonly ok: true }>()),
}
