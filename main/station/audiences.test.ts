import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import { expect, it, onTestFinished } from 'vitest'
import type { ProcedureMeta } from '#contract/audience.ts'
import { contract } from '#contract/index.ts'
import { writeConfig } from '#main/config.ts'
import { startStation } from '#main/station.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'
import { sampleConfig } from './sample.ts'

type Procedures = Readonly<Record<string, { readonly '~orpc': { readonly meta: ProcedureMeta } }>>
type Calls = Readonly<Record<string, Readonly<Record<string, (input: object) => Promise<unknown>>>>>

/** A connection of each audience to one hub. */
async function everybody(): Promise<Readonly<Record<string, Connection>>> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-audiences-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const config = join(dir, 'hub.json')
  const stations = [{ id: 'quay-3', token: 'token-of-the-station-quay-3', counters: [3] }]
  writeConfig(config, { ...sampleConfig(), roles: ['hub', 'kiosk', 'board', 'supervisor'], listen: { host: '127.0.0.1', port: 0, publicHost: null }, stations })
  const hub = await startStation({ data: dir, config, sampleIfEmpty: false })
  onTestFinished(hub.close)
  const url = `${new URL(hub.ready.urls.supervisor ?? '').origin.replace('http', 'ws')}/ws`
  const tokens = JSON.parse(readFileSync(join(dir, 'sample', 'tokens.json'), 'utf8')) as Record<string, string>
  const open = async (token = '') => {
    const connection = await connectWebSocket(url, token)
    onTestFinished(connection.close)
    return connection
  }
  const kiosk = await open(tokens['kiosk'])
  const { followUrl } = await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  const [counter, board, touchpad, supervisor] = await Promise.all(['counter-3', 'board', 'touchpad-3', 'supervisor'].map((name) => open(tokens[name])))
  const [station, follow] = await Promise.all([open(stations[0]?.token), open(followUrl.split('#t=')[1])])
  return Object.fromEntries([kiosk, counter, board, touchpad, supervisor, station, follow].flatMap((one) => (one ? [[one.welcome.audience, one]] : [])))
}

it('whoever calls a procedure that does not name his audience is refused: every procedure, every audience', async () => {
  const all = Object.entries(await everybody())
  expect(all).toHaveLength(7)
  for (const [group, procedures] of Object.entries(contract as Readonly<Record<string, Procedures>>)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const strangers = all.filter(([audience]) => !procedure['~orpc'].meta.audience.some((one) => one === audience))
      const call = async ({ client }: Connection) => (client as unknown as Calls)[group]?.[name]?.({})
      const answers = await Promise.all(strangers.map(async ([, one]) => (await safe(call(one))).error))
      for (const answer of answers) expect(answer, `${group}.${name}`).toMatchObject({ code: 'FORBIDDEN' })
    }
  }
})
