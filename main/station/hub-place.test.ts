import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { termPath } from '#lan/ask-term.ts'
import { machineIdentity } from '#lan/certificate.ts'
import { readConfig, writeConfig } from '#main/config.ts'
import { HubPlace } from './hub-place.ts'
import { sampleConfig } from './sample.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-place-'))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(dir, { recursive: true, force: true })
})

/** A machine that says over TLS that it is the hub. */
async function machine(name: string): Promise<{ readonly url: string; readonly cert: string }> {
  const identity = await machineIdentity(join(dir, `${name}.json`), name)
  const server = createServer(identity, (request, response) => response.end(request.url === termPath ? '{"hub":true,"term":1}' : ''))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, cert: identity.cert }
}

it('a hub that got another address (DHCP) was lost for good; it is found by its certificate, whoever else announces himself', async () => {
  const [hub, other] = [await machine('hub'), await machine('other')]
  const configFile = join(dir, 'station.json')
  const config = { ...sampleConfig(), roles: ['counter' as const], hub: { url: 'https://127.0.0.1:1', token: 'token-of-the-station', cert: hub.cert } }
  writeConfig(configFile, config)
  const find = () => Promise.resolve([other, hub].map(({ url }) => ({ name: 'hub', url })))
  const place = new HubPlace({ config, configFile, officeFile: join(dir, 'office.json'), find })
  const moved = new Promise<void>((resolve) => place.onMove(resolve))
  onTestFinished(place.watch(() => true, () => 1))
  await vi.advanceTimersByTimeAsync(3_000)
  await moved
  expect(place.address()).toEqual({ url: hub.url, token: 'token-of-the-station', cert: hub.cert })
  expect(readConfig(configFile)?.hub?.url).toBe(hub.url)
})
