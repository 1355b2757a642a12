import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new key of 256 random bits; `kind` in front says to people what it is for (`mcv_…`). */
export function newKey(kind: string): string {
  return `${kind}_${randomBytes(32).toString('base64url')}`
}

/** What is kept of a key: SHA-256, hex. Enough for 256 random bits; a password would need argon2. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Whether `key` is the one with this hash, in time that doesn't depend on where they differ. */
export function sameKey(key: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(keyHash(key)), Buffer.from(hash.padEnd(64).slice(0, 64)))
}

/** The key of `Authorization: Bearer <key>`; empty when there is none. */
export function bearerKey(header: string | undefined): string {
  return /^Bearer ([\x21-\x7e]{1,500})$/i.exec(header ?? '')?.[1] ?? ''
}
