import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'

/** One movement of money; `units` are those of the amount field on the wire (đồng, or hundredths where the bank counts so). */
export interface Movement {
  readonly kind: 'sale' | 'qr' | 'refund'
  readonly invoice: string
  readonly reference: string
  readonly units: number
  readonly approval: string
  /** Null where no card was there: a QR code was scanned. */
  readonly pan: string | null
  readonly at: string
}

type Line = Movement | { readonly kind: 'void'; readonly invoice: string; readonly at: string } | { readonly kind: 'settled'; readonly at: string }

function linesOf(text: string): readonly Line[] {
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Line)
}

/** What the file of a bank says by itself: movements that stand (charged, not voided), oldest first. */
export function standing(file: string): readonly Movement[] {
  const lines = existsSync(file) ? linesOf(readFileSync(file, 'utf8')) : []
  const voided = new Set(lines.flatMap((line) => (line.kind === 'void' ? [line.invoice] : [])))
  return lines.filter((line): line is Movement => line.kind !== 'void' && line.kind !== 'settled' && !voided.has(line.invoice))
}

/** The bank behind a simulated terminal: a file that only grows, a line on disk before the answer that tells of it. Throws where it can't be read as such. */
export class Bank {
  readonly #file: string
  #lines: Line[] = []

  constructor(file: string) {
    this.#file = file
    closeSync(openSync(file, 'a'))
    const bytes = readFileSync(file)
    const whole = bytes.lastIndexOf(0x0a) + 1
    this.#lines = [...linesOf(bytes.subarray(0, whole).toString())]
    // A line torn by a kill told nobody of anything.
    if (whole < bytes.length) truncateSync(file, whole)
  }

  #add(line: Line): void {
    const file = openSync(this.#file, 'a')
    writeSync(file, `${JSON.stringify(line)}\n`)
    fsyncSync(file)
    closeSync(file)
    this.#lines.push(line)
  }

  get #movements(): readonly Movement[] {
    return this.#lines.filter((line): line is Movement => line.kind !== 'void' && line.kind !== 'settled')
  }

  move(kind: Movement['kind'], reference: string, units: number): Movement {
    const number = this.#movements.length + 1
    const invoice = String(number).padStart(6, '0')
    const made = { kind, invoice, reference, units, approval: `A${String(number * 7919).slice(-5).padStart(5, '0')}`, pan: kind === 'qr' ? null : '970436******1234', at: new Date().toISOString() }
    this.#add(made)
    return made
  }

  /** The movement that no longer stands; null when there is none of that invoice or it was voided before. */
  void(invoice: string): Movement | null {
    const found = this.#movements.find((one) => one.invoice === invoice)
    if (!found || this.isVoided(invoice)) return null
    this.#add({ kind: 'void', invoice, at: new Date().toISOString() })
    return found
  }

  settle(): void {
    this.#add({ kind: 'settled', at: new Date().toISOString() })
  }

  isVoided(invoice: string): boolean {
    return this.#lines.some((line) => line.kind === 'void' && line.invoice === invoice)
  }

  byReference(reference: string): Movement | null {
    return this.#movements.findLast((one) => one.reference === reference && !this.isVoided(one.invoice)) ?? null
  }

  last(): Movement | null {
    return this.#movements.at(-1) ?? null
  }
}
