import { SerialPort } from 'serialport'
import type { SerialAddress } from './address.ts'
import { createListeners } from './listeners.ts'
import { listSerialPorts } from './serial-ports.ts'
import { TransportError, type OpenOptions, type Transport, type TransportErrorCode } from './transport.ts'
import { parseUsbId, portsWith } from './usb-id.ts'

const closeGraceMs = 1_000

function codeOf(error: Error): TransportErrorCode {
  const text = error.message
  if (/cannot lock|resource busy|EBUSY/i.test(text)) return 'busy'
  if (/permission denied|access denied|EACCES/i.test(text)) return 'no-permission'
  return /no such|not found|ENOENT|ENODEV|ENXIO/i.test(text) ? 'not-found' : 'unreachable'
}

function opened(port: SerialPort, address: string, options: OpenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let done = false
    const settle = (error: TransportError | null): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
      if (error) reject(error)
      else resolve()
    }
    const onAbort = (): void => settle(new TransportError('closed', address, { cause: options.signal?.reason }))
    const timer = setTimeout(() => settle(new TransportError('timeout', address)), options.timeoutMs ?? 3_000)
    if (options.signal?.aborted) return onAbort()
    options.signal?.addEventListener('abort', onAbort, { once: true })
    port.open((error) => {
      // given up meanwhile: the port that now opened must not stay locked
      if (done && port.isOpen) port.close(() => undefined)
      settle(error ? new TransportError(codeOf(error), address, { cause: error }) : null)
    })
  })
}

function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, closeGraceMs)
    const finish = (): void => {
      clearTimeout(timer)
      resolve()
    }
    if (port.isOpen) port.close(finish)
    else finish()
  })
}

/** Where a device is today: an address by USB identity is looked up at each opening, so that another socket or another order changes nothing. */
async function pathToday(address: string, path: string, ports = listSerialPorts): Promise<string> {
  const id = parseUsbId(path)
  if (id === null) return path
  const [found, ...others] = portsWith(id, await ports())
  if (!found) throw new TransportError('not-found', address)
  // bytes for a printer must not go to the scanner beside it
  if (others.length > 0) throw new TransportError('ambiguous', address, { detail: [found, ...others].map((port) => port.path).join(', ') })
  return found.path
}

/**
 * Opens a serial device or a pty. The `SerialPort` object lives exactly as long as this transport and is never opened again: serialport queues what is
 * written to a closed port and would send it at the next `open()`. Modem lines are raised where the device has them; a pty answers ENOTTY, which is fine.
 */
export async function openSerial(address: string, target: SerialAddress, options: OpenOptions): Promise<Transport> {
  const path = await pathToday(address, target.path, options.ports)
  const port = new SerialPort({
    path,
    baudRate: target.baud,
    parity: target.parity,
    stopBits: target.stop,
    dataBits: target.bits,
    rtscts: target.flow === 'rtscts',
    xon: target.flow === 'xonxoff',
    xoff: target.flow === 'xonxoff',
    autoOpen: false,
  })
  const listeners = createListeners()
  let closing = false
  const lost = (error?: unknown): void => listeners.closed(closing ? null : new TransportError('closed', address, { cause: error }))
  port.on('error', (error) => {
    lost(error)
    void closePort(port)
  })
  port.on('close', lost)
  await opened(port, address, options)
  port.on('data', (bytes: Uint8Array) => listeners.data(bytes))
  if (target.flow !== 'rtscts') port.set({ dtr: true, rts: true }, () => undefined)
  const { onData, onClose } = listeners
  const closedError = (cause?: unknown): TransportError => new TransportError('closed', address, { cause })
  return {
    address,
    onData,
    onClose,
    line: {
      get baud() {
        return port.baudRate
      },
      setBaud: (baudRate) => new Promise((resolve, reject) => port.update({ baudRate }, (error) => (error ? reject(closedError(error)) : resolve()))),
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (closing || listeners.isClosed() || !port.isOpen) return reject(closedError())
        const unsubscribe = onClose((error) => reject(closedError(error)))
        const finish = (error: Error | null | undefined): void => {
          unsubscribe()
          if (error) reject(closedError(error))
          else resolve()
        }
        port.write(bytes, undefined, (error) => (error ? finish(error) : port.drain(finish)))
      }),
    close: async () => {
      closing = true
      await closePort(port)
      listeners.closed(null)
    },
  }
}
