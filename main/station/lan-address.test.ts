import type { NetworkInterfaceInfo } from 'node:os'
import { expect, it } from 'vitest'
import { lanHost } from './lan-address.ts'

const v4 = (address: string, internal = false) => ({ address, family: 'IPv4', internal, netmask: '', mac: '', cidr: null }) as NetworkInterfaceInfo
const v6 = { ...v4('fe80::1'), family: 'IPv6', scopeid: 1 } as NetworkInterfaceInfo
const hub = { host: '0.0.0.0', port: 7470, publicHost: null }

it('the codes on slips and on the page of screens led to localhost, where a phone finds itself', () => {
  const cards = { lo: [v4('127.0.0.1', true)], docker0: [v4('172.17.0.1')], eth0: [v6, v4('169.254.3.4'), v4('192.168.1.10')] }
  expect(lanHost(hub, cards)).toBe('192.168.1.10')
})

it('a name that was set comes first; without a network there is only this machine', () => {
  expect(lanHost({ ...hub, publicHost: 'motcua.hoaphu.vn' }, { eth0: [v4('192.168.1.10')] })).toBe('motcua.hoaphu.vn')
  expect(lanHost({ ...hub, host: '127.0.0.1' }, { eth0: [v4('192.168.1.10')] })).toBe('127.0.0.1')
  expect(lanHost(hub, { lo: [v4('127.0.0.1', true)] })).toBe('localhost')
  expect(lanHost(hub, { docker0: [v4('172.17.0.1')] })).toBe('172.17.0.1')
})
