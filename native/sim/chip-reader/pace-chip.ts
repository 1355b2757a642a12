import { brainpoolP256r1 } from '@noble/curves/misc.js'
import { randomBytes } from 'node:crypto'
import { aes, aesMac, digest1, kdf } from './chip-crypto.ts'
import { der, oid } from './der.ts'
import { SecureChannel } from './secure-channel.ts'

const { Point } = brainpoolP256r1
type CurvePoint = InstanceType<typeof Point>

const protocol = '0.4.0.127.0.7.2.2.4.2.2'
const secret = (): bigint => (BigInt(`0x${randomBytes(40).toString('hex')}`) % (Point.Fn.ORDER - 1n)) + 1n

function token(key: Buffer, point: CurvePoint): Buffer {
  const object = der(0x7f49, oid(protocol), der(0x86, point.toBytes(false)))
  return aesMac(key, object)
}

/** What the chip answers to one step, or the session once it is open. */
export type PaceAnswer = { readonly data: Buffer; readonly session?: SecureChannel } | { readonly sw: number }

/** The chip's side of one PACE run; `step` gets the content of the 7C object. */
export class PaceChip {
  readonly #password: Buffer
  #nonce = randomBytes(16)
  #generator: CurvePoint = Point.BASE
  #theirs: CurvePoint | null = null
  #own: { readonly secret: bigint; readonly point: CurvePoint } | null = null

  /** `kind` as in MSE:Set AT: 1 the zone, 2 the card access number. */
  constructor(kind: number, mrzInformation: string, can: string) {
    this.#password = kdf(kind === 1 ? digest1(Buffer.from(mrzInformation)) : Buffer.from(can), 3)
  }

  step(content: Buffer): PaceAnswer {
    const tag = content[0]
    const value = content.subarray(2)
    if (tag === undefined) return { data: der(0x7c, der(0x80, aes(this.#password, Buffer.alloc(16), this.#nonce, true))) }
    if (tag === 0x81) return this.#map(Point.fromBytes(value))
    if (tag === 0x83) return this.#agree(Point.fromBytes(value))
    return tag === 0x85 ? this.#confirm(value) : { sw: 0x6a80 }
  }

  #map(theirs: CurvePoint): PaceAnswer {
    const own = secret()
    this.#generator = Point.BASE.multiply(BigInt(`0x${this.#nonce.toString('hex')}`)).add(theirs.multiply(own))
    return { data: der(0x7c, der(0x82, Point.BASE.multiply(own).toBytes(false))) }
  }

  #agree(theirs: CurvePoint): PaceAnswer {
    const own = secret()
    this.#own = { secret: own, point: this.#generator.multiply(own) }
    this.#theirs = theirs
    return { data: der(0x7c, der(0x84, this.#own.point.toBytes(false))) }
  }

  #confirm(theirToken: Buffer): PaceAnswer {
    if (this.#own === null || this.#theirs === null) return { sw: 0x6985 }
    const shared = Buffer.from(this.#theirs.multiply(this.#own.secret).toBytes(false)).subarray(1, 33)
    const [enc, mac] = [kdf(shared, 1), kdf(shared, 2)]
    if (!token(mac, this.#own.point).equals(theirToken)) return { sw: 0x6300 }
    return { data: der(0x7c, der(0x86, token(mac, this.#theirs))), session: new SecureChannel('aes', enc, mac, Buffer.alloc(16)) }
  }
}
