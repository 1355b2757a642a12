import { parseAddress } from './address.ts'
import { openFile } from './file.ts'
import { openSerial } from './serial.ts'
import { openTcp } from './tcp.ts'
import { TransportError, type OpenOptions, type Transport } from './transport.ts'

/**
 * Opens a device by its address (see `parseAddress`). Rejects with `TransportError`: `bad-address`, `not-found`, `no-permission`, `busy` (another program
 * holds the port), `ambiguous`, `unreachable`, `timeout`, or `closed` when the signal gave it up.
 */
export async function openTransport(address: string, options: OpenOptions = {}): Promise<Transport> {
  const target = parseAddress(address)
  if (options.signal?.aborted) throw new TransportError('closed', address, { cause: options.signal.reason })
  if (target.scheme === 'tcp') return openTcp(address, target, options)
  if (target.scheme === 'serial') return openSerial(address, target, options)
  return openFile(address, target)
}
