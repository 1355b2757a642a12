import { createHmac, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Letters and digits that are not mistaken for each other, read aloud or written down. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 8
/** scrypt, some 60 ms a guess: 39 bits of code can't be searched through in the ten minutes of its life. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const derive = promisify<string, string, number, typeof cost, Buffer>(scrypt)

/** A new code, `K7QM-4XPT`. */
export function newCode(): string {
  const text = Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** A code as typed: any case, with or without the dash; null when it can be none. */
export function readCode(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  return plain.length === length && [...plain].every((letter) => letters.includes(letter)) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null
}

/** The secret of a pairing: of the code, and of the certificate that this side sees. Somebody between the two has another certificate, so the secrets differ. */
export const pairingKey = (code: string, fingerprint: string): Promise<Buffer> => derive(code, fingerprint, 32, cost)

/** Proof of knowing the secret; `parts` is what it is said about. */
export const proofOf = (key: Buffer, ...parts: readonly string[]): string => createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex')

/** Compares without telling by its time how much was right. */
export const sameProof = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
