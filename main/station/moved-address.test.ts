import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type * as Os from 'node:os'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { writeConfig } from '#main/config.ts'
import { openScreen } from '#main/demo/client.ts'
import { startStation } from '#main/station.ts'
import { sampleConfig } from './sample.ts'

const card = vi.hoisted(() => ({ address: '192.168.1.10' }))
vi.mock('node:os', async (original) => ({ ...(await original<typeof Os>()), networkInterfaces: () => ({ eth0: [{ family: 'IPv4', internal: false, address: card.address }] }) }))

it('a hub that got another address (DHCP) printed the old one on its tickets until its next start', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-moved-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const config = join(dir, 'hub.json')
  writeConfig(config, { ...sampleConfig(), roles: ['hub', 'kiosk'], counter: null, listen: { host: '0.0.0.0', port: 0, publicHost: null } })
  const hub = await startStation({ data: dir, config, sampleIfEmpty: false })
  onTestFinished(hub.close)
  const kiosk = await openScreen(hub.ready.urls.kiosk ?? '')
  onTestFinished(kiosk.close)
  const host = async () => new URL((await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })).followUrl).hostname
  expect(await host()).toBe('192.168.1.10')
  card.address = '192.168.1.77'
  expect(await host()).toBe('192.168.1.77')
})
