import { hash } from 'node:crypto'
import { firstPrev, hashedText, type StoredEvent } from '#domain/event.ts'

/** SHA-256 of an event, hex: what its `hash` must be. */
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

/** Checks that `event` says of itself to be the one right after `mark`; null when it does. */
export function placeFault(mark: Mark, event: StoredEvent): ChainFault | null {
  if (event.seq !== mark.seq + 1) return { kind: 'gap', have: mark.seq }
  return event.prev === mark.hash ? null : { kind: 'fork', seq: event.seq }
}

/** Checks that `event` is the one right after `mark`, by what it holds; null when it is. */
export function chainFault(mark: Mark, event: StoredEvent): ChainFault | null {
  return placeFault(mark, event) ?? (hashOf(event) === event.hash ? null : { kind: 'bad-hash', seq: event.seq })
}
