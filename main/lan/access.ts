import { networkInterfaces } from 'node:os'
import type { IncomingMessage } from 'node:http'

/**
 * Names under which this server may be asked for. Any other `Host` gets a 4xx: a web page elsewhere that points its own name
 * at this machine (DNS rebinding) reaches nothing.
 */
export function allowedHosts(publicHost: string | null): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return new Set(['localhost', '127.0.0.1', '[::1]', ...(publicHost ? [publicHost.toLowerCase()] : []), ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))])
}

/** Whether the request names this server, and, from a browser, comes from a page of this server. */
export function isOurs(request: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const host = request.headers.host
  if (!host || !hosts.has(nameOf(host))) return false
  const { origin } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}
