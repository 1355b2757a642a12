import { timingSafeEqual } from 'node:crypto'
import type { CardChannel } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { bacKeys } from './access-key.ts'
import { ok, swText, type CardSession } from './apdu.ts'
import { plainSession } from './plain-session.ts'
import { deriveDesKey, keyUse, pad, retailMac, tripleDes } from './primitives.ts'
import { secureSession, tripleDesCipher } from './secure-messaging.ts'

/** The random choices of one mutual authentication; the card's comes from GET CHALLENGE. */
export interface BacNonces {
  readonly rndIc: Uint8Array
  readonly rndIfd: Uint8Array
  readonly kIfd: Uint8Array
}

type Keys = ReturnType<typeof bacKeys>

/** Data of EXTERNAL AUTHENTICATE, 40 bytes (9303-11, 4.3.2). */
export function bacQuestion({ enc, mac }: Keys, { rndIc, rndIfd, kIfd }: BacNonces): Uint8Array {
  const encrypted = tripleDes(enc, Uint8Array.of(...rndIfd, ...rndIc, ...kIfd), 'encrypt')
  return Uint8Array.of(...encrypted, ...retailMac(mac, pad(encrypted, 8)))
}

/** Keys and counter of the session that begins. */
export interface BacSession {
  readonly enc: Uint8Array
  readonly mac: Uint8Array
  readonly counter: Uint8Array
}

/** Checks the card's answer, checksum first, then both random numbers; throws `session-lost` when it doesn't know the keys. */
export function bacAnswer({ enc, mac }: Keys, { rndIc, rndIfd, kIfd }: BacNonces, answer: Uint8Array): BacSession {
  const [encrypted, checksum] = [answer.subarray(0, 32), answer.subarray(32)]
  if (answer.length !== 40 || !timingSafeEqual(retailMac(mac, pad(encrypted, 8)), checksum)) throw new ChipError('session-lost', 'BAC MAC')
  const plain = tripleDes(enc, encrypted, 'decrypt')
  if (!timingSafeEqual(plain.subarray(0, 16), Uint8Array.of(...rndIc, ...rndIfd))) throw new ChipError('session-lost', 'BAC RND')
  const seed = plain.subarray(16).map((byte, at) => byte ^ (kIfd[at] ?? 0))
  return { enc: deriveDesKey(seed, keyUse.encryption), mac: deriveDesKey(seed, keyUse.mac), counter: Uint8Array.of(...rndIc.subarray(4), ...rndIfd.subarray(4)) }
}

/** Basic access control; the application is selected already. Throws `wrong-key` when the card says no. */
export async function openBac(channel: CardChannel, information: string, random: (bytes: number) => Uint8Array): Promise<CardSession> {
  const plain = plainSession(channel)
  const challenge = await plain.send({ ins: 0x84, p1: 0, p2: 0, le: 8 })
  if (challenge.sw !== ok || challenge.data.length !== 8) throw new ChipError('card-refused', `GET CHALLENGE ${swText(challenge.sw)}`)
  const keys = bacKeys(information)
  const nonces = { rndIc: challenge.data, rndIfd: random(8), kIfd: random(16) }
  const answer = await plain.send({ ins: 0x82, p1: 0, p2: 0, data: bacQuestion(keys, nonces), le: 40 })
  if (answer.sw !== ok) throw new ChipError('wrong-key', swText(answer.sw))
  const { enc, mac, counter } = bacAnswer(keys, nonces, answer.data)
  return secureSession(channel, tripleDesCipher(enc, mac), counter)
}
