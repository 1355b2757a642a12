import type { Bank, Movement } from './bank.ts'
import { WireReader, writeAnswer, type AppMessage, type WireEvent } from './codec.ts'
import type { Dialect } from './dialect.ts'
import type { Faults } from './fault.ts'

/** The far end of a cable. */
export interface Wire {
  write(bytes: Uint8Array): unknown
  onData(callback: (bytes: Uint8Array) => void): () => void
}

export interface TerminalOptions {
  readonly bank: Bank
  readonly dialect: Dialect
  readonly faults: Faults
  /** What the bank says to an amount in the terminal's units. */
  readonly approves: (units: number) => boolean
  /** The citizen and the bank together. */
  readonly thinkMs: number
  /** How long it waits for the ACK of an answer, and how often it sends it again. */
  readonly ackMs: number
  readonly resends: number
  /** Silence inside a frame after which it is given up. */
  readonly byteMs: number
}

/**
 * A terminal that is switched on. While a citizen pays or an answer waits for its ACK it hears nothing but that, as the banks' apps do; what it
 * charged is on the bank's disk before the answer goes out.
 */
export class BankTerminal {
  readonly #options: TerminalOptions
  readonly #reader: WireReader
  #wire: Wire | null = null
  #unplug: () => void = () => undefined
  #timers = new Set<NodeJS.Timeout>()
  #pause: NodeJS.Timeout | undefined
  #waiting: { readonly frame: Uint8Array; left: number; timer: NodeJS.Timeout | undefined } | null = null
  #thinking = false
  #dead = false
  readonly #done = { nak: 0, dropAck: 0, badLrc: 0 }

  constructor(options: TerminalOptions) {
    this.#options = options
    this.#reader = new WireReader(options.dialect)
  }

  /** Plugs another wire in, in place of the last one. An answer that nobody acknowledged goes on being sent. */
  plug(wire: Wire): void {
    this.#unplug()
    this.#reader.reset()
    this.#wire = wire
    this.#unplug = wire.onData((bytes) => this.#take(bytes))
  }

  /** The power fails: no byte more is read or sent, no timer fires. */
  die(): void {
    this.#dead = true
    this.#unplug()
    clearTimeout(this.#pause)
    clearTimeout(this.#waiting?.timer)
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #send(bytes: Uint8Array): void {
    if (this.#dead) return
    void Promise.resolve(this.#wire?.write(bytes)).catch(() => undefined)
  }

  #later(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#dead) work()
    }, ms)
    this.#timers.add(timer)
    return timer
  }

  #take(bytes: Uint8Array): void {
    if (this.#dead || this.#options.faults.noAnswer) return
    clearTimeout(this.#pause)
    for (const byte of bytes) {
      const event = this.#reader.take(byte)
      if (event !== null) this.#hear(event)
    }
    if (!this.#reader.inside) return
    this.#pause = setTimeout(() => {
      this.#reader.reset()
      this.#hear('bad')
    }, this.#options.byteMs)
  }

  #hear(event: WireEvent): void {
    if (this.#waiting) return this.#hearAboutAnswer(event)
    if (this.#thinking || event === 'ack' || event === 'nak') return
    const { faults } = this.#options
    if (event === 'bad' || this.#done.nak < faults.nak) {
      if (event !== 'bad') this.#done.nak++
      return this.#send(Buffer.of(0x15))
    }
    if (this.#done.dropAck++ >= faults.dropAck) this.#send(Buffer.of(0x06))
    if (event === 'echo') return
    this.#thinking = true
    this.#later(this.#isPayment(event) ? this.#options.thinkMs + faults.late : 0, () => this.#perform(event))
  }

  #isPayment({ code }: AppMessage): boolean {
    return code === '20' || code === '70' || code === '27'
  }

  #hearAboutAnswer(event: WireEvent): void {
    const waiting = this.#waiting
    if (event === 'ack') {
      clearTimeout(waiting?.timer)
      this.#waiting = null
    } else if (event === 'nak') this.#sendAnswer()
  }

  #perform(asked: AppMessage): void {
    const answer = this.#isPayment(asked) ? this.#pay(asked) : this.#serve(asked)
    this.#thinking = false
    this.#waiting = { frame: writeAnswer(answer, this.#options.dialect), left: this.#options.resends + 1, timer: undefined }
    this.#sendAnswer()
  }

  #pay({ code, values }: AppMessage): AppMessage {
    const { bank, dialect, faults, approves } = this.#options
    if (code === '70' && !dialect.qr) return this.#refuse(code, 'NA', values.get('66'))
    const units = Number(values.get('40') ?? 0)
    if (units <= 0 || !approves(units)) return this.#refuse(code, 'ND', values.get('66'))
    const kind = code === '27' ? 'refund' : code === '70' ? 'qr' : 'sale'
    return this.#tell(code, bank.move(kind, values.get('66') ?? '', units + (faults.amountMismatch ? 1000 : 0)))
  }

  #serve({ code, values }: AppMessage): AppMessage {
    const { bank, dialect, faults } = this.#options
    const reference = values.get('66') ?? ''
    const found = (movement: Movement | null): AppMessage => (movement ? this.#tell(code, movement) : this.#refuse(code, 'ED', reference))
    if (code === dialect.voidCode) return found(bank.void(values.get('65') ?? ''))
    if (code === dialect.lastCode) return found(bank.last())
    if (code === '71' && dialect.references && !faults.noInquiry) return found(bank.byReference(reference))
    if (code !== '50') return this.#refuse(code, 'NA', undefined)
    bank.settle()
    return { code, status: '00', values: new Map([['50', '000001']]) }
  }

  #refuse(code: string, status: string, reference: string | undefined): AppMessage {
    const named = this.#options.dialect.references && reference ? [['66', reference.padEnd(20)] as const] : []
    return { code, status, values: new Map([['02', 'TU CHOI'.padEnd(40)], ...named]) }
  }

  #tell(code: string, movement: Movement): AppMessage {
    const { dialect, faults } = this.#options
    const date = movement.at.replace(/\D/g, '')
    const reference = faults.otherReference && code !== '71' ? 'KHAC-0001' : movement.reference
    const values = new Map([
      ['02', `APPROVAL      ${movement.approval}\0`.padEnd(40)],
      ['03', date.slice(2, 8)],
      ['04', date.slice(8, 14)],
      ['01', movement.approval],
      ['64', movement.invoice],
      ['65', movement.invoice],
      ['16', '70000001'],
      ['D2', (movement.kind === 'qr' ? 'VIETQR' : 'NAPAS').padEnd(10)],
    ])
    if (movement.pan !== null) values.set('30', movement.pan)
    if (dialect.echoesAmount) values.set('40', String(movement.units).padStart(12, '0'))
    if (dialect.references) values.set('66', reference.padEnd(20))
    return { code, status: '00', values }
  }

  #sendAnswer(): void {
    const waiting = this.#waiting
    if (!waiting || this.#dead) return
    clearTimeout(waiting.timer)
    if (waiting.left-- <= 0) {
      this.#waiting = null
      return
    }
    const { faults, ackMs } = this.#options
    const frame = Buffer.from(waiting.frame)
    if (this.#done.badLrc++ < faults.badLrc) frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x5a
    if (faults.garbage) this.#send(Buffer.of(0x02, 0x19, 0x41, 0xff, 0x00, 0x15))
    this.#send(faults.duplicate ? Buffer.concat([frame, frame]) : frame)
    waiting.timer = setTimeout(() => this.#sendAnswer(), ackMs)
  }
}
