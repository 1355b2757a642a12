/** Shapes of a dossier (hồ sơ). Money is a whole number of đồng, times are epoch milliseconds. */
import type { Channel } from './procedure.ts'

/** National status codes 1–10 under their English names (domain.md 1.4). */
export type DossierStatus =
  | 'submitted-online'
  | 'accepted'
  | 'refused'
  | 'processing'
  | 'need-supplement'
  | 'wait-obligation'
  | 'withdrawn'
  | 'stopped'
  | 'result-ready'
  | 'returned'

export type Sex = 'male' | 'female'
export type SubmitterRole = 'owner' | 'relative' | 'authorised'
export type ResultBy = 'counter' | 'post' | 'electronic'
/** Through the card terminal: a card, or the QR code that the terminal shows. Both are sales of the terminal, asked about and closed with its day alike. */
export type TerminalMethod = 'card' | 'terminal-qr'
export type PaymentMethod = 'cash' | 'vietqr' | TerminalMethod

/** The applicant. Personal data: sealed in the journal, masked on lists. Dates `yyyy-mm-dd`, empty string when unknown. */
export interface Person {
  readonly fullName: string
  readonly idNumber: string
  readonly oldIdNumber: string
  readonly dob: string
  readonly sex: Sex | ''
  readonly address: string
  readonly idIssued: string
  readonly phone: string
  readonly email: string
}

/** One row of the table of Mẫu 01. */
export interface ReceivedPaper {
  readonly name: string
  readonly original: number
  readonly copy: number
  readonly kind: 'submit' | 'present' | 'declare'
}

export interface SkippedDay {
  readonly date: string
  readonly why: string
}

/** A due date and why it is that. */
export interface DueDate {
  /** When counting starts: the moment of receipt, or the next opening. */
  readonly start: number
  /** null: no date is given ("theo thông báo"). */
  readonly due: number | null
  readonly skipped: readonly SkippedDay[]
  /** The rule, e.g. `3 ngày làm việc`. */
  readonly rule: string
  /** Given by the clerk instead of the rule, with the reason. */
  readonly changedBecause: string | null
}

export interface FeeLine {
  readonly name: string
  readonly unitPrice: number
  readonly quantity: number
  readonly amount: number
}

export interface Dossier {
  readonly code: string
  readonly procedure: string
  readonly procedureName: string
  readonly decisionNo: string
  readonly field: string
  readonly channel: Channel
  readonly status: DossierStatus
  readonly receivedAt: number
  readonly due: DueDate
  readonly papers: readonly ReceivedPaper[]
  readonly sets: number
  readonly submitter: SubmitterRole
  readonly resultBy: ResultBy
  readonly fee: readonly FeeLine[]
  readonly feeTotal: number
  /** đồng received so far. */
  readonly paid: number
  readonly paidBy: PaymentMethod | null
  readonly register: { readonly volume: string; readonly number: number }
  readonly counter: number
  readonly staff: string
  readonly staffName: string
  readonly ticketId: string | null
  readonly person: Person
  /** The person was erased on request; what is left is the dossier without its name. */
  readonly erased?: boolean
}
