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
import { keepOffice } from './office-book.ts'
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

it.each(['hub', 'spare'] as const)('a %s that got another address (DHCP) was lost for good; it is found by its certificate, whoever else announces himself', async (who) => {
  const dead = 'https://127.0.0.1:1'
  const [hub, spare, stranger] = [await machine('hub'), await machine('spare'), await machine('stranger')]
  const configFile = join(dir, 'station.json')
  const officeFile = join(dir, 'office.json')
  const config = { ...sampleConfig(), roles: ['counter' as const], hub: { url: dead, token: 'token-of-the-station', cert: hub.cert } }
  writeConfig(configFile, config)
  keepOffice(officeFile, { spares: [{ url: dead, cert: spare.cert }], takeOver: null })
  const back = who === 'hub' ? hub : spare
  const place = new HubPlace({ config, configFile, officeFile, find: () => Promise.resolve([stranger, back].map(({ url }) => ({ name: 'hub', url }))) })
  onTestFinished(place.watch(() => true, () => 1))
  const later = async () => {
    await vi.advanceTimersByTimeAsync(3_000)
    return place.address().url
  }
  await expect.poll(later).toBe(back.url)
  expect(place.address()).toEqual({ ...back, token: 'token-of-the-station' })
  expect(readConfig(configFile)?.hub?.url).toBe(back.url)
})
