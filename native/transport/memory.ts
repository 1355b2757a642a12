import { createListeners, type Listeners } from './listeners.ts'
import { TransportError, type Transport } from './transport.ts'

function side(address: string, mine: Listeners, other: Listeners, close: () => void): Transport {
  const { onData, onClose } = mine
  return {
    address,
    onData,
    onClose,
    write(bytes) {
      if (mine.isClosed()) return Promise.reject(new TransportError('closed', address))
      const copy = bytes.slice()
      queueMicrotask(() => other.isClosed() || other.data(copy))
      return Promise.resolve()
    },
    close() {
      close()
      return Promise.resolve()
    },
  }
}

/** Two ends of a wire inside this process, for tests of conversations. Closing one closes both; `cut` breaks the wire as a pulled plug does. */
export function memoryPair(name = 'pair'): { readonly a: Transport; readonly b: Transport; cut(): void } {
  const left = createListeners()
  const right = createListeners()
  const end = (error: TransportError | null): void => {
    left.closed(error)
    right.closed(error)
  }
  return {
    a: side(`memory:${name}/a`, left, right, () => end(null)),
    b: side(`memory:${name}/b`, right, left, () => end(null)),
    cut: () => end(new TransportError('closed', `memory:${name}`)),
  }
}
