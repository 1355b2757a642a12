import { z } from 'zod'

/** As it was typed or scanned; also an address that holds it. */
export const bookingCode = z.string().trim().min(1).max(200)

/** The code of an appointment was just scanned here; `at` (epoch ms) tells one time from the next. */
export interface ScannedBooking {
  readonly at: number
  readonly code: string
}

/** A booked slot of today, as a screen shows it before a number is given. Times epoch ms. */
export interface AppointmentView {
  readonly code: string
  readonly at: number
  /** From when to when its holder goes before walk-ins. */
  readonly window: { readonly from: number; readonly to: number }
  /** Whether that is now. */
  readonly first: boolean
  readonly service: string
  /** What it is for: a procedure, else the service. */
  readonly title: string
  /** Masked at the kiosk; null when none was given. */
  readonly name: string | null
  /** The number that it has already, as far as this station knows. */
  readonly number: string | null
}
