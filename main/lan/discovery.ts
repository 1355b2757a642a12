import type { EventEmitter } from 'node:events'
import { Bonjour } from 'bonjour-service'

/** Service type under which a hub announces itself on the LAN (mDNS). */
const type = 'motcua'

/** UDP (RFC 6762, 3). */
const mdnsPort = 5353

/** A network without multicast, or another program that holds port 5353 alone, is no fault of ours: addresses can be typed. */
function openBonjour(port: number, failed: (error: Error) => void): Bonjour {
  const bonjour = new Bonjour({ port }, failed)
  // The socket's own errors come here and to nobody else: unheard they would end the process.
  const { mdns } = bonjour['server'] as { readonly mdns: EventEmitter }
  mdns.on('error', failed)
  return bonjour
}

/** Announces this hub until the answer is called; `failed` is told when nobody can hear that. */
export function announceHub(name: string, port: number, failed: (error: Error) => void, at = mdnsPort): () => Promise<void> {
  const bonjour = openBonjour(at, failed)
  bonjour.publish({ name, type, port, protocol: 'tcp', probe: false, disableIPv6: true })
  return () => new Promise((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve())))
}

export interface FoundHub {
  readonly name: string
  /** `https://192.168.1.10:7470` */
  readonly url: string
}

/** Hubs that answer on the LAN within `ms`. */
export function findHubs(ms: number, at = mdnsPort): Promise<readonly FoundHub[]> {
  return new Promise((resolve) => {
    const bonjour = openBonjour(at, () => undefined)
    const found = new Map<string, FoundHub>()
    const browser = bonjour.find({ type, protocol: 'tcp' }, ({ name, port, referer, addresses }) => {
      const address = referer?.address ?? addresses?.find((one) => one.includes('.'))
      if (address) found.set(name, { name, url: `https://${address}:${port}` })
    })
    setTimeout(() => {
      browser.stop()
      bonjour.destroy(() => resolve([...found.values()]))
    }, ms)
  })
}
