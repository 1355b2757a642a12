import { setTimeout as pause } from 'node:timers/promises'
import type { Load } from '#sync/protocol/messages.ts'
import { startPusher, type EventSource } from '#sync/pusher.ts'
import { agency } from './office-weeks.ts'

/** Pushes all of the source to a peer with the product's pusher; answers the seconds until everything was acknowledged. */
export async function drain(source: EventSource, peer: { readonly url: string; readonly key: string }, load: Load): Promise<number> {
  const from = performance.now()
  const pusher = startPusher({ source, peer, office: agency, station: 'hub', load })
  try {
    while (!pusher.state().reachable || pusher.state().waiting > 0) {
      const { refused } = pusher.state()
      if (refused) throw new Error(`refused: ${refused.code}`)
      await pause(5)
    }
    return (performance.now() - from) / 1_000
  } finally {
    await pusher.close()
  }
}
