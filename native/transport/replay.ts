import { createListeners } from './listeners.ts'
import type { TraceEntry } from './trace.ts'
import { TransportError, type Transport } from './transport.ts'

/** The first byte that went out otherwise than in the trace; `wanted` is undefined behind its end. */
export interface Mismatch {
  readonly at: number
  readonly wanted: number | undefined
  readonly got: number
}

export interface Replay {
  readonly transport: Transport
  /** null while everything that was written is what the trace has. */
  readonly mismatch: () => Mismatch | null
}

/** What came in, each with the count of bytes that had gone out before it. */
function comings(entries: readonly TraceEntry[]): readonly { readonly after: number; readonly entry: TraceEntry }[] {
  let out = 0
  return entries.flatMap((entry) => {
    if (entry.direction !== 'out') return [{ after: out, entry }]
    out += entry.bytes.length
    return []
  })
}

/**
 * Plays a trace (`traced`) back in the device's place: what came in then comes in again once the bytes before it have gone out again, however they are sliced
 * now; it closes where the trace did. After a mismatch the device is silent: nobody knows what it would have answered.
 */
export function replayed(entries: readonly TraceEntry[], address = 'trace:'): Replay {
  const listeners = createListeners()
  const { onData, onClose } = listeners
  const expected = Buffer.concat(entries.flatMap((entry) => (entry.direction === 'out' ? [entry.bytes] : [])))
  let waiting = comings(entries)
  let written = 0
  let wrong: Mismatch | null = null

  const answer = (): void => {
    for (let [next] = waiting; next && next.after <= written && wrong === null; [next] = waiting) {
      waiting = waiting.slice(1)
      if (next.entry.direction === 'in') listeners.data(next.entry.bytes)
      else listeners.closed(new TransportError('closed', address))
    }
  }
  const take = (got: number): void => {
    if (wrong === null && expected[written] !== got) wrong = { at: written, wanted: expected[written], got }
    written++
  }
  queueMicrotask(answer)
  const transport: Transport = {
    address,
    onData,
    onClose,
    write(bytes) {
      if (listeners.isClosed()) return Promise.reject(new TransportError('closed', address))
      bytes.forEach(take)
      queueMicrotask(answer)
      return Promise.resolve()
    },
    close() {
      listeners.closed(null)
      return Promise.resolve()
    },
  }
  return { transport, mismatch: () => wrong }
}
