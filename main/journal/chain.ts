import { hash } from 'node:crypto'
import { firstPrev, hashedText, type StoredEvent } from '#domain/event.ts'

/** SHA-256 of an event, hex. */
export function hashOf(event: Omit<StoredEvent, 'hash'>): string {
  return hash('sha256', hashedText(event), 'hex')
}

/** A point in an origin's chain. */
export interface Mark {
  readonly seq: number
  readonly hash: string
}

export const chainStart: Mark = { seq: 0, hash: firstPrev }

export type ChainFault =
  | { readonly kind: 'gap'; readonly have: number }
  | { readonly kind: 'fork'; readonly seq: number }
  | { readonly kind: 'bad-hash'; readonly seq: number }

/** Checks that `event` is the one right after `mark`; null when it is. */
export function chainFault(mark: Mark, event: StoredEvent): ChainFault | null {
  if (event.seq !== mark.seq + 1) return { kind: 'gap', have: mark.seq }
  if (event.prev !== mark.hash) return { kind: 'fork', seq: event.seq }
  if (hashOf(event) !== event.hash) return { kind: 'bad-hash', seq: event.seq }
  return null
}
