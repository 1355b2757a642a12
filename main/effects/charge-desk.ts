import type { PaymentMethod } from '#domain/dossier.ts'
import type { CardSlip } from '#domain/event.ts'
import type { CardTerminal, ChargeIntent, ChargeOptions, ChargeResult, TerminalError } from '#native/terminal/port.ts'

/** A stored intent, as the book of payments gives it. `state` is `unknown` once somebody said so. */
export interface CardPayment {
  readonly id: string
  readonly code: string
  /** `terminal-qr`: the terminal shows a QR code; else it takes a card. */
  readonly method: PaymentMethod
  readonly amount: number
  readonly reference: string
  readonly requested_at: number
  readonly last_receipt: string | null
  readonly state: 'waiting' | 'unknown' | 'received' | 'cancelled'
  readonly reason: string | null
  readonly reported: 'approved' | 'declined' | null
  /** `CardSlip` as JSON. */
  readonly card: string | null
}

/** Where outcomes are stored, durably, before each call returns. */
export interface ChargeBook {
  readonly openCards: () => readonly CardPayment[]
  readonly find: (paymentId: string) => CardPayment | null
  readonly cardReported: (paymentId: string, outcome: 'approved' | 'declined', card: CardSlip) => void
  readonly cardCharged: (staff: string, paymentId: string, card: CardSlip) => void
  readonly cardDoubted: (paymentId: string, reason: string) => void
  readonly cancel: (staff: string, paymentId: string, reason: string) => void
}

/** Whether a sale may be begun: with the terminal's newest receipt number, or the key of a refusal. */
export type Readiness = { readonly ok: true; readonly lastReceipt: string | null } | { readonly ok: false; readonly why: string }

/** What the terminal does at the moment: which payment, and the last thing it said. */
export interface Charging {
  readonly paymentId: string
  readonly progress: string
}

interface Parts {
  readonly book: ChargeBook
  readonly terminal: CardTerminal | null
  /** Whether the terminal can be asked what became of a payment; else only its slip can tell. */
  readonly asks: boolean
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
}

const noSlip: CardSlip = { receipt: null, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }

/**
 * Payments at the card terminal, by card or by its QR code, with intent and outcome. The intent is stored before this desk is asked, the terminal's word before it is told that we have it, and
 * the outcome when the terminal and we agree.
 * In doubt the terminal is asked about that very payment, then a person; a sale is never sent twice, and none is sent while one is in doubt.
 */
export class ChargeDesk {
  readonly #parts: Parts
  #charging: (Charging & { readonly abort: AbortController }) | null = null
  #preparing = false
  #running: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    for (const payment of parts.book.openCards()) this.#takeUp(payment)
  }

  get hasTerminal(): boolean {
    return this.#parts.terminal !== null
  }

  /** Whether the terminal also sells by a QR code of its own. */
  get sellsByQr(): boolean {
    return this.#parts.terminal?.chargeQr !== undefined
  }

  get canBeAsked(): boolean {
    return this.#parts.terminal !== null && this.#parts.asks
  }

  charging(): Charging | null {
    return this.#charging && { paymentId: this.#charging.paymentId, progress: this.#charging.progress }
  }

  /** Payments in doubt, oldest first; while there is one, this terminal takes no other sale. */
  inDoubt(): readonly CardPayment[] {
    return this.#parts.book.openCards().filter((payment) => payment.state === 'unknown')
  }

  /** Why nothing new can be begun at the terminal now: `no-terminal`, `terminal-busy` or `card-in-doubt`; null when it can. */
  whyNot(): string | null {
    if (!this.#parts.terminal) return 'no-terminal'
    if (this.#charging || this.#preparing) return 'terminal-busy'
    return this.#parts.book.openCards().length > 0 ? 'card-in-doubt' : null
  }

  /** Does something at the terminal that is no payment, once `whyNot` is null; no sale is begun until it is over. `work` never rejects: it stores its own outcome. */
  occupy(work: (terminal: CardTerminal) => Promise<void>): void {
    const { terminal, changed } = this.#parts
    if (!terminal || this.whyNot() !== null) return
    this.#preparing = true
    this.#running = work(terminal).finally(() => {
      this.#preparing = false
      changed()
    })
  }

  /** Asks the terminal for its last receipt number, which recovery compares with. To be called right before the intent is stored and `charge` called. */
  async makeReady(): Promise<Readiness> {
    const { terminal } = this.#parts
    const why = this.whyNot()
    if (why !== null || !terminal) return { ok: false, why: why ?? 'no-terminal' }
    this.#preparing = true
    try {
      return { ok: true, lastReceipt: (await terminal.last())?.details.receipt ?? null }
    } catch (error) {
      if (!isTerminalError(error)) throw error
      // A terminal without such a question has no receipt number to compare with either.
      return error.code === 'unsupported' ? { ok: true, lastReceipt: null } : { ok: false, why: `terminal-${error.code}` }
    } finally {
      this.#preparing = false
    }
  }

  /** Sends a stored intent to the terminal, once. The outcome comes by the book and `changed`. */
  charge(staff: string, paymentId: string): void {
    const payment = this.#parts.book.find(paymentId)
    if (payment?.state !== 'waiting') return
    const unasked = (code: string) => this.#parts.book.cancel(staff, paymentId, code)
    this.#start(staff, payment, 'starting', (terminal, options) => sell(payment, terminal, options), unasked)
  }

  /** Asks the terminal what became of a payment in doubt. */
  ask(staff: string, paymentId: string): void {
    const payment = this.#parts.book.find(paymentId)
    if (payment?.state !== 'unknown' || !this.canBeAsked) return
    const unasked = (code: string) => this.#parts.book.cardDoubted(paymentId, code)
    this.#start(staff, payment, 'asking', (terminal, options) => terminal.recover(intentOf(payment), options), unasked)
  }

  /** Asks the terminal about every payment in doubt, one after the other: after a start, before a clerk has to. */
  async askAboutDoubts(): Promise<void> {
    for (const { id } of this.inDoubt()) {
      this.ask('system', id)
      await this.#running
    }
  }

  /** Asks the terminal to give the payment up; what it had done by then decides. */
  abort(paymentId: string): void {
    if (this.#charging?.paymentId === paymentId) this.#charging.abort.abort()
  }

  /** A person has the terminal's slip in hand: charged (with its approval code) or not. Answers false while the terminal still works on it. */
  settle(staff: string, paymentId: string, charged: { readonly approval: string } | null): boolean {
    if (this.#charging?.paymentId === paymentId) return false
    if (charged) this.#parts.book.cardCharged(staff, paymentId, { ...noSlip, approval: charged.approval })
    else this.#parts.book.cancel(staff, paymentId, 'not-charged')
    this.#parts.changed()
    return true
  }

  /** Ends what runs; a payment under way is left in doubt and asked about after the next start. */
  async close(): Promise<void> {
    this.#charging?.abort.abort()
    await this.#parts.terminal?.close()
    await this.#running
  }

  /** What a crash left open is in doubt, unless the terminal's word was stored and nothing can have undone it. */
  #takeUp({ id, state, reported, card }: CardPayment): void {
    const { book, terminal } = this.#parts
    if (state === 'unknown') return
    if (reported === null || terminal?.recordIsFinal !== true) book.cardDoubted(id, 'restarted')
    else if (reported === 'approved') book.cardCharged('system', id, JSON.parse(card ?? JSON.stringify(noSlip)) as CardSlip)
    else book.cancel('system', id, 'declined-other')
  }

  /** `unasked` takes the outcome of a work that the terminal never heard of. */
  #start(staff: string, payment: CardPayment, progress: string, work: (terminal: CardTerminal, options: ChargeOptions) => Promise<ChargeResult>, unasked: (code: string) => void): void {
    const { terminal, book, changed, log } = this.#parts
    if (!terminal || this.#charging) return
    const abort = new AbortController()
    this.#charging = { paymentId: payment.id, progress, abort }
    changed()
    const record = ({ outcome, details }: ChargeResult) => {
      if (outcome !== 'unknown') book.cardReported(payment.id, outcome, details)
    }
    const options = { record, onProgress: (key: string) => this.#say(key), signal: abort.signal }
    this.#running = work(terminal, options)
      .then((result) => this.#store(staff, payment, result))
      .catch((error: unknown) => {
        log('charge.not-done', error)
        if (isTerminalError(error)) unasked(error.code)
        else book.cardDoubted(payment.id, 'no-answer')
      })
      .catch((error: unknown) => log('charge.outcome-not-stored', error))
      .finally(() => {
        this.#charging = null
        changed()
      })
  }

  #say(progress: string): void {
    if (this.#charging) this.#charging = { ...this.#charging, progress }
    this.#parts.changed()
  }

  /** Stores an outcome. An amount other than the asked one is a person's to judge. */
  #store(staff: string, payment: CardPayment, { outcome, amount, details, reason }: ChargeResult): void {
    const { book } = this.#parts
    if (outcome === 'approved' && amount === payment.amount) book.cardCharged(staff, payment.id, details)
    else if (outcome === 'approved') book.cardDoubted(payment.id, 'amount-mismatch')
    else if (outcome === 'unknown') book.cardDoubted(payment.id, reason?.key ?? 'no-answer')
    else book.cancel(staff, payment.id, reason?.key ?? 'declined-other')
  }
}

/** The sale of the payment's method; at a terminal that has none of it nothing is sold. */
async function sell(payment: CardPayment, terminal: CardTerminal, options: ChargeOptions): Promise<ChargeResult> {
  const intent = intentOf(payment)
  const said = await (payment.method === 'terminal-qr' ? terminal.chargeQr?.(intent, options) : terminal.charge(intent, options))
  return said ?? { outcome: 'declined', reference: intent.reference, amount: intent.amount, details: noSlip, reason: { key: 'unsupported', code: null } }
}

function intentOf({ reference, amount, requested_at: at, last_receipt: lastReceipt }: CardPayment): ChargeIntent {
  return { reference, amount, at, lastReceipt }
}

const isTerminalError = (error: unknown): error is TerminalError => error instanceof Error && error.name === 'TerminalError'
