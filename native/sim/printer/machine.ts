import { parseFaults, type Faults } from './fault.ts'
import { PrintHead, type Sheet } from './head.ts'
import type { Token } from './lexer.ts'
import { PictureMemory } from './memory.ts'

/** Where answers go: the connection that a command came from. */
export interface Port {
  answer(bytes: Uint8Array): void
  /** The machine takes no more (true) or takes bytes again (false). */
  busy(stop: boolean): void
}

/** A slip as it left the machine: its paper, the lines read from it, the bytes that made it. */
export interface FinishedSheet extends Sheet {
  readonly bytes: Uint8Array
}

interface Waiting {
  readonly token: Token
  readonly port: Port
}

const bufferLimit = 32 * 1024
const slowTickMs = 50
const slowTickBytes = 120

/** A receipt printer: receive buffer, mechanism, sensors. Commands wait in the buffer while paper, cover or cutter stop it; real-time ones don't. */
export class Machine {
  readonly #head: PrintHead
  readonly #finished: (sheet: FinishedSheet) => void
  readonly #ports = new Set<Port>()
  readonly #reporting = new Map<Port, number>()
  #faults: Faults = parseFaults(null)
  #queue: Waiting[] = []
  #queued = 0
  #executed = 0
  /** Bytes since the fault was set. */
  #received = 0
  #bytes: Uint8Array[] = []
  #paperEnded = false
  #lastReport = ''
  #timers = new Set<NodeJS.Timeout>()
  readonly memory = new PictureMemory()
  /** What it did besides printing: `drawer 0 50/500 ms`, `beep 2`. */
  readonly acts: string[] = []

  constructor(width: number, dpi: number, finished: (sheet: FinishedSheet) => void) {
    this.#head = new PrintHead(width, dpi)
    this.#finished = finished
  }

  attach(port: Port): void {
    this.#ports.add(port)
  }

  detach(port: Port): void {
    this.#ports.delete(port)
    this.#reporting.delete(port)
  }

  /** Changes what is wrong; null: all is well again, the buffer goes on. */
  setFault(text: string | null): void {
    this.#faults = parseFaults(text)
    this.#paperEnded = this.#faults.paperOut
    this.#executed = 0
    this.#received = 0
    this.#paperBackLater()
    this.#report()
    this.#run()
  }

  /** What of these bytes arrives before the power fails: all of them, or as many as `die-after` leaves. */
  powered(bytes: Uint8Array): Uint8Array {
    const { dieAfter } = this.#faults
    const usable = dieAfter === null ? bytes : bytes.subarray(0, Math.max(0, dieAfter - this.#received))
    this.#received += usable.length
    return usable
  }

  get powerFails(): boolean {
    return this.#faults.dieAfter !== null && this.#received >= this.#faults.dieAfter
  }

  /** Power off: buffer, line and half a slip are gone. */
  powerOff(): void {
    this.#queue = []
    this.#queued = 0
    this.#bytes = []
    this.#reporting.clear()
    this.#head.tear()
    this.#faults = { ...this.#faults, dieAfter: null }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, ms)
    this.#timers.add(timer)
  }

  #paperBackLater(): void {
    if (!this.#paperEnded || this.#faults.paperBackIn === null) return
    this.#later(this.#faults.paperBackIn * 1_000, () => this.setFault(null))
  }

  #stopped(): boolean {
    return this.#paperEnded || this.#faults.coverOpen || this.#faults.offline || this.#faults.cutter
  }

  receive(token: Token, port: Port): void {
    if (token.realTime) return this.#realTime(token, port)
    this.#queue.push({ token, port })
    this.#queued += token.bytes.length
    if (this.#queued > bufferLimit) port.busy(true)
    if (!this.#faults.slow) this.#run()
    else if (this.#queue.length === 1) this.#later(slowTickMs, () => this.#run())
  }

  #run(): void {
    let budget = this.#faults.slow ? slowTickBytes : Number.POSITIVE_INFINITY
    while (this.#queue.length > 0 && !this.#stopped() && budget > 0) {
      const next = this.#queue.shift()
      if (!next) break
      this.#queued -= next.token.bytes.length
      budget -= next.token.bytes.length
      this.#execute(next.token, next.port)
    }
    if (this.#queued < bufferLimit / 2) for (const port of this.#ports) port.busy(false)
    if (this.#faults.slow && this.#queue.length > 0 && !this.#stopped()) this.#later(slowTickMs, () => this.#run())
  }

  #execute(token: Token, port: Port): void {
    this.#bytes.push(token.bytes)
    this.#executed += token.bytes.length
    this.#head.execute(token)
    if (token.name === 'GS V') this.finish()
    else this.#buffered(token, port)
    const { paperOutAfter } = this.#faults
    if (paperOutAfter !== null && this.#executed >= paperOutAfter && !this.#paperEnded) {
      this.#paperEnded = true
      this.#paperBackLater()
      this.#report()
    }
  }

  /** Ends the slip (cut, or the end of a job that doesn't cut). */
  finish(): void {
    if (!this.#head.hasPrint()) return
    const bytes = Buffer.concat(this.#bytes)
    this.#bytes = []
    this.#finished({ ...this.#head.tear(), bytes })
  }

  /** Nothing waits to be printed and nothing is on the way. */
  isIdle(): boolean {
    return this.#queue.length === 0
  }

  #buffered({ name, bytes }: Token, port: Port): void {
    if (name === 'GS a') {
      this.#reporting.set(port, bytes[2] ?? 0)
      if (bytes[2]) this.#answer(port, this.#report4())
    }
    if (name === 'GS r') this.#answer(port, [bytes[2] === 1 || bytes[2] === 49 ? (this.#faults.nearEnd ? 3 : 0) : 0])
    if (name === 'ESC p') this.acts.push(`drawer ${bytes[2]} ${(bytes[3] ?? 0) * 2}/${(bytes[4] ?? 0) * 2} ms`)
    if (name === 'ESC B') this.acts.push(`beep ${bytes[2]}`)
    if (name === 'ESC (' && bytes[2] === 0x41) this.acts.push(`beep ${bytes[7]}`)
    if ((name === 'GS (' || name === 'GS 8') && bytes[2] === 0x4c) this.#graphics(bytes.subarray(name === 'GS 8' ? 7 : 5), port)
    if (name === 'GS I') this.#answer(port, [0x5f, ...Buffer.from(bytes[2] === 66 ? 'EPSON' : bytes[2] === 67 ? 'TM-T82' : '1.00'), 0])
    if (name === 'GS (' && bytes[2] === 0x48 && bytes[5] === 0x30 && !this.#faults.noProcessId) this.#answer(port, [0x37, 0x22, ...bytes.subarray(7, 11), 0])
  }

  /** `data` begins with m and fn. */
  #graphics(data: Uint8Array, port: Port): void {
    if (this.#faults.noPictures) return
    if (data[1] === 64) this.#answer(port, this.memory.list())
    if (data[1] === 67) this.memory.define(data)
    const key = String.fromCharCode(data[2] ?? 0, data[3] ?? 0)
    const found = data[1] === 69 ? this.memory.find(key) : undefined
    if (found) this.#head.picture(found.dots, found.stride, found.rows, `stored ${key}`)
  }

  #answer(port: Port, bytes: readonly number[]): void {
    if (this.#faults.mute) return
    // at another speed each bit is sampled in the wrong place: high bits set, as a line of a slower clock looks
    port.answer(Uint8Array.from(this.#faults.wrongSpeed ? bytes.map((byte) => 0x80 | (byte << 1)) : bytes))
  }

  #realTime({ bytes }: Token, port: Port): void {
    if (bytes[1] === 0x05 && this.#faults.cutter) return this.setFault(null)
    if (bytes[1] !== 0x04 || this.#faults.noRealTime) return
    const { coverOpen, cutter, nearEnd, offline } = this.#faults
    const bit = (on: boolean, mask: number): number => (on ? mask : 0)
    const bits: Readonly<Record<number, number>> = {
      1: bit(this.#stopped(), 0x08),
      2: bit(coverOpen, 0x04) | bit(this.#paperEnded, 0x20) | bit(cutter || offline, 0x40),
      3: bit(cutter, 0x08) | bit(offline, 0x20),
      4: bit(nearEnd || this.#paperEnded, 0x0c) | bit(this.#paperEnded, 0x60),
    }
    const extra = bits[bytes[2] ?? 0]
    if (extra !== undefined) this.#answer(port, [0x12 | extra])
  }

  #report4(): readonly number[] {
    const { coverOpen, cutter, nearEnd, offline } = this.#faults
    const one = 0x10 | (this.#stopped() ? 0x08 : 0) | (coverOpen ? 0x20 : 0)
    const two = (cutter ? 0x08 : 0) | (offline ? 0x20 : 0)
    return [one, two, this.#paperEnded ? 0x0f : nearEnd ? 0x03 : 0, 0]
  }

  #report(): void {
    const report = this.#report4()
    if (report.join() === this.#lastReport) return
    this.#lastReport = report.join()
    for (const [port, mask] of this.#reporting) if (mask) this.#answer(port, report)
  }
}
