import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { Component, Fee, Procedure, ProcessingTime } from '#domain/procedure.ts'
import type { Ticket, WaitRange } from '#domain/ticket.ts'
import { bookingCode, type AppointmentView, type ScannedBooking } from './appointment.ts'
import { commandId, declaredPaper, priorityGroup, procedureFor, ticketId, type OfficeView, type PaperState } from './shared.ts'

export type { Component, Fee, ProcessingTime }

export interface KioskService {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly waiting: number
  readonly estimate: WaitRange | null
  readonly counters: readonly number[]
}

/** Whether the office takes dossiers now. `nextOpening` (epoch ms) is set when it doesn't. */
export interface OpeningView {
  readonly open: boolean
  readonly session: 'morning' | 'afternoon' | 'all-day' | null
  /** `HH:mm` at which the present session ends. */
  readonly until: string | null
  readonly nextOpening: number | null
}

export interface KioskView {
  readonly now: number
  readonly asOf: number
  readonly office: OfficeView
  readonly station: string
  readonly stationName: string
  readonly sample: boolean
  readonly opening: OpeningView
  readonly waiting: number
  /** Another text whenever `procedures` may answer something else. */
  readonly catalogue: string
  readonly services: readonly KioskService[]
  readonly priorities: readonly z.infer<typeof priorityGroup>[]
  readonly paper: PaperState
  /** It answers and only paper, if anything, is missing. */
  readonly printerOnline: boolean
  readonly hubLostSince: number | null
  /** Counter that hands out paper tickets and finds lost ones. */
  readonly receptionCounter: number
  /** A card was just read at this kiosk: sealed facts only, no name, no number. */
  readonly card: { readonly at: number; readonly age: number | null } | null
  /** Somebody is booked for today. */
  readonly bookings: boolean
  readonly scanned: ScannedBooking | null
}

/** A procedure as the kiosk lists it, with the service that serves it. */
export interface KioskProcedure extends Procedure {
  readonly service: string
  /** Codes often needed together with this one. */
  readonly together: readonly string[]
}

export type SlipState = 'printing' | 'printed' | 'sent' | 'not-printed' | 'unknown'

/** What the citizen sees of the ticket. */
export interface IssuedTicket {
  readonly ticket: Ticket
  readonly serviceName: string
  readonly ahead: number
  readonly counters: readonly number[]
  /** Epoch ms range in which the call is expected. */
  readonly expected: { readonly from: number; readonly to: number } | null
  /** What the QR opens. */
  readonly followUrl: string
  readonly slip: SlipState
  /** Catalogue key under `slip.` when not printed. */
  readonly slipReason: string | null
}

export const issueInput = z.object({
  commandId,
  service: z.string().max(20),
  procedure: z.string().max(40).nullable(),
  priority: priorityGroup.nullable(),
  papers: z.array(declaredPaper).max(40),
  /** false: the citizen takes the number on the screen because there is no paper. */
  print: z.boolean(),
  /** The code of an appointment: it says service and procedure then, and whether its holder goes first. */
  booking: bookingCode.nullish(),
})

export const kioskContract = {
  live: procedureFor('kiosk').output(eventIterator(type<KioskView>())),
  procedures: procedureFor('kiosk').output(type<readonly KioskProcedure[]>()),
  /** An appointment before its number is given, the name masked. */
  appointment: procedureFor('kiosk').input(z.object({ code: bookingCode })).output(type<AppointmentView>()),
  issue: procedureFor('kiosk').input(issueInput).output(type<IssuedTicket>()),
  /** State of the slip of a ticket issued here, until it is decided. */
  slip: procedureFor('kiosk').input(z.object({ ticketId })).output(eventIterator(type<IssuedTicket>())),
  /** "Chưa thấy phiếu": prints the same number again, marked "In lại". */
  reprint: procedureFor('kiosk').input(z.object({ commandId, ticketId })).output(type<IssuedTicket>()),
  askHelp: procedureFor('kiosk').input(z.object({ commandId })).output(type<{ readonly ok: true }>()),
}
