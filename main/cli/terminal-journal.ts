import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ChargeResult } from '#native/terminal/port.ts'

/** What somebody wanted of a terminal. Money in đồng; `at` epoch ms; `receipt`: the one to void. */
export interface Intent {
  readonly op: 'sale' | 'refund' | 'void'
  /** A sale by the terminal's QR code instead of a card. */
  readonly qr?: true
  readonly reference: string
  readonly amount: number
  readonly terminal: string
  readonly at: number
  readonly receipt: string | null
}

/** One line of the file. `asked` stands before the first byte that can move money, `said` before the terminal gets its confirmation. */
export type JournalLine =
  | ({ readonly kind: 'intent' } & Intent)
  | { readonly kind: 'asked'; readonly reference: string; readonly lastReceipt: string | null; readonly terminalId: string | null }
  | { readonly kind: 'said'; readonly reference: string; readonly result: ChargeResult }
  | { readonly kind: 'ended'; readonly reference: string; readonly result: ChargeResult }
  /** Said of a payment that was not the open one: kept for a person, booked to nothing. `reference` may be empty. */
  | { readonly kind: 'orphan'; readonly reference: string; readonly result: ChargeResult }
  | { readonly kind: 'day-closed'; readonly terminal: string; readonly at: number; readonly count: number | null; readonly amount: number | null }

/** All that the file knows of one reference. */
export interface Entry {
  readonly intent: Intent
  readonly asked: { readonly lastReceipt: string | null; readonly terminalId: string | null } | null
  readonly said: ChargeResult | null
  /** Approved or declined, for good; null while nobody knows. */
  readonly ended: ChargeResult | null
}

/** A whole line in the middle can't be read: what it said of money is lost, so nothing may be built on the file. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged'
  readonly line: number
  constructor(line: number) {
    super(`journal line ${line} is damaged`)
    this.line = line
  }
}

/** A line may not be on the disk; whether it is, only the next opening tells. */
export class JournalFailed extends Error {
  override readonly name = 'JournalFailed'
}

/** Appends bytes to a file and returns when they are on the disk; throws when they may not be. */
export type Append = (fd: number, bytes: Uint8Array) => void

/** Write and fsync. */
export const appendDurably: Append = (fd, bytes) => {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
  fsyncSync(fd)
}

function readLines(text: string): readonly JournalLine[] {
  return text.split('\n').filter(Boolean).map((line, index) => {
    try {
      return JSON.parse(line) as JournalLine
    } catch {
      throw new JournalDamaged(index + 1)
    }
  })
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** A file opened for appending can't be cut on Windows. */
function cutTo(path: string, length: number): void {
  const file = openSync(path, 'r+')
  ftruncateSync(file, length)
  fsyncSync(file)
  closeSync(file)
}

/**
 * The file in which `motcua terminal` keeps what it asked of terminals: a JSON object a line, each on disk before anything follows from it. A line that
 * was being written when the machine died is cut off at the next opening: nothing has followed from it. One process at a time (terminal-lock.ts).
 */
export class TerminalJournal {
  readonly #fd: number
  readonly #append: Append
  readonly #entries = new Map<string, Entry>()
  #sinceClosing = new Map<string, string[]>()
  #broken = false

  /** Opens or makes the file. Throws `JournalDamaged`, or the system's error. */
  constructor(path: string, append: Append = appendDurably) {
    const fresh = !existsSync(path)
    this.#append = append
    this.#fd = openSync(path, 'a+', 0o600)
    if (fresh) syncFolder(path)
    const bytes = readFileSync(path)
    const whole = bytes.lastIndexOf(0x0a) + 1
    for (const line of readLines(bytes.subarray(0, whole).toString())) this.#fold(line)
    if (whole < bytes.length) cutTo(path, whole)
  }

  /** Returns when the line is on the disk, else throws `JournalFailed`, and from then on always: the end of the file is uncertain. */
  append(line: JournalLine): void {
    if (this.#broken) throw new JournalFailed('not written since an earlier failure')
    try {
      this.#append(this.#fd, Buffer.from(`${JSON.stringify(line)}\n`))
    } catch (error) {
      this.#broken = true
      throw new JournalFailed(error instanceof Error ? error.message : String(error), { cause: error })
    }
    this.#fold(line)
  }

  find(reference: string): Entry | null {
    return this.#entries.get(reference) ?? null
  }

  /** Those of which nobody knows how they ended, oldest first. */
  unresolved(): readonly Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.ended === null)
  }

  /** What was asked of a terminal since its day was closed last. */
  today(terminal: string): readonly Entry[] {
    return (this.#sinceClosing.get(terminal) ?? []).flatMap((reference) => this.find(reference) ?? [])
  }

  close(): void {
    closeSync(this.#fd)
  }

  #fold(line: JournalLine): void {
    if (line.kind === 'day-closed') {
      this.#sinceClosing.delete(line.terminal)
      return
    }
    if (line.kind === 'intent') {
      const { kind: _, ...intent } = line
      this.#entries.set(line.reference, { intent, asked: null, said: null, ended: null })
      const today = this.#sinceClosing.get(line.terminal) ?? []
      this.#sinceClosing.set(line.terminal, [...today.filter((one) => one !== line.reference), line.reference])
      return
    }
    const entry = this.#entries.get(line.reference)
    if (!entry) return
    if (line.kind === 'asked') this.#entries.set(line.reference, { ...entry, asked: { lastReceipt: line.lastReceipt, terminalId: line.terminalId } })
    if (line.kind === 'said') this.#entries.set(line.reference, { ...entry, said: line.result })
    if (line.kind === 'ended') this.#entries.set(line.reference, { ...entry, ended: line.result })
  }
}
