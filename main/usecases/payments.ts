import { randomUUID } from 'node:crypto'
import { paymentReference } from '#domain/codes.ts'
import type { Dossier, PaymentMethod } from '#domain/dossier.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import type { DossierStore } from './dossier-store.ts'
import { Refusal } from './refusal.ts'

export interface PaymentRow {
  readonly id: string
  readonly code: string
  readonly method: PaymentMethod
  readonly amount: number
  readonly state: 'waiting' | 'received' | 'cancelled'
  readonly reference: string
  readonly requested_at: number
}

interface Parts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly dossiers: DossierStore
  readonly now: () => number
}

/** Fees at the counter. Nobody pays twice: what is paid or asked for already is refused, a command sent again is answered, not done. */
export class Payments {
  readonly #parts: Parts
  readonly #waiting
  readonly #byId
  readonly #originOf

  constructor(parts: Parts) {
    this.#parts = parts
    this.#waiting = parts.journal.db.prepare<[string], PaymentRow>(`SELECT * FROM v_payments WHERE code = ? AND state = 'waiting'`)
    this.#byId = parts.journal.db.prepare<[string], PaymentRow>('SELECT * FROM v_payments WHERE id = ?')
    this.#originOf = parts.journal.db.prepare<[string]>('SELECT origin FROM v_dossiers WHERE code = ?').pluck()
  }

  /** Cash: `given` by the citizen, the change is answered. */
  cash(commandId: string, staff: string, input: { code: string; amount: number; given: number }): { change: number; paymentId: string } {
    const before = this.#parts.commands.answerOf(commandId) as { change: number; paymentId: string } | undefined
    if (before) return before
    this.#owed(input.code, input.amount)
    if (input.given < input.amount) throw new Refusal('too-little-cash')
    const answer = { change: input.given - input.amount, paymentId: randomUUID() }
    const { journal, commands, now } = this.#parts
    journal.append(
      staff,
      [
        { type: 'payment.requested', subject: input.code, data: { paymentId: answer.paymentId, method: 'cash', amount: input.amount, reference: paymentReference(input.code) } },
        {
          type: 'payment.received',
          subject: input.code,
          data: { paymentId: answer.paymentId, method: 'cash', amount: input.amount, given: input.given, change: answer.change, bankReference: null, staff },
        },
      ],
      () => commands.keep(commandId, now(), answer),
    )
    return answer
  }

  /** Asks for a transfer; the same dossier is asked once at a time. */
  askTransfer(commandId: string, staff: string, input: { code: string; amount: number }): PaymentRow {
    const before = this.#parts.commands.answerOf(commandId) as { paymentId: string } | undefined
    if (before) return this.#need(before.paymentId)
    this.#owed(input.code, input.amount)
    const paymentId = randomUUID()
    const { journal, commands, now } = this.#parts
    journal.append(
      staff,
      [{ type: 'payment.requested', subject: input.code, data: { paymentId, method: 'vietqr', amount: input.amount, reference: paymentReference(input.code) } }],
      () => commands.keep(commandId, now(), { paymentId }),
    )
    return this.#need(paymentId)
  }

  /** The clerk saw the money in the bank's own notice (never the citizen's screenshot). */
  confirmTransfer(staff: string, paymentId: string, bankReference: string): void {
    const payment = this.#need(paymentId)
    if (payment.state === 'received') return
    if (payment.state === 'cancelled') throw new Refusal('payment-cancelled')
    const { amount, code } = payment
    this.#parts.journal.append(staff, [
      { type: 'payment.received', subject: code, data: { paymentId, method: 'vietqr', amount, given: null, change: null, bankReference, staff } },
    ])
  }

  cancelTransfer(staff: string, paymentId: string): void {
    const payment = this.#need(paymentId)
    if (payment.state === 'received') throw new Refusal('already-paid')
    if (payment.state === 'waiting') this.#parts.journal.append(staff, [{ type: 'payment.cancelled', subject: payment.code, data: { paymentId } }])
  }

  find(paymentId: string): PaymentRow | null {
    return this.#byId.get(paymentId) ?? null
  }

  waitingOf(code: string): PaymentRow | null {
    return this.#waiting.get(code) ?? null
  }

  #owed(code: string, amount: number): Dossier {
    const dossier = this.#parts.dossiers.find(code)
    if (!dossier) throw new Refusal('dossier-not-found')
    // Two stations would not know of each other's cash: only the one that took the dossier in takes its money.
    if (this.#originOf.get(code) !== this.#parts.journal.origin) throw new Refusal('pay-elsewhere')
    if (dossier.paid >= dossier.feeTotal) throw new Refusal('already-paid')
    if (amount !== dossier.feeTotal - dossier.paid) throw new Refusal('amount-differs')
    if (this.#waiting.get(code)) throw new Refusal('payment-waiting')
    return dossier
  }

  #need(paymentId: string): PaymentRow {
    const payment = this.#byId.get(paymentId)
    if (!payment) throw new Refusal('payment-not-found')
    return payment
  }
}
