import { randomUUID } from 'node:crypto'
import type { StationClient } from '#contract/index.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'

/** Opens the contract as the screen of an address does: token from the fragment, first message on the socket. */
export async function openScreen(url: string): Promise<Connection> {
  const { host, hash } = new URL(url)
  return connectWebSocket(`ws://${host}/ws`, hash.slice(3))
}

export const id = (): string => randomUUID()

/** The first view of a stream that `wanted` accepts; rejects after `ms`. */
export async function waitFor<T>(what: string, stream: (signal: AbortSignal) => Promise<AsyncIterable<T>>, wanted: (view: T) => boolean, ms = 60_000): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  try {
    for await (const view of await stream(signal)) if (wanted(view)) return view
  } catch (error) {
    if (!signal.aborted) throw error
  }
  throw new Error(`${what}: not seen within ${ms / 1000} s`)
}

export type { StationClient }
