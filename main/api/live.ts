import type { Changes } from './changes.ts'

/** A quiet view is still told this often, so that a screen can tell quiet from dead. */
const heartbeatMs = 2_000

/**
 * A live view: `compute` at once, then after every change (several at once count as one), and with each heartbeat. While `compute`
 * answers null nothing is sent: there is nothing true to show yet.
 */
export async function* live<T>(changes: Changes, compute: () => T | null, signal: AbortSignal | undefined): AsyncGenerator<T, void> {
  while (!signal?.aborted) {
    const seen = changes.count
    const view = compute()
    if (view !== null) yield view
    await changes.next(seen, heartbeatMs, signal)
  }
}
