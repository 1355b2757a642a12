import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeConfig, type StationConfig } from '#main/config.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { openScreen } from '#main/demo/client.ts'
import { startStation, type RunningStation } from '#main/station.ts'
import { sampleConfig } from './sample.ts'

let dir: string
const ends: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-cut-off-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  rmSync(dir, { recursive: true, force: true })
})

const token = 'token-of-the-station-quay-3'

async function start(name: string, config: Partial<StationConfig>): Promise<RunningStation> {
  const file = join(dir, `${name}.json`)
  writeConfig(file, { ...sampleConfig(), listen: { host: '127.0.0.1', port: 0, publicHost: null }, ...config })
  const station = await startStation({ data: join(dir, name), config: file, sampleIfEmpty: false })
  ends.push(station.close)
  return station
}

it('a counter cut off from the hub before its first dossier of the day refused every dossier, though it said that it still takes them', async () => {
  const hub = await start('hub', { station: { id: 'hub', name: 'Sảnh' }, roles: ['hub', 'kiosk'], counter: null, stations: [{ id: 'quay-3', token, counters: null }] })
  const { origin } = new URL(hub.ready.urls.kiosk ?? '')
  const counter = await start('quay-3', { station: { id: 'quay-3', name: 'Quầy 3' }, roles: ['counter'], counter: 3, hub: { url: origin, token } })
  const { client, close } = await openScreen(counter.ready.urls.counter ?? '')
  ends.push(close)
  for await (const view of await client.counter.live()) if (view.hubLostSince === null) break
  const kiosk = await openScreen(hub.ready.urls.kiosk ?? '')
  const procedure = (await kiosk.client.kiosk.procedures()).find(({ code }) => code === '2.002516')
  kiosk.close()
  const journal = new Database(join(dir, 'quay-3', 'sample', 'journal.db'), { readonly: true })
  ends.push(() => journal.close())
  await expect.poll(() => journal.prepare('SELECT count(*) FROM v_code_blocks').pluck().get()).toBe(2)
  await hub.close()
  for await (const view of await client.counter.live()) if (view.hubLostSince !== null) break
  const { dossier } = await client.counter.accept({ commandId: randomUUID(), ...intakeForm(procedure as NonNullable<typeof procedure>, 1, ''), ticketId: null })
  expect(dossier.code).toMatch(/-0001$/)
})

it('the head of the office at a linked station saw no number taken today, and no answer to a rating', async () => {
  const hub = await start('hub', { station: { id: 'hub', name: 'Sảnh' }, roles: ['hub', 'kiosk'], counter: null, stations: [{ id: 'quay-3', token, counters: null }] })
  const { origin } = new URL(hub.ready.urls.kiosk ?? '')
  const counter = await start('quay-3', { station: { id: 'quay-3', name: 'Quầy 3' }, roles: ['counter', 'supervisor'], counter: 3, hub: { url: origin, token } })
  const kiosk = await openScreen(hub.ready.urls.kiosk ?? '')
  const head = await openScreen(counter.ready.urls.supervisor ?? '')
  ends.push(kiosk.close, head.close)
  await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  for await (const { today } of await head.client.supervisor.live()) {
    if (today.tickets === 0) continue
    expect(today).toMatchObject({ tickets: 1, ownOnly: true })
    break
  }
})
