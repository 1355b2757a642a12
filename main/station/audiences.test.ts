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

interface Office {
  readonly open: (audience: string) => Promise<Connection>
  readonly audiences: readonly string[]
}

/** A hub, and a token of each audience. */
async function office(): Promise<Office> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-audiences-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const config = join(dir, 'hub.json')
  const station = 'token-of-the-station-quay-3'
  writeConfig(config, { ...sampleConfig(), roles: ['hub', 'kiosk', 'board', 'supervisor'], listen: { host: '127.0.0.1', port: 0, publicHost: null }, stations: [{ id: 'quay-3', token: station, counters: [3] }] })
  const hub = await startStation({ data: dir, config, sampleIfEmpty: false })
  onTestFinished(hub.close)
  const url = `${new URL(hub.ready.urls.supervisor ?? '').origin.replace('http', 'ws')}/ws`
  const connect = async (token = '') => {
    const connection = await connectWebSocket(url, token)
    onTestFinished(connection.close)
    return connection
  }
  const screens = JSON.parse(readFileSync(join(dir, 'sample', 'tokens.json'), 'utf8')) as Record<string, string>
  const { client } = await connect(screens['kiosk'])
  const { followUrl } = await client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  const { kiosk, board, supervisor } = screens
  const tokens: Readonly<Record<string, string | undefined>> = { kiosk, board, supervisor, counter: screens['counter-3'], touchpad: screens['touchpad-3'], station, follow: followUrl.split('#t=')[1] }
  return { open: (audience) => connect(tokens[audience]), audiences: Object.keys(tokens) }
}

it('whoever calls a procedure that does not name his audience is refused: every procedure, every audience', async () => {
  const { open, audiences } = await office()
  expect(audiences).toHaveLength(7)
  const kept = new Map(await Promise.all(audiences.map(async (audience) => [audience, await open(audience)] as const)))
  // A citizen's phone may not ask so much in a second over one connection.
  const connectionOf = async (audience: string) => (audience === 'follow' ? undefined : kept.get(audience)) ?? open(audience)
  for (const [group, procedures] of Object.entries(contract as Readonly<Record<string, Procedures>>)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const strangers = audiences.filter((audience) => !procedure['~orpc'].meta.audience.some((one) => one === audience))
      const call = async (audience: string) => ((await connectionOf(audience)).client as unknown as Calls)[group]?.[name]?.({})
      const answers = await Promise.all(strangers.map(async (audience) => (await safe(call(audience))).error))
      for (const answer of answers) expect(answer, `${group}.${name}`).toMatchObject({ code: 'FORBIDDEN' })
    }
  }
})

it('with the key of one ticket somebody opened 20,000 views, and the hub stood still for five seconds at a time', async () => {
  const { client } = await (await office()).open('follow')
  const open = async () => {
    const views = await client.follow.live()
    return { first: await safe(views.next()), close: () => views.return() }
  }
  const [one, ...others] = await Promise.all([open(), open(), open()])
  expect([one, ...others].map(({ first }) => first.isSuccess)).toEqual([true, true, true])
  expect((await open()).first.error).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  await one.close()
  // One every so often: a phone that asks without end is cut off.
  await expect.poll(async () => (await open()).first.isSuccess, { interval: 250 }).toBe(true)
})
