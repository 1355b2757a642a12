/** One application message: CLASS and INSTR as one number (`0x0601`), and its data. Answers are `0x8000` and `0x84xx`. */
export interface Apdu {
  readonly control: number
  readonly data: Uint8Array
}

export const accepted: Apdu = { control: 0x8000, data: new Uint8Array() }

/** CLASS INSTR LEN data; LEN is one byte up to 254, else `FF` and two bytes, low first. */
export function encodeApdu({ control, data }: Apdu): Uint8Array {
  const length = data.length < 0xff ? [data.length] : [0xff, data.length & 0xff, data.length >> 8]
  return Uint8Array.from([control >> 8, control & 0xff, ...length, ...data])
}

/** Length of the message at the start of `bytes`, header included; null while its header is not complete. */
function lengthOf(bytes: Uint8Array): number | null {
  const short = bytes[2]
  if (short === undefined) return null
  if (short !== 0xff) return 3 + short
  const [low, high] = [bytes[3], bytes[4]]
  return low === undefined || high === undefined ? null : 5 + low + 256 * high
}

/** One whole message; null when the bytes are shorter or longer than their length says. */
export function decodeApdu(bytes: Uint8Array): Apdu | null {
  if (lengthOf(bytes) !== bytes.length) return null
  return { control: ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0), data: bytes.slice(bytes[2] === 0xff ? 5 : 3) }
}

/** First bytes of what terminals and tills say to each other. */
const classes: ReadonlySet<number> = new Set([0x04, 0x05, 0x06, 0x08, 0x0f, 0x80, 0x84])

/**
 * TCP has no frames: messages follow each other, cut anywhere. Keeps the rest until it is whole. Bytes that begin no message are skipped: some terminals
 * greet a new connection with a line of text (Yomani, Portalum.Zvt issue 33).
 */
export class ApduSplitter {
  #rest: Uint8Array = new Uint8Array()

  push(bytes: Uint8Array): readonly Uint8Array[] {
    this.#rest = this.#rest.length === 0 ? bytes.slice() : Buffer.concat([this.#rest, bytes])
    const whole: Uint8Array[] = []
    for (let length = this.#next(); length !== null && length <= this.#rest.length; length = this.#next()) {
      whole.push(this.#rest.slice(0, length))
      this.#rest = this.#rest.subarray(length)
    }
    return whole
  }

  /** Length of the next message; null while its header is not complete. */
  #next(): number | null {
    const start = this.#rest.findIndex((byte) => classes.has(byte))
    this.#rest = start < 0 ? new Uint8Array() : this.#rest.subarray(start)
    return lengthOf(this.#rest)
  }
}
