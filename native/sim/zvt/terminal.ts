import { Bank } from './bank.ts'
import { fromBcd } from './bytes.ts'
import { parseFaults, type Faults } from './fault.ts'
import type { Transaction } from './ledger.ts'
import { FramedLine, PlainLine, type Line, type LineTimers } from './line.ts'
import {
  aborted, approvedInfo, asks, askedMinor, commandField, completion, customerSlip, declinedInfo, enquired, merchantSlip, okay, refused, registered, totalsInfo,
} from './messages.ts'

export interface TerminalSimOptions {
  readonly bankFile: string
  /** With serial framing, or bare as over TCP. */
  readonly framed: boolean
  readonly fault?: string | null
  /** How long citizens and bank take, ms. */
  readonly citizenMs?: number
  readonly timers?: SimTimers
  /** When the payment stands: once the till has taken the news of it, or (by default) also the slips. */
  readonly standsWhen?: 'told' | 'printed'
  /** Whether the bank says yes to this sale; by default unless the fault says otherwise. */
  readonly approves?: (minor: number) => boolean
}

export interface SimTimers extends LineTimers {
  /** Message → 80 00 of the till; after that the terminal undoes the payment. */
  readonly answerMs: number
}

/** What a wire does with a plugged-in terminal. */
export interface Plug {
  take(bytes: Uint8Array): void
  out(): void
}

const timersOfStandard: SimTimers = { gapMs: 200, ackMs: 5_000, answerMs: 5_000 }
const declinedByHost = 5
const cancelled = 0x6c
const notRegistered = 0x6b
const notPossible = 0x83
const alreadyVoided = 0xb4

/** A conversation with one till: one line, and the command that runs over it. */
interface Talk {
  readonly line: Line
  answer: ((apdu: readonly number[]) => void) | null
  /** Pressed on the till. */
  aborted: boolean
  registered: boolean
  config: number
  blocks: boolean
}

/** A simulated payment terminal: one card, one bank. It undoes every payment that the till does not confirm. */
export class TerminalSim {
  readonly #options: TerminalSimOptions
  readonly #faults: Faults
  readonly #timers: SimTimers
  readonly #bank: Bank
  readonly #talks = new Set<Talk>()
  /** The command that runs; anything else is told to wait. */
  #job: symbol | null = null
  #powered = true

  constructor(options: TerminalSimOptions) {
    this.#options = options
    this.#faults = parseFaults(options.fault ?? null)
    this.#timers = options.timers ?? timersOfStandard
    this.#bank = new Bank(options.bankFile)
  }

  plug(write: (bytes: Uint8Array) => void): Plug {
    const out = (bytes: readonly number[]): void => {
      if (this.#powered && !this.#faults.noAnswer) write(Uint8Array.from(bytes))
    }
    const onMessage = (apdu: readonly number[]): void => this.#received(talk, apdu)
    const line = this.#options.framed ? new FramedLine(out, onMessage, this.#faults, this.#timers) : new PlainLine(out, onMessage, this.#faults)
    const talk: Talk = { line, answer: null, aborted: false, registered: false, config: 0, blocks: false }
    this.#talks.add(talk)
    return {
      take: (bytes) => (this.#powered && line.alive ? line.take(bytes) : undefined),
      out: () => this.#unplug(talk),
    }
  }

  /** The power fails: whatever was not in the bank's file is gone. */
  die(): void {
    this.#powered = false
    this.#bank.cutPower()
    for (const talk of this.#talks) this.#unplug(talk)
  }

  #unplug(talk: Talk): void {
    this.#talks.delete(talk)
    talk.line.end()
    talk.answer?.([])
  }

  #received(talk: Talk, apdu: readonly number[]): void {
    if (this.#faults.noAnswer) return
    const [group = 0, command = 0] = apdu
    if (group >= 0x80) return talk.answer?.(apdu)
    if (group === 6 && command === 0xb0) {
      talk.aborted = true
      return void talk.line.send(okay)
    }
    if (this.#job) return void talk.line.send(refused('9c'))
    const job = Symbol()
    this.#job = job
    void this.#run(talk, apdu).finally(() => {
      if (this.#job === job) this.#job = null
    })
  }

  async #run(talk: Talk, apdu: readonly number[]): Promise<void> {
    const name = apdu.slice(0, 2).map((byte) => byte.toString(16).padStart(2, '0')).join('')
    if (!['0600', '0501', '0601', '0602', '0620', '0630', '0631', '0650'].includes(name)) return void talk.line.send(refused('83'))
    void talk.line.send(okay)
    talk.aborted = false
    if (name === '0600') {
      talk.registered = true
      talk.config = apdu[6] ?? 0
      talk.blocks = apdu.includes(0xd3, 9)
      await this.#tell(talk, registered())
    } else if (name === '0501') await this.#tell(talk, enquired())
    else if (name === '0601') await this.#charge(talk, 'sale', askedMinor(apdu, 0))
    else if (name === '0631') await this.#charge(talk, 'refund', askedMinor(apdu, 3))
    else if (name === '0630') await this.#void(talk, fromBcd(commandField(apdu, 0x87, 3) ?? []))
    else if (name === '0620') await this.#repeat(talk)
    else if (name === '0650') await this.#closeDay(talk)
  }

  /** Says one thing and waits for what the till answers: its command bytes, or null. After a last word the next command may come. */
  async #tell(talk: Talk, apdu: readonly number[]): Promise<readonly number[] | null> {
    const last = apdu[0] === 6 && (apdu[1] === 0x0f || apdu[1] === 0x1e)
    const answered = new Promise<readonly number[]>((resolve) => {
      const timer = setTimeout(() => resolve([]), this.#timers.answerMs)
      talk.answer = (answer) => {
        clearTimeout(timer)
        talk.answer = null
        if (last) this.#job = null
        resolve(answer)
      }
    })
    if (!talk.line.alive || !(await talk.line.send(apdu))) talk.answer?.([])
    const answer = await answered
    return answer.length > 0 ? answer : null
  }

  async #takes(talk: Talk, apdu: readonly number[]): Promise<boolean> {
    const answer = await this.#tell(talk, apdu)
    return answer?.[0] === 0x80 || (answer?.[0] === 0x84 && answer[1] === 0)
  }

  async #charge(talk: Talk, kind: 'sale' | 'refund', minor: number | null): Promise<void> {
    if (!talk.registered) return void (await this.#tell(talk, aborted(notRegistered)))
    if (minor === null) return void (await this.#tell(talk, aborted(notPossible)))
    if ((talk.config & 0x08) !== 0) await this.#tell(talk, asks(0x0a))
    await this.#pass(this.#options.citizenMs ?? 300)
    if (talk.aborted) return void (await this.#tell(talk, aborted(cancelled)))
    if ((talk.config & 0x08) !== 0) await this.#tell(talk, asks(0x04))
    await this.#pass(this.#faults.late ?? 0)
    if (this.#faults.declined || this.#options.approves?.(minor) === false) {
      await this.#tell(talk, declinedInfo(declinedByHost, minor))
      return void (await this.#tell(talk, aborted(declinedByHost)))
    }
    await this.#confirm(talk, this.#bank.authorise(kind, minor + (this.#faults.amountMismatch ? 1_000 : 0), now()))
  }

  async #confirm(talk: Talk, receipt: number): Promise<void> {
    const transaction = this.#bank.find(receipt)
    if (!transaction) return
    let answer = await this.#tell(talk, approvedInfo(transaction))
    while (answer?.[0] === 0x84 && answer[1] === 0x9c) {
      await this.#pass(2_000)
      answer = await this.#tell(talk, approvedInfo(transaction))
    }
    const told = answer?.[0] === 0x80
    const early = told && this.#options.standsWhen === 'told'
    if (early) this.#bank.finish(receipt)
    const stands = told && ((await this.#prints(talk, transaction)) || early)
    if (!early && stands) this.#bank.finish(receipt)
    if (!stands) this.#bank.reverse(receipt)
    await this.#tell(talk, stands ? completion() : aborted(cancelled))
  }

  async #prints(talk: Talk, transaction: Transaction): Promise<boolean> {
    if ((talk.config & 0x82) !== 0x82) return true
    for (const line of merchantSlip(transaction)) if (!(await this.#takes(talk, line))) return false
    return !talk.blocks || this.#takes(talk, customerSlip(transaction))
  }

  async #void(talk: Talk, receipt: number): Promise<void> {
    const found = this.#bank.find(receipt)
    if (found?.state === 'voided') return void (await this.#tell(talk, aborted(alreadyVoided)))
    if (found?.state !== 'final' || found.kind === 'void') return void (await this.#tell(talk, aborted(notPossible)))
    await this.#confirm(talk, this.#bank.authorise('void', found.minor, now(), receipt))
  }

  async #repeat(talk: Talk): Promise<void> {
    const last = this.#bank.last()
    if (!last) return void (await this.#tell(talk, aborted(notPossible)))
    if (await this.#takes(talk, approvedInfo(last))) await this.#tell(talk, completion())
  }

  async #closeDay(talk: Talk): Promise<void> {
    if (!(await this.#takes(talk, totalsInfo(this.#bank.today())))) return
    this.#bank.closeDay()
    await this.#tell(talk, completion())
  }

  async #pass(ms: number): Promise<void> {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
  }
}

/** `MMDDHHMMSS` in Vietnam. */
function now(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(4, 14)
}
