import { useEffect, useRef, useState } from 'react'
import type { StationClient } from '#contract/index.ts'
import { backoff } from './backoff.ts'
import { useStation } from './station-provider.tsx'

export interface Live<View> {
  /** Last data, kept through a lost connection; null only before the first. */
  readonly view: View | null
  /** This machine's clock when `view` arrived, epoch ms. */
  readonly receivedAt: number
  readonly connected: boolean
}

type Subscribe<View> = (client: StationClient, signal: AbortSignal) => Promise<AsyncIterable<View>>

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Hands every view to `onView` until aborted; a stream that ends or breaks is opened again. */
async function follow<View>(open: (signal: AbortSignal) => Promise<AsyncIterable<View>>, onView: (view: View) => void, signal: AbortSignal): Promise<void> {
  let attempt = 0
  while (!signal.aborted) {
    try {
      for await (const view of await open(signal)) {
        attempt = 0
        if (!signal.aborted) onView(view)
      }
    } catch (error) {
      if (!signal.aborted) console.warn('live view broke, opening it again', error)
    }
    await pause(backoff(attempt++), signal)
  }
}

/**
 * A live view: `useLive((client, signal) => client.board.live(undefined, { signal }))`. Subscribes again after every reconnect and
 * never blanks. Pass `key` when the subscription depends on an argument (a ticket id); a new key starts from null.
 */
export function useLive<View>(subscribe: Subscribe<View>, key = ''): Live<View> {
  const station = useStation()
  const client = station.kind === 'ready' ? station.client : null
  const [received, setReceived] = useState<{ readonly key: string; readonly view: View; readonly receivedAt: number } | null>(null)
  const latest = useRef(subscribe)
  useEffect(() => {
    latest.current = subscribe
  })
  useEffect(() => {
    if (client === null) return undefined
    const stop = new AbortController()
    void follow(
      (signal) => latest.current(client, signal),
      (view) => setReceived({ key, view, receivedAt: Date.now() }),
      stop.signal,
    )
    return () => stop.abort()
  }, [client, key])
  const mine = received?.key === key ? received : null
  return { view: mine?.view ?? null, receivedAt: mine?.receivedAt ?? 0, connected: client !== null && mine !== null }
}
