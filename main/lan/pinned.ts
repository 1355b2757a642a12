import type { ConnectionOptions } from 'node:tls'
import { WebSocket as WsSocket } from 'ws'

/** Where another machine of the office is. `cert`: its certificate (PEM), the only one that is believed; absent for plain HTTP on the same machine. */
export interface MachineAddress {
  readonly url: string
  readonly cert?: string | undefined
}

/** TLS options that believe exactly this certificate, whatever name or address it is reached under. */
export function pinnedTo(cert: string | undefined): ConnectionOptions {
  return cert === undefined ? {} : { ca: cert, checkServerIdentity: () => undefined }
}

/** A client's socket: what goes wrong is told by its end, which comes at once: a machine that is given up is not waited for. */
class LinkSocket extends WsSocket {
  constructor(url: string, options: object) {
    super(url, options)
    this.on('error', () => this.terminate())
  }

  override close(): void {
    this.terminate()
  }
}

/** A WebSocket as browsers have it that connects only to the machine with this certificate. */
export const pinnedSocket = (cert: string | undefined) => (url: string) =>
  new LinkSocket(url, { perMessageDeflate: false, ...pinnedTo(cert) }) as unknown as WebSocket
