import { connect, type Socket } from 'node:net'
import type { TcpAddress } from './address.ts'
import { createListeners } from './listeners.ts'
import { TransportError, type OpenOptions, type Transport, type TransportErrorCode } from './transport.ts'

const closeGraceMs = 1_000

function codeOf(error: NodeJS.ErrnoException): TransportErrorCode {
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'no-permission'
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'not-found'
  return error.code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}

function connected(socket: Socket, address: string, options: OpenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: TransportErrorCode, cause?: unknown): void => {
      settle()
      socket.on('error', () => undefined)
      socket.destroy()
      reject(new TransportError(code, address, { cause }))
    }
    const timer = setTimeout(() => fail('timeout'), options.timeoutMs ?? 3_000)
    const onAbort = (): void => fail('closed', options.signal?.reason)
    const onError = (error: NodeJS.ErrnoException): void => fail(codeOf(error), error)
    const onConnect = (): void => {
      settle()
      resolve()
    }
    const settle = (): void => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
      socket.off('error', onError).off('connect', onConnect)
    }
    socket.once('error', onError).once('connect', onConnect)
    if (options.signal?.aborted) onAbort()
    else options.signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** Opens a raw TCP connection (printers: port 9100; ZVT: 20007). Nagle is off: frames are small and someone waits for each. */
export async function openTcp(address: string, target: TcpAddress, options: OpenOptions): Promise<Transport> {
  const socket = connect({ host: target.host, port: target.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
  await connected(socket, address, options)
  const listeners = createListeners()
  let failure: TransportError | null = null
  let closing = false
  socket.on('data', (bytes) => listeners.data(bytes))
  socket.on('error', (error) => (failure = new TransportError('closed', address, { cause: error })))
  socket.on('close', () => listeners.closed(closing ? null : failure))
  const { onData, onClose } = listeners
  return {
    address,
    onData,
    onClose,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (closing || socket.destroyed || !socket.writable) return reject(new TransportError('closed', address))
        socket.write(bytes, (error) => (error ? reject(new TransportError('closed', address, { cause: error })) : resolve()))
      }),
    close: () =>
      new Promise((resolve) => {
        closing = true
        if (listeners.isClosed()) return resolve()
        onClose(() => resolve())
        setTimeout(() => socket.destroy(), closeGraceMs).unref()
        socket.end(() => socket.destroy())
      }),
  }
}
