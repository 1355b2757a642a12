import { timingSafeEqual } from 'node:crypto'
import { aes, aesIv, aesMac, des, desMac, padded, stripped } from './chip-crypto.ts'
import { der } from './der.ts'

/** Objects of a secured command, by tag. */
function objectsOf(body: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 0; at + 1 < body.length; ) {
    const tag = body[at] ?? 0
    const lead = body[at + 1] ?? 0
    const [length, from] = lead === 0x81 ? [body[at + 2] ?? 0, at + 3] : lead === 0x82 ? [body.readUInt16BE(at + 2), at + 4] : [lead, at + 2]
    found.set(tag, body.subarray(from, from + length))
    at = from + length
  }
  return found
}

/** A command once its protection is taken off. */
export interface PlainCommand {
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Buffer
  readonly le: number | null
}

/** The card's end of secure messaging, 3DES after BAC and AES after PACE. */
export class SecureChannel {
  readonly #kind: 'des' | 'aes'
  readonly #enc: Buffer
  readonly #mac: Buffer
  #counter: bigint

  constructor(kind: 'des' | 'aes', enc: Buffer, mac: Buffer, counter: Buffer) {
    this.#kind = kind
    this.#enc = enc
    this.#mac = mac
    this.#counter = BigInt(`0x${counter.toString('hex')}`)
  }

  get #size(): number {
    return this.#kind === 'des' ? 8 : 16
  }

  #step(): Buffer {
    this.#counter = (this.#counter + 1n) & ((1n << BigInt(this.#size * 8)) - 1n)
    return Buffer.from(this.#counter.toString(16).padStart(this.#size * 2, '0'), 'hex')
  }

  #crypt(data: Uint8Array, counter: Buffer, encrypt: boolean): Buffer {
    return this.#kind === 'des' ? des(this.#enc, data, encrypt) : aes(this.#enc, aesIv(this.#enc, counter), data, encrypt)
  }

  #checksum(data: Uint8Array): Buffer {
    return this.#kind === 'des' ? desMac(this.#mac, data) : aesMac(this.#mac, padded(data, 16))
  }

  /** Null when the protection isn't right: the session is over. */
  open(apdu: Buffer): PlainCommand | null {
    const counter = this.#step()
    const [cla = 0, ins = 0, p1 = 0, p2 = 0, lc = 0] = apdu
    const body = apdu.subarray(5, 5 + lc)
    const objects = objectsOf(body)
    const mac = objects.get(0x8e)
    if (cla !== 0x0c || mac?.length !== 8 || apdu.length !== 6 + lc) return null
    const covered = body.subarray(0, body.length - 10)
    const expected = this.#checksum(Buffer.concat([counter, padded(apdu.subarray(0, 4), this.#size), covered]))
    if (!timingSafeEqual(expected, mac)) return null
    const encrypted = objects.get(0x87)?.subarray(1) ?? objects.get(0x85)
    const le = objects.get(0x97)?.[0]
    return { ins, p1, p2, data: encrypted ? stripped(this.#crypt(encrypted, counter, false)) : Buffer.alloc(0), le: le === undefined ? null : le || 256 }
  }

  /** Protects an answer; `odd` is that of a command with an odd instruction. */
  close(data: Uint8Array, sw: number, odd: boolean): Buffer {
    const counter = this.#step()
    const encrypted = data.length === 0 ? null : this.#crypt(padded(data, this.#size), counter, true)
    const object = encrypted === null ? Buffer.alloc(0) : odd ? der(0x85, encrypted) : der(0x87, [1], encrypted)
    const covered = Buffer.concat([object, der(0x99, [sw >> 8, sw & 0xff])])
    const mac = this.#checksum(Buffer.concat([counter, covered]))
    return Buffer.concat([covered, der(0x8e, mac), Buffer.from([sw >> 8, sw & 0xff])])
  }
}
