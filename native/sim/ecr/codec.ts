import type { Dialect } from './dialect.ts'

/** A message as the terminal's app sees it; values are trimmed text. */
export interface AppMessage {
  readonly code: string
  readonly status: string
  readonly values: ReadonlyMap<string, string>
}

export type WireEvent = 'ack' | 'nak' | 'bad' | 'echo' | AppMessage

const decimal = (byte: number): number => Number(byte.toString(16))

/** Reads bytes one by one: idle, two length bytes, so many data bytes, ETX, LRC. */
export class WireReader {
  readonly #dialect: Dialect
  #state: 'idle' | 'length' | 'data' | 'lrc' = 'idle'
  #bytes: number[] = []
  #wanted = 0

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  get inside(): boolean {
    return this.#state !== 'idle'
  }

  /** Forgets a frame that broke off. */
  reset(): void {
    this.#state = 'idle'
  }

  take(byte: number): WireEvent | null {
    if (this.#state === 'idle') {
      if (byte === 0x06) return 'ack'
      if (byte === 0x15) return 'nak'
      if (byte === 0x02) [this.#state, this.#bytes] = ['length', []]
      return null
    }
    this.#bytes.push(byte)
    if (this.#state === 'length' && this.#bytes.length === 2) return this.#startData()
    if (this.#state === 'data' && this.#bytes.length === this.#wanted) this.#state = 'lrc'
    else if (this.#state === 'lrc') return this.#finish()
    return null
  }

  #startData(): WireEvent | null {
    const length = decimal(this.#bytes[0] ?? 0) * 100 + decimal(this.#bytes[1] ?? 0)
    const sane = Number.isInteger(length) && length <= 2000
    this.#state = sane ? 'data' : 'idle'
    this.#wanted = length + 3
    return sane ? null : 'bad'
  }

  #finish(): WireEvent {
    this.#state = 'idle'
    let sum = 0
    for (const byte of this.#bytes) sum ^= byte
    const end = this.#bytes.at(-2)
    if (sum !== 0 || end !== 0x03) return 'bad'
    const data = Buffer.from(this.#bytes.slice(2, -2))
    return data.length === 0 ? 'echo' : this.#parse(data)
  }

  #parse(data: Buffer): WireEvent {
    const values = new Map<string, string>()
    let at = 18
    while (at + 4 <= data.length) {
      const name = data.toString('latin1', at, at + 2)
      const length = this.#dialect.binaryFieldLength ? data.readUInt16BE(at + 2) : decimal(data[at + 2] ?? 0) * 100 + decimal(data[at + 3] ?? 0)
      values.set(name, data.toString('latin1', at + 4, at + 4 + length).trim())
      at += 5 + length
    }
    return { code: data.toString('latin1', 12, 14), status: data.toString('latin1', 14, 16), values }
  }
}

const twoDigits = (value: number): number => Number.parseInt(String(value).padStart(2, '0'), 16)

/** An answer on the wire. */
export function writeAnswer(answer: AppMessage, dialect: Dialect): Buffer {
  const header = Buffer.from(`6000000000${dialect.version}1${answer.code}${answer.status}0`, 'latin1')
  const pieces = [...answer.values].map(([name, value]) => {
    const size = dialect.binaryFieldLength ? [value.length >> 8, value.length & 255] : [twoDigits(Math.floor(value.length / 100)), twoDigits(value.length % 100)]
    return Buffer.concat([Buffer.from(name), Buffer.from(size), Buffer.from(value, 'latin1')])
  })
  const fs = Buffer.of(0x1c)
  const fields = pieces.map((piece) => (dialect.closingSeparator ? Buffer.concat([piece, fs]) : Buffer.concat([fs, piece])))
  const data = Buffer.concat([header, ...(dialect.closingSeparator ? [fs] : []), ...fields])
  const frame = Buffer.concat([Buffer.of(0x02, twoDigits(Math.floor(data.length / 100)), twoDigits(data.length % 100)), data, Buffer.of(0x03, 0)])
  let sum = 0
  for (const byte of frame.subarray(1, -1)) sum ^= byte
  frame[frame.length - 1] = sum
  return frame
}
