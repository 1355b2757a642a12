import { randomUUID } from 'node:crypto'

/**
 * A UUID version 7 (RFC 9562): 48 bits of time, 74 random. What is keyed by such ids grows at the end of its index, so a commit
 * rewrites the same few pages and not random ones; as a secret 74 bits are as little to be guessed as 122.
 */
export function orderedId(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`
}
