import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import type { StationConfig } from '#main/config.ts'

/** Networks that only this machine sees: containers, virtual machines. */
const virtual = /^(docker|veth|br-|virbr|vmnet|vbox|vEthernet)/i

/**
 * The host that other machines and the phones of citizens use to reach this station: the name that was set, else the first IPv4 address of
 * a network card, else `localhost`. Its own windows keep `localhost`, which no pulled cable takes away.
 */
export function lanHost(listen: StationConfig['listen'], cards: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): string {
  if (listen.publicHost !== null) return listen.publicHost
  if (listen.host !== '0.0.0.0') return listen.host
  const usable = Object.entries(cards).flatMap(([name, addresses = []]) =>
    addresses.filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.')).map(({ address }) => ({ address, card: !virtual.test(name) })),
  )
  return (usable.find(({ card }) => card) ?? usable[0])?.address ?? 'localhost'
}
