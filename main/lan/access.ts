import type { IncomingMessage } from 'node:http'

/**
 * Whether the request names this server, and, from a browser, comes from a page of this server. A `Host` that is neither
 * `localhost`, `publicHost` nor the very address on which the request arrived is refused: a web page elsewhere that points its
 * own name at this machine (DNS rebinding) reaches nothing.
 */
export function isOurs(request: IncomingMessage, publicHost: string | null): boolean {
  const { host, origin } = request.headers
  if (!host) return false
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (name !== 'localhost' && name !== publicHost?.toLowerCase() && name !== arrivedAt(request)) return false
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

/** Whether nobody on the network can read along: TLS, or a caller on this very machine. */
export function isPrivate({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket || /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
}

/** The machine's own address that the request came to, as a browser writes it into `Host`; may be new since the start (DHCP). */
function arrivedAt({ socket }: IncomingMessage): string {
  const address = (socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  return address.includes(':') ? `[${address}]` : address
}
