import { Bonjour } from 'bonjour-service'

/** Service type under which a hub announces itself on the LAN (mDNS). */
const type = 'motcua'

const quiet = () => undefined

/** Announces this hub until the answer is called. A network without multicast is no fault of ours: addresses can be typed. */
export function announceHub(name: string, port: number): () => Promise<void> {
  const bonjour = new Bonjour({}, quiet)
  bonjour.publish({ name, type, port, protocol: 'tcp', probe: false, disableIPv6: true })
  return () => new Promise((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve())))
}

export interface FoundHub {
  readonly name: string
  /** `https://192.168.1.10:7470` */
  readonly url: string
}

/** Hubs that answer on the LAN within `ms`. */
export function findHubs(ms: number): Promise<readonly FoundHub[]> {
  return new Promise((resolve) => {
    const bonjour = new Bonjour({}, quiet)
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
