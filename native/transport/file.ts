import { open } from 'node:fs/promises'
import type { FileAddress } from './address.ts'
import { createListeners } from './listeners.ts'
import { TransportError, type Transport, type TransportErrorCode } from './transport.ts'

function codeOf(error: unknown): TransportErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'no-permission'
  if (code === 'EBUSY') return 'busy'
  return code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO' ? 'not-found' : 'unreachable'
}

/** Opens a file for appending (made if missing), or a write-only device such as `/dev/usb/lp0`. It never answers. */
export async function openFile(address: string, target: FileAddress): Promise<Transport> {
  const handle = await open(target.path, 'a').catch((error: unknown) => {
    throw new TransportError(codeOf(error), address, { cause: error })
  })
  const listeners = createListeners()
  const { onData, onClose } = listeners
  let last: Promise<void> = Promise.resolve()
  return {
    address,
    onData,
    onClose,
    write(bytes) {
      if (listeners.isClosed()) return Promise.reject(new TransportError('closed', address))
      const fail = (error: unknown): never => {
        throw new TransportError('closed', address, { cause: error })
      }
      const written = last.then(() => handle.appendFile(bytes)).catch(fail)
      last = written.catch(() => undefined)
      return written
    },
    async close() {
      if (listeners.isClosed()) return
      await last
      listeners.closed(null)
      await handle.close().catch(() => undefined)
    },
  }
}
