/** Shapes of the intake form. */
import type { PaymentMethod, Person, ResultBy, SubmitterRole } from '#domain/dossier.ts'
import type { Channel, Component } from '#domain/procedure.ts'

export type PersonField = keyof Person
export const personFields = ['fullName', 'idNumber', 'dob', 'sex', 'address', 'idIssued', 'oldIdNumber', 'phone', 'email'] as const satisfies readonly PersonField[]

/** The person as typed: dates are still text (`23/11/2026`). */
export type TypedPerson = Readonly<Record<PersonField, string>>

/** The card says `card`; the form keeps what the clerk typed until the clerk chooses. */
export interface Conflict {
  readonly field: PersonField
  readonly card: string
}

export interface PaperLine {
  readonly name: string
  /** When the paper is needed, in the catalogue's words. */
  readonly when: string | null
  readonly required: Component['required']
  readonly kind: Component['kind']
  readonly ticked: boolean
  readonly original: number
  readonly copy: number
}

export interface DueEdit {
  /** As typed. */
  readonly date: string
  readonly reason: string
}

export type PayMethod = PaymentMethod

export interface IntakeForm {
  /** Drawn once a form, kept in its draft: accepting it twice, even after a restart, is accepting it once. */
  readonly commandId: string
  readonly procedure: string | null
  readonly channel: Channel
  /** Index into the processing times of the procedure. */
  readonly processing: number
  readonly person: TypedPerson
  /** Fields that still hold what the card said. */
  readonly fromCard: readonly PersonField[]
  readonly cardAt: number | null
  readonly cardScan: string | null
  /** Fields the clerk typed into: a card never overwrites these by itself. */
  readonly edited: readonly PersonField[]
  /** Where a card said something else than the clerk. */
  readonly conflicts: readonly Conflict[]
  /** Doubts the clerk looked at and confirmed with "Giữ"; codes of `validate.ts` with the value they were about. */
  readonly kept: readonly string[]
  readonly submitter: SubmitterRole
  readonly papers: readonly PaperLine[]
  readonly sets: number
  readonly resultBy: ResultBy
  /** Quantity by index of the fee in the catalogue. */
  readonly fees: Readonly<Record<number, number>>
  readonly dueEdit: DueEdit | null
  readonly method: PayMethod
}

const nobody: TypedPerson = { fullName: '', idNumber: '', oldIdNumber: '', dob: '', sex: '', address: '', idIssued: '', phone: '', email: '' }

export const emptyForm: IntakeForm = {
  commandId: '', procedure: null, channel: 'DIRECT', processing: 0, person: nobody, fromCard: [], cardAt: null, cardScan: null, edited: [], conflicts: [], kept: [],
  submitter: 'owner', papers: [], sets: 1, resultBy: 'counter', fees: {}, dueEdit: null, method: 'cash',
}
