import type { TransportError } from './transport.ts'

const backlogLimit = 64 * 1024

/** The subscribing half of a transport, shared by all of them: data backlog, a close that happens once. */
export interface Listeners {
  readonly data: (bytes: Uint8Array) => void
  /** Later calls are ignored: serial ports may report the same loss twice. */
  readonly closed: (error: TransportError | null) => void
  readonly isClosed: () => boolean
  readonly onData: (callback: (bytes: Uint8Array) => void) => () => void
  readonly onClose: (callback: (error: TransportError | null) => void) => () => void
}

/** New, open, with nobody listening. */
export function createListeners(): Listeners {
  const dataCallbacks = new Set<(bytes: Uint8Array) => void>()
  const closeCallbacks = new Set<(error: TransportError | null) => void>()
  let backlog: Uint8Array[] = []
  let backlogSize = 0
  let end: { readonly error: TransportError | null } | null = null

  return {
    data(bytes) {
      if (dataCallbacks.size > 0) {
        for (const callback of dataCallbacks) callback(bytes)
      } else if (backlogSize < backlogLimit) {
        backlog.push(bytes)
        backlogSize += bytes.length
      }
    },
    closed(error) {
      if (end) return
      end = { error }
      for (const callback of closeCallbacks) callback(error)
      closeCallbacks.clear()
    },
    isClosed: () => end !== null,
    onData(callback) {
      dataCallbacks.add(callback)
      const waiting = backlog
      backlog = []
      backlogSize = 0
      for (const bytes of waiting) callback(bytes)
      return () => void dataCallbacks.delete(callback)
    },
    onClose(callback) {
      if (end) {
        callback(end.error)
        return () => undefined
      }
      closeCallbacks.add(callback)
      return () => void closeCallbacks.delete(callback)
    },
  }
}
