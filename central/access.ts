import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What the `Host` header is: this server's, another's, or no host name at all. */
export type HostVerdict = 'ours' | 'foreign' | 'malformed'

/**
 * Judges `Host`: ours are the loopback names, the machine's name, the very address the request came to, and the public names that a proxy or
 * the DNS leads here. Any other name is a web page elsewhere that points its own name at this machine (DNS rebinding).
 */
export function hostVerdict(request: IncomingMessage, publicHosts: readonly string[]): HostVerdict {
  const match = /^([A-Za-z0-9]([A-Za-z0-9.-]{0,250})?|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/.exec(request.headers.host ?? '')
  const name = match?.[1]?.toLowerCase()
  if (name === undefined) return 'malformed'
  const known = loopback.has(name) || name === hostname().toLowerCase() || name === arrivedAt(request) || publicHosts.some((one) => one.toLowerCase() === name)
  return known ? 'ours' : 'foreign'
}

function arrivedAt({ socket }: IncomingMessage): string {
  const address = (socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  return address.includes(':') ? `[${address}]` : address
}
