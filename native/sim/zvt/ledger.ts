import { existsSync, readFileSync } from 'node:fs'

/** One thing that the bank behind the simulated terminal knows, in the order in which it happened. Amounts in minor units. */
export type LedgerLine =
  | { readonly op: 'authorised'; readonly receipt: number; readonly kind: Kind; readonly minor: number; readonly at: string; readonly of: number | null }
  | { readonly op: 'final' | 'reversed'; readonly receipt: number }
  | { readonly op: 'day-closed' }

type Kind = 'sale' | 'refund' | 'void'

/** A transaction, numbered anew after 9999 as receipts are. */
export interface Transaction {
  readonly receipt: number
  readonly kind: Kind
  readonly minor: number
  /** `MMDDHHMMSS` on the terminal's clock. */
  readonly at: string
  /** The receipt that a void undoes. */
  readonly of: number | null
  readonly state: 'authorised' | 'final' | 'reversed' | 'voided'
}

/** What the lines of the file add up to. */
export class Ledger {
  readonly #transactions: Transaction[] = []
  #dayFrom = 0

  add(line: LedgerLine): void {
    if (line.op === 'day-closed') this.#dayFrom = this.#transactions.length
    else if (line.op === 'authorised') {
      const { receipt, kind, minor, at, of } = line
      this.#transactions.push({ receipt, kind, minor, at, of, state: 'authorised' })
    } else this.#settle(line.receipt, line.op)
  }

  get all(): readonly Transaction[] {
    return this.#transactions
  }

  find(receipt: number): Transaction | null {
    return this.#transactions.findLast((one) => one.receipt === receipt && one.state !== 'reversed') ?? null
  }

  /** Sales of this day that stand. */
  today(): readonly Transaction[] {
    return this.#transactions.slice(this.#dayFrom).filter(({ kind, state }) => kind === 'sale' && state === 'final')
  }

  #settle(receipt: number, state: 'final' | 'reversed' | 'voided'): void {
    const at = this.#transactions.findLastIndex((one) => one.receipt === receipt)
    const one = this.#transactions[at]
    if (!one) return
    this.#transactions[at] = { ...one, state }
    if (one.kind === 'void' && state === 'final' && one.of !== null) this.#settle(one.of, 'voided')
  }
}

/** Reads a file; `whole` is the length of its complete lines in bytes. A line torn by a death says nothing. */
export function readLedger(path: string): { readonly ledger: Ledger; readonly whole: number } {
  const ledger = new Ledger()
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const whole = bytes.lastIndexOf(10) + 1
  for (const line of bytes.toString('utf8', 0, whole).split('\n').filter(Boolean)) ledger.add(JSON.parse(line) as LedgerLine)
  return { ledger, whole }
}

/** Sales that stand charged by the file alone. */
export function chargedIn(path: string): readonly Transaction[] {
  return readLedger(path).ledger.all.filter(({ kind, state }) => kind === 'sale' && state === 'final')
}
