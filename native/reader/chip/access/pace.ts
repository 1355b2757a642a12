import { brainpoolP256r1 } from '@noble/curves/misc.js'
import { timingSafeEqual } from 'node:crypto'
import type { CardChannel } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { descend, encodeTlv } from '../tlv.ts'
import { paceKey, type AccessKey } from './access-key.ts'
import { ok, swText, type CardSession } from './apdu.ts'
import { plainSession } from './plain-session.ts'
import { aesCbc, cmac8, deriveKey, keyUse } from './primitives.ts'
import { aesCipher, secureSession } from './secure-messaging.ts'

/** id-PACE-ECDH-GM-AES-CBC-CMAC-128, the one protocol spoken here (9303-11, 9.2.5); with curve 13, brainpoolP256r1. */
export const pacePrefix = [0x06, 0x0a, 0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02] as const
const paceOid = Uint8Array.from(pacePrefix.slice(2))
const brainpoolId = [0x02, 0x01, 0x0d] as const

const { Point } = brainpoolP256r1
type CurvePoint = InstanceType<typeof Point>

/** Whether EF.CardAccess lists that protocol on that curve. */
export function offersPace(cardAccess: Uint8Array): boolean {
  const info = Buffer.from([...pacePrefix, 0x02, 0x01, 0x02, ...brainpoolId])
  return Buffer.from(cardAccess).includes(info)
}

/** A secret number and its point on a generator. */
export interface PaceKeyPair {
  readonly secret: bigint
  readonly point: CurvePoint
}

export function pacePair(generator: CurvePoint, secret: Uint8Array): PaceKeyPair {
  const number = (BigInt(`0x${Buffer.from(secret).toString('hex')}`) % (Point.Fn.ORDER - 1n)) + 1n
  return { secret: number, point: generator.multiply(number) }
}

/** Uncompressed `04 X Y`, checked to lie on the curve. */
export function pacePoint(bytes: Uint8Array): CurvePoint {
  try {
    if (bytes[0] !== 0x04) throw new RangeError('compressed')
    const point = Point.fromBytes(bytes)
    point.assertValidity()
    return point
  } catch (error) {
    throw new ChipError('session-lost', 'PACE point', error)
  }
}

/** G' = s·G + H, H being what both sides share so far. */
export function mapGenerator(nonce: Uint8Array, shared: CurvePoint): CurvePoint {
  return Point.BASE.multiply(BigInt(`0x${Buffer.from(nonce).toString('hex')}`)).add(shared)
}

/** The session keys, from the x coordinate of the shared point. */
export function paceSessionKeys(shared: CurvePoint): { readonly enc: Uint8Array; readonly mac: Uint8Array } {
  const x = shared.toBytes(false).subarray(1, 33)
  return { enc: deriveKey(x, keyUse.encryption), mac: deriveKey(x, keyUse.mac) }
}

/** Authentication token over the other side's public point. */
export function paceToken(mac: Uint8Array, other: CurvePoint): Uint8Array {
  const publicKey = Uint8Array.of(...encodeTlv(0x06, paceOid), ...encodeTlv(0x86, other.toBytes(false)))
  return cmac8(mac, encodeTlv(0x7f49, publicKey))
}

/** One GENERAL AUTHENTICATE; `ask` and `expect` are the tags of what goes and what comes. */
async function turn(session: CardSession, last: boolean, ask: number | null, value: Uint8Array, expect: number): Promise<Uint8Array> {
  const data = encodeTlv(0x7c, ask === null ? [] : encodeTlv(ask, value))
  const { sw, data: answer } = await session.send({ cla: last ? 0x00 : 0x10, ins: 0x86, p1: 0, p2: 0, data, le: 256 })
  if (sw !== ok) throw new ChipError(last ? 'wrong-key' : 'card-refused', `PACE ${swText(sw)}`)
  return descend(answer, [0x7c, expect])
}

function distinct(mine: CurvePoint, theirs: CurvePoint): CurvePoint {
  if (mine.equals(theirs)) throw new ChipError('session-lost', 'PACE point')
  return theirs
}

/** MSE:Set AT; 63Cx warns of few tries left and goes on. */
async function begin(session: CardSession, key: AccessKey): Promise<void> {
  const data = Uint8Array.of(...encodeTlv(0x80, paceOid), ...encodeTlv(0x83, [key.kind === 'mrz' ? 0x01 : 0x02]))
  const { sw } = await session.send({ ins: 0x22, p1: 0xc1, p2: 0xa4, data })
  if (sw !== ok && (sw & 0xfff0) !== 0x63c0) throw new ChipError('pace-missing', swText(sw))
}

/**
 * PACE with generic mapping; the application is not selected yet. Throws `pace-missing` when the card doesn't take it, `wrong-key` for a wrong zone or
 * access number.
 */
export async function openPace(channel: CardChannel, key: AccessKey, random: (bytes: number) => Uint8Array): Promise<CardSession> {
  const plain = plainSession(channel)
  await begin(plain, key)
  const encryptedNonce = await turn(plain, false, null, new Uint8Array(), 0x80)
  if (encryptedNonce.length !== 16) throw new ChipError('card-refused', 'PACE nonce')
  const nonce = aesCbc(paceKey(key), encryptedNonce, 'decrypt')
  const mapping = pacePair(Point.BASE, random(40))
  const chipMapping = distinct(mapping.point, pacePoint(await turn(plain, false, 0x81, mapping.point.toBytes(false), 0x82)))
  const generator = mapGenerator(nonce, chipMapping.multiply(mapping.secret))
  const own = pacePair(generator, random(40))
  const chip = distinct(own.point, pacePoint(await turn(plain, false, 0x83, own.point.toBytes(false), 0x84)))
  const { enc, mac } = paceSessionKeys(chip.multiply(own.secret))
  const token = await turn(plain, true, 0x85, paceToken(mac, chip), 0x86)
  if (token.length !== 8 || !timingSafeEqual(token, paceToken(mac, own.point))) throw new ChipError('wrong-key', 'PACE token')
  return secureSession(channel, aesCipher(enc, mac), new Uint8Array(16))
}
