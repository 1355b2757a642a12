import type { StationClient } from '#contract/index.ts'
import type { Welcome } from '#contract/audience.ts'

export type Greeting = Extract<Welcome, { readonly ok: true }>

/** An open way to the station, whatever carries it. */
export interface Connection {
  readonly welcome: Greeting
  readonly client: StationClient
  /** Settles once, when the way is gone; calls in flight have been rejected by then. */
  readonly closed: Promise<void>
  readonly close: () => void
}

/** The station does not know this token; trying again will not help. */
export class Unauthorised extends Error {
  override readonly name = 'Unauthorised'
}

/** The first message of the station, or an error when it is none. */
export function readWelcome(data: unknown): Greeting {
  const welcome: unknown = typeof data === 'string' ? JSON.parse(data) : data
  if (typeof welcome !== 'object' || welcome === null || !('ok' in welcome)) throw new Error('The station did not greet')
  const greeting = welcome as Welcome
  if (!greeting.ok) throw new Unauthorised(greeting.code)
  return greeting
}
