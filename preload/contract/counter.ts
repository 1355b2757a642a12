import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { Dossier, DossierStatus, DueDate, FeeLine, PaymentMethod, Person, TerminalMethod } from '#domain/dossier.ts'
import type { Procedure } from '#domain/procedure.ts'
import type { CounterState, QueueSnapshot, RatingRequest, ServiceLoad, Ticket } from '#domain/ticket.ts'
import { bookingCode, type AppointmentView, type ScannedBooking } from './appointment.ts'
import { commandId, procedureFor, ticketId, type DeviceView, type OfficeView, type PaperState, type SyncView } from './shared.ts'
import type { PaymentShown } from './touchpad.ts'

/** A waiting ticket as the clerk lists it. */
export interface QueueRow {
  readonly ticket: Ticket
  readonly serviceName: string
  readonly waitedMinutes: number
  /** Papers the citizen said are missing; null when nothing was declared. */
  readonly missingPapers: number | null
}

/** A print job in doubt: the clerk looks at the printer and says. */
export interface UnknownPrint {
  readonly jobId: string
  readonly kind: 'ticket' | 'receipt' | 'fee-receipt'
  /** Ticket number or dossier code. */
  readonly what: string
  readonly since: number
  /** `unknown`: may be on paper; `failed`: is not; `waiting`: for paper or cover. */
  readonly state: 'unknown' | 'failed' | 'waiting'
  /** Catalogue key under `slip.` */
  readonly reason: string | null
}

/** A payment at this station's terminal that is under way or in doubt, or the one that ended last. */
export interface CardPayment {
  readonly paymentId: string
  readonly code: string
  readonly method: TerminalMethod
  readonly amount: number
  readonly at: number
  /** `charging`: the terminal, or the clerk at it, is busy with it. `unknown`: nobody knows whether it charged. */
  readonly state: 'charging' | 'unknown' | 'received' | 'cancelled'
  /** Catalogue key under `terminal.progress.` while charging. */
  readonly progress: string | null
  /** The terminal can be asked what became of it; else only its slip can tell. */
  readonly canBeAsked: boolean
  /** The clerk types the amount into a terminal without a cable and says what came of it. */
  readonly byHand: boolean
  /** Catalogue key under `terminal.reason.`; null when there is nothing to say. */
  readonly reason: string | null
}

export interface DossierRow {
  readonly code: string
  readonly procedureName: string
  readonly status: DossierStatus
  readonly receivedAt: number
  readonly due: number | null
  /** Masked: initials and given name. */
  readonly person: string
  /** How the newest print of its receipt stands; null when this station never printed one. */
  readonly print: 'printing' | 'printed' | 'sent' | 'failed' | 'unknown' | null
  /** Catalogue key under `slip.` where it came out: `backup` at the other printer. */
  readonly printReason?: string | null
  /** The person was erased on request. */
  readonly erased?: boolean
}

/** Identity read from a card at this counter, not yet put into a form. */
export interface CardScan {
  readonly scanId: string
  readonly at: number
  readonly person: Person
  /** Catalogue keys under `scan.`; a warning never blocks. */
  readonly warnings: readonly string[]
  /** What the chip of the card proved; null for a QR code, which proves nothing. */
  readonly authentic: 'verified' | 'not-verified' | 'failed' | null
}

/** A chip on this counter's reader: being read, or why it could not be (a catalogue key under `chip.`). */
export type ChipReading = { readonly state: 'reading' } | { readonly state: 'failed'; readonly code: string }

export interface CurrentVisit {
  readonly ticket: Ticket
  /** Who booked the slot; null for a walk-in and where no name was given. */
  readonly bookedBy: string | null
  readonly serviceName: string
  readonly estimateTold: string | null
  /** The card scanned during this visit, if any. */
  readonly card: CardScan | null
  /** The chip that was begun in this visit and isn't read yet, or couldn't be. */
  readonly chip: ChipReading | null
  /** Earlier dossiers of the person on the card. */
  readonly recent: readonly DossierRow[]
  /** Dossiers taken in during this visit. */
  readonly dossiers: readonly DossierRow[]
}

export interface CounterView {
  readonly now: number
  /** When the queue last spoke (epoch ms); hub lost when `hubLostSince` is set. */
  readonly asOf: number
  readonly hubLostSince: number | null
  readonly office: OfficeView
  readonly sample: boolean
  /** Where a sample station is set up as a real one. */
  readonly setupUrl: string | null
  readonly counter: CounterState
  readonly staffName: string
  /** Chức danh by the province's list; null when it has none. */
  readonly staffPosition: string | null
  /** Another text whenever `procedures` may answer something else. */
  readonly catalogue: string
  readonly serviceNames: readonly string[]
  /** The waiting that this counter serves, in the order it would call them. */
  readonly mine: readonly QueueRow[]
  /** Everybody waiting in the room. */
  readonly room: readonly QueueRow[]
  readonly held: readonly QueueRow[]
  readonly absent: readonly QueueRow[]
  readonly current: CurrentVisit | null
  /** The card scanned here while nobody is being served: for a dossier without a ticket. */
  readonly looseCard: CardScan | null
  readonly scanned: ScannedBooking | null
  /** Catalogue key and blanks of the sentence that says why the first of `mine` is next. */
  readonly rule: { readonly key: string; readonly details: Readonly<Record<string, string>> }
  readonly counters: readonly CounterState[]
  readonly services: readonly ServiceLoad[]
  readonly rating: RatingRequest | null
  readonly payment: PaymentShown | null
  /** How a fee can be paid here. */
  readonly payWays: readonly PaymentMethod[]
  readonly cards: readonly CardPayment[]
  readonly prints: readonly UnknownPrint[]
  readonly devices: readonly DeviceView[]
  readonly paper: PaperState
  readonly sync: readonly SyncView[]
  readonly helpAsked: QueueSnapshot['helpAsked']
}

/** What the clerk may do with the queue; the counter is the session's own. */
export const counterAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call-next'), finishCurrent: z.boolean() }),
  z.object({ kind: z.literal('call'), ticketId }),
  z.object({ kind: z.literal('recall') }),
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('hold'), reason: z.string().max(200) }),
  z.object({ kind: z.literal('resume'), ticketId }),
  z.object({ kind: z.literal('transfer'), toService: z.string().max(20), toCounter: z.int().nullable(), reason: z.string().max(200) }),
  z.object({ kind: z.literal('no-show') }),
  z.object({ kind: z.literal('requeue'), ticketId }),
  z.object({ kind: z.literal('finish') }),
  z.object({ kind: z.literal('note'), ticketId, text: z.string().max(500) }),
  z.object({ kind: z.literal('pause'), until: z.number().nullable() }),
  z.object({ kind: z.literal('answer-help'), station: z.string().max(64) }),
])
export type CounterAction = z.infer<typeof counterAction>

const day = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/)

export const person = z.object({
  fullName: z.string().trim().min(1).max(120),
  idNumber: z.string().max(20),
  oldIdNumber: z.string().max(20),
  dob: day,
  sex: z.enum(['male', 'female', '']),
  address: z.string().max(400),
  idIssued: day,
  phone: z.string().max(20),
  email: z.string().max(120),
})

export const channel = z.enum(['DIRECT', 'ONLINE', 'POSTAL'])
export const receivedPaper = z.object({
  name: z.string().min(1).max(600),
  original: z.int().min(0).max(99),
  copy: z.int().min(0).max(99),
  kind: z.enum(['submit', 'present', 'declare']),
})

/** One choice of a fee line: the index of the fee in the catalogue and how many. */
export const feeChoice = z.object({ fee: z.int().min(0), quantity: z.int().min(0).max(999) })

export const previewInput = z.object({
  procedure: z.string().max(40),
  channel,
  /** Index of the chosen processing time when the procedure has several cases. */
  processing: z.int().min(0),
  fees: z.array(feeChoice).max(30),
})

export interface IntakePreview {
  readonly due: DueDate
  /** Strip of days from receipt to due date for the picture: at most 8. */
  readonly days: readonly { readonly date: string; readonly kind: 'received' | 'counted' | 'skipped' | 'due'; readonly nth: number | null; readonly why: string | null }[]
  readonly fee: readonly FeeLine[]
  readonly feeTotal: number
}

export const acceptInput = z.object({
  commandId,
  ticketId: ticketId.nullable(),
  procedure: z.string().max(40),
  channel,
  processing: z.int().min(0),
  person,
  /** Fields that came from a card and were not touched: kept in the journal as provenance. */
  fromCard: z.array(z.string().max(30)).max(12),
  submitter: z.enum(['owner', 'relative', 'authorised']),
  papers: z.array(receivedPaper).min(1).max(60),
  sets: z.int().min(1).max(20),
  resultBy: z.enum(['counter', 'post', 'electronic']),
  fees: z.array(feeChoice).max(30),
  dueChange: z.object({ due: z.number(), reason: z.string().min(1).max(200) }).nullable(),
  /** The sum on the clerk's screen, đồng: refused as `fee-changed` when a new price came in between. */
  shownTotal: z.int().min(0).nullish(),
})
export type AcceptInput = z.infer<typeof acceptInput>

/** The unsaved form, kept each second so that a crash or Esc loses nothing. Sealed like any personal data. */
export const draft = z.object({ ticketId: ticketId.nullable(), form: z.record(z.string(), z.json()) })

export interface AcceptedDossier {
  readonly dossier: Dossier
  readonly print: 'printing' | 'printed' | 'sent' | 'failed' | 'unknown'
}

export const counterContract = {
  live: procedureFor('counter').output(eventIterator(type<CounterView>())),
  do: procedureFor('counter').input(z.object({ commandId, action: counterAction })).output(type<{ readonly ticketId: string | null }>()),
  procedures: procedureFor('counter').output(type<readonly Procedure[]>()),
  preview: procedureFor('counter').input(previewInput).output(type<IntakePreview>()),
  accept: procedureFor('counter').input(acceptInput).output(type<AcceptedDossier>()),
  saveDraft: procedureFor('counter').input(draft).output(type<{ readonly savedAt: number }>()),
  loadDraft: procedureFor('counter').input(z.object({ ticketId: ticketId.nullable() })).output(type<{ readonly form: Readonly<Record<string, unknown>>; readonly savedAt: number } | null>()),
  /** The clerk asks to see the full number on the screen; journaled. */
  reveal: procedureFor('counter').input(z.object({ commandId, code: z.string().max(60) })).output(type<Person>()),
  find: procedureFor('counter').input(z.object({ text: z.string().max(120) })).output(type<readonly DossierRow[]>()),
  /** An appointment by its code. */
  appointment: procedureFor('counter').input(z.object({ code: bookingCode })).output(type<AppointmentView>()),
  /** Gives the holder of an appointment a number, printed here when the printer can. */
  admit: procedureFor('counter').input(z.object({ commandId, code: bookingCode })).output(type<{ readonly number: string; readonly printed: boolean }>()),
  dossier: procedureFor('counter').input(z.object({ code: z.string().max(60) })).output(type<Dossier>()),
  /** Mẫu 01 as PDF on A5 or A4, base64. */
  receiptPdf: procedureFor('counter').input(z.object({ code: z.string().max(60), size: z.enum(['A5', 'A4']) })).output(type<{ readonly base64: string }>()),
  payCash: procedureFor('counter')
    .input(z.object({ commandId, code: z.string().max(60), amount: z.int().positive(), given: z.int().positive() }))
    .output(type<{ readonly change: number; readonly paymentId: string }>()),
  /** Shows the QR on the citizen's screen; nothing is paid yet. */
  askVietQr: procedureFor('counter').input(z.object({ commandId, code: z.string().max(60), amount: z.int().positive() })).output(type<PaymentShown>()),
  /** The clerk saw the money in the bank's own notice; `bankReference` is what that notice says. */
  confirmVietQr: procedureFor('counter')
    .input(z.object({ commandId, paymentId: z.string().max(64), bankReference: z.string().max(60) }))
    .output(type<{ readonly ok: true }>()),
  cancelVietQr: procedureFor('counter').input(z.object({ commandId, paymentId: z.string().max(64) })).output(type<{ readonly ok: true }>()),
  /**
   * Sends one sale to the card terminal; how it ends is told by `cards`. Refused while another payment there is in doubt. By QR code only where `payWays`
   * has it; elsewhere it ends as `cancelled`, `unsupported`.
   */
  payCard: procedureFor('counter')
    .input(z.object({ commandId, code: z.string().max(60), amount: z.int().positive(), method: z.enum(['card', 'terminal-qr']).default('card') }))
    .output(type<{ readonly paymentId: string }>()),
  /** Asks the terminal what became of a payment in doubt, or to give up one that runs. Never a second sale. */
  askTerminal: procedureFor('counter').input(z.object({ paymentId: z.string().max(64), what: z.enum(['outcome', 'abort']) })).output(type<{ readonly ok: true }>()),
  /** The clerk has the terminal's slip: charged, with the approval code on it, or not charged. */
  settleCard: procedureFor('counter')
    .input(z.object({ commandId, paymentId: z.string().max(64), approval: z.string().trim().regex(/^[0-9A-Za-z]{2,12}$/).nullable() }))
    .output(type<{ readonly ok: true }>()),
  /** Prints again under the same number or code, marked "In lại". */
  reprint: procedureFor('counter').input(z.object({ commandId, jobId: z.string().max(64) })).output(type<{ readonly jobId: string }>()),
  /** "Đã in": the clerk saw the paper. */
  confirmPrinted: procedureFor('counter').input(z.object({ commandId, jobId: z.string().max(64) })).output(type<{ readonly ok: true }>()),
  printReceipt: procedureFor('counter').input(z.object({ commandId, code: z.string().max(60) })).output(type<{ readonly jobId: string }>()),
}
