import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { readLedger, type Ledger, type LedgerLine, type Transaction } from './ledger.ts'

/**
 * What was really charged: a file of JSON lines, each on disk before it counts, so that it survives the simulator's own death. Money that was authorised
 * and never confirmed is given back when the terminal is switched on again.
 */
export class Bank {
  readonly #file: number
  readonly #ledger: Ledger
  #powered = true

  constructor(path: string) {
    const { ledger, whole } = readLedger(path)
    this.#ledger = ledger
    this.#file = openSync(path, 'a')
    ftruncateSync(this.#file, whole)
    for (const { receipt } of ledger.all.filter(({ state }) => state === 'authorised')) this.reverse(receipt)
  }

  /** Money is held for a new receipt; returns its number. */
  authorise(kind: Transaction['kind'], minor: number, at: string, of: number | null = null): number {
    const receipt = ((this.#ledger.all.at(-1)?.receipt ?? 0) % 9_999) + 1
    this.#add({ op: 'authorised', receipt, kind, minor, at, of })
    return receipt
  }

  finish(receipt: number): void {
    this.#add({ op: 'final', receipt })
  }

  reverse(receipt: number): void {
    this.#add({ op: 'reversed', receipt })
  }

  closeDay(): void {
    this.#add({ op: 'day-closed' })
  }

  /** The last transaction that stands; what was undone leaves no trace in the terminal's own journal. */
  last(): Transaction | null {
    return this.#ledger.all.findLast(({ state }) => state === 'final' || state === 'voided') ?? null
  }

  find(receipt: number): Transaction | null {
    return this.#ledger.find(receipt)
  }

  today(): readonly Transaction[] {
    return this.#ledger.today()
  }

  /** The power is off: from now on nothing is written. */
  cutPower(): void {
    if (this.#powered) closeSync(this.#file)
    this.#powered = false
  }

  #add(line: LedgerLine): void {
    if (!this.#powered) return
    writeSync(this.#file, `${JSON.stringify(line)}\n`)
    fsyncSync(this.#file)
    this.#ledger.add(line)
  }
}
