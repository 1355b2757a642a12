import { randomUUID } from 'node:crypto'
import { paymentReference } from '#domain/codes.ts'
import type { PaymentMethod, TerminalMethod } from '#domain/dossier.ts'
import type { CardSlip, EventData, NewEvent } from '#domain/event.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import type { DossierStore } from './dossier-store.ts'
import { Refusal } from './refusal.ts'

export interface PaymentRow {
  readonly id: string
  readonly code: string
  readonly method: PaymentMethod
  readonly amount: number
  /** `unknown`: the terminal may have charged; it or a person decides. */
  readonly state: 'waiting' | 'unknown' | 'received' | 'cancelled'
  readonly reference: string
  readonly requested_at: number
  readonly last_receipt: string | null
  readonly reason: string | null
  /** `CardSlip` as JSON. */
  readonly card: string | null
  /** What the terminal said, when it is not the end yet. */
  readonly reported: 'approved' | 'declined' | null
}

interface Parts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly dossiers: DossierStore
  readonly now: () => number
}

interface Sum {
  readonly code: string
  readonly amount: number
}

type Received = Omit<EventData['payment.received'], 'paymentId' | 'method' | 'amount' | 'staff'>
/** In the words of the indexes of `v_payments`. */
const atTerminal = `method IN ('card', 'terminal-qr')`
const nothing: Received = { given: null, change: null, bankReference: null, card: null }

/** Fees at the counter. Nobody pays twice: what is paid or asked for already is refused, a command sent again is answered, not done. */
export class Payments {
  readonly #parts: Parts
  readonly #open
  readonly #openCards
  readonly #latestCard
  readonly #orphans
  readonly #byId
  readonly #originOf

  constructor(parts: Parts) {
    this.#parts = parts
    const { db } = parts.journal
    this.#open = db.prepare<[string], PaymentRow>(`SELECT * FROM v_payments WHERE code = ? AND state IN ('waiting', 'unknown')`)
    // Named, for SQLite prefers the index of all that was ever taken there; this is asked at each change of a counter's screen.
    this.#openCards = db.prepare<[string], PaymentRow>(`SELECT * FROM v_payments INDEXED BY v_payments_open_cards WHERE origin = ? AND ${atTerminal} AND state IN ('waiting', 'unknown') ORDER BY requested_at`)
    this.#orphans = db.prepare<[string, number], { at: number; amount: number; receipt: string | null }>('SELECT at, amount, receipt FROM v_card_orphans WHERE origin = ? AND at >= ? ORDER BY at')
    this.#latestCard = db.prepare<[string], PaymentRow>(`SELECT * FROM v_payments WHERE origin = ? AND ${atTerminal} ORDER BY requested_at DESC LIMIT 1`)
    this.#byId = db.prepare<[string], PaymentRow>('SELECT * FROM v_payments WHERE id = ?')
    this.#originOf = db.prepare<[string]>('SELECT origin FROM v_dossiers WHERE code = ?').pluck()
  }

  /** Cash: `given` by the citizen, the change is answered. */
  cash(commandId: string, staff: string, input: Sum & { given: number }): { change: number; paymentId: string } {
    const before = this.#parts.commands.answerOf(commandId) as { change: number; paymentId: string } | undefined
    if (before) return before
    this.assertOwed(input)
    if (input.given < input.amount) throw new Refusal('too-little-cash')
    const answer = { change: input.given - input.amount, paymentId: randomUUID() }
    const payment = { id: answer.paymentId, code: input.code, method: 'cash', amount: input.amount } as const
    this.#append(staff, commandId, answer, [
      requested(payment, paymentReference(input.code)),
      received(payment, staff, { ...nothing, given: input.given, change: answer.change }),
    ])
    return answer
  }

  /** Asks for a transfer; the same dossier is asked once at a time. */
  askTransfer(commandId: string, staff: string, input: Sum): PaymentRow {
    return this.#ask(commandId, staff, { ...input, id: randomUUID(), method: 'vietqr' }, paymentReference(input.code))
  }

  /**
   * The intent of a payment at the card terminal; nothing has gone to the terminal yet. Its reference is its own, so that the terminal can be asked about it.
   * `lastReceipt` is the terminal's newest receipt number right now.
   */
  askCard(commandId: string, staff: string, input: Sum & { readonly method: TerminalMethod }, lastReceipt: string | null): PaymentRow {
    const id = randomUUID()
    return this.#ask(commandId, staff, { ...input, id }, id.replaceAll('-', '').slice(0, 20).toUpperCase(), lastReceipt)
  }

  /** The payment that this command asked for before; null when it is new. */
  asked(commandId: string): PaymentRow | null {
    const before = this.#parts.commands.answerOf(commandId) as { paymentId: string } | undefined
    return before ? this.#need(before.paymentId) : null
  }

  /** The clerk saw the money in the bank's own notice (never the citizen's screenshot). */
  confirmTransfer(staff: string, paymentId: string, bankReference: string): void {
    const payment = this.#needTransfer(paymentId)
    if (payment.state === 'received') return
    if (payment.state === 'cancelled') throw new Refusal('payment-cancelled')
    this.#parts.journal.append(staff, [received(payment, staff, { ...nothing, bankReference: this.#parts.dossiers.sealFor(payment.code, bankReference) })])
  }

  /** The transfer is no longer expected. */
  cancelTransfer(staff: string, paymentId: string): void {
    this.cancel(staff, this.#needTransfer(paymentId).id)
  }

  /** The terminal's word, stored before it is confirmed to it. Not the end yet: a terminal that misses the confirmation gives the money back. */
  cardReported(paymentId: string, outcome: 'approved' | 'declined', card: CardSlip): void {
    const payment = this.#need(paymentId)
    this.#parts.journal.append('system', [{ type: 'payment.reported', subject: payment.code, data: { paymentId, outcome, card } }])
  }

  /** The terminal told of a payment that nobody waits for. */
  cardOrphaned(outcome: 'approved' | 'declined', reference: string, amount: number, card: CardSlip): void {
    this.#parts.journal.append('system', [{ type: 'payment.orphaned', subject: reference || (card.receipt ?? 'terminal'), data: { outcome, amount, card } }])
  }

  /** Payments that this station's terminal told of and nobody waited for, since then. */
  orphansSince(from: number): readonly { readonly at: number; readonly amount: number; readonly receipt: string | null }[] {
    return this.#orphans.all(this.#parts.journal.origin, from)
  }

  /** The terminal, or a person with its slip, says that it charged. */
  cardCharged(staff: string, paymentId: string, card: CardSlip): void {
    const payment = this.#need(paymentId)
    if (payment.state !== 'received') this.#parts.journal.append(staff, [received(payment, staff, { ...nothing, card })])
  }

  /** Nobody knows yet whether the terminal charged. */
  cardDoubted(paymentId: string, reason: string): void {
    const payment = this.#need(paymentId)
    if (payment.state !== 'waiting' && payment.reason === reason) return
    if (payment.state === 'waiting' || payment.state === 'unknown') this.#parts.journal.append('system', [{ type: 'payment.doubted', subject: payment.code, data: { paymentId, reason } }])
  }

  /** No money moved. */
  cancel(staff: string, paymentId: string, reason: string | null = null): void {
    const payment = this.#need(paymentId)
    if (payment.state === 'received') throw new Refusal('already-paid')
    if (payment.state !== 'cancelled') this.#parts.journal.append(staff, [{ type: 'payment.cancelled', subject: payment.code, data: { paymentId, reason } }])
  }

  find(paymentId: string): PaymentRow | null {
    return this.#byId.get(paymentId) ?? null
  }

  /** A payment of this dossier that is neither received nor given up. */
  openOf(code: string): PaymentRow | null {
    return this.#open.get(code) ?? null
  }

  /** Payments at this station's terminal that are under way or in doubt, oldest first. */
  openCards(): readonly PaymentRow[] {
    return this.#openCards.all(this.#parts.journal.origin)
  }

  /** The payment at this station's terminal that was begun last, null when there was none. */
  latestCard(): PaymentRow | null {
    return this.#latestCard.get(this.#parts.journal.origin) ?? null
  }

  #ask(commandId: string, staff: string, payment: Sum & { id: string; method: PaymentMethod }, reference: string, lastReceipt: string | null = null): PaymentRow {
    const before = this.asked(commandId)
    if (before) return before
    this.assertOwed(payment)
    this.#append(staff, commandId, { paymentId: payment.id }, [requested(payment, reference, lastReceipt)])
    return this.#need(payment.id)
  }

  #append(staff: string, commandId: string, answer: object, events: readonly NewEvent[]): void {
    const { journal, commands, now } = this.#parts
    journal.append(staff, events, () => commands.keep(commandId, now(), answer))
  }

  /** Refuses what is not owed here, or is being paid already. */
  assertOwed({ code, amount }: Sum): void {
    const dossier = this.#parts.dossiers.find(code)
    if (!dossier) throw new Refusal('dossier-not-found')
    this.#assertTakenInHere(code)
    if (dossier.paid >= dossier.feeTotal) throw new Refusal('already-paid')
    if (amount !== dossier.feeTotal - dossier.paid) throw new Refusal('amount-differs')
    const open = this.openOf(code)
    if (open) throw new Refusal(open.state === 'unknown' ? 'card-in-doubt' : 'payment-waiting')
  }

  /** Two stations would not know of each other's cash: only the one that took the dossier in takes its money. Nor does a disk that was put back know what it took since. */
  #assertTakenInHere(code: string): void {
    const { journal } = this.#parts
    const origin = this.#originOf.get(code)
    if (origin === journal.origin) return
    throw new Refusal(typeof origin === 'string' && journal.standing(origin) === 'retired' ? 'pay-before-restore' : 'pay-elsewhere')
  }

  /** What happens at the terminal is for it to say, not for whoever looks at the bank's notices. */
  #needTransfer(paymentId: string): PaymentRow {
    const payment = this.#need(paymentId)
    if (payment.method !== 'vietqr') throw new Refusal('payment-not-found')
    return payment
  }

  #need(paymentId: string): PaymentRow {
    const payment = this.#byId.get(paymentId)
    if (!payment) throw new Refusal('payment-not-found')
    return payment
  }
}

type Asked = Pick<PaymentRow, 'id' | 'code' | 'method' | 'amount'>

function requested({ id, code, method, amount }: Asked, reference: string, lastReceipt: string | null = null): NewEvent {
  return { type: 'payment.requested', subject: code, data: { paymentId: id, method, amount, reference, lastReceipt } }
}

function received({ id, code, method, amount }: Asked, staff: string, how: Received): NewEvent {
  return { type: 'payment.received', subject: code, data: { paymentId: id, method, amount, ...how, staff } }
}
