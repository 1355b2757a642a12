import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#central/database/open.ts'
import { originsOf, summarise } from '#central/summary.ts'
import { startPusher } from '#sync/pusher.ts'
import { dayOf, feeOf, sourceOf } from './sync-support/office.ts'
import { postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { centralOnce, centralProcess, type CentralProcess } from './sync-support/process.ts'
import { batch, send, until, type RawAnswer } from './sync-support/wire.ts'

const office = 'H15.50.05.13'
const key = 'demo-key-of-hoa-phu-0001'
const adminKey = 'admin-key-of-the-tests-01'

let folder = ''
let enrolled = ''
const running: CentralProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-central-'))
  enrolled = join(folder, 'offices.json')
  writeFileSync(enrolled, JSON.stringify([{ office, name: 'Bộ phận một cửa phường Hòa Phú', key }]))
})
afterEach(async () => {
  await Promise.all(running.splice(0).filter(({ child }) => child.exitCode === null && child.signalCode === null).map((one) => one.end('SIGKILL')))
  rmSync(folder, { recursive: true, force: true })
})

async function central(...args: readonly string[]): Promise<CentralProcess> {
  const started = await centralProcess(['--port', '0', '--enrol-file', enrolled, ...args], { MOTCUA_CENTRAL_ADMIN_KEY: adminKey })
  running.push(started)
  return started
}

async function stored(url: string): Promise<readonly { origin: string; seq: number; stored: number }[]> {
  const response = await fetch(`${url}/api/v1/origins`, { headers: { authorization: `Bearer ${adminKey}` } })
  return (await response.json()) as { origin: string; seq: number; stored: number }[]
}

describe('central as a process', () => {
  test('says ready once, refuses a second one on its folder, ends in time with everything stored', async () => {
    const first = await central('--data', folder)
    const hub = dayOf('hub.aa', 200)
    const pusher = startPusher({ source: sourceOf(hub), peer: { url: first.url, key }, office, station: 'hub' })
    await until(() => pusher.state().waiting === 0)
    const second = await centralOnce(['central', '--port', '0', '--data', folder])
    expect(second).toMatchObject({ code: 1, out: '' })
    expect(second.err).toContain('đang được một máy chủ tỉnh khác dùng')
    const { code, ms } = await first.end('SIGTERM')
    await pusher.close()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(5_000)
    expect(first.lines.map((line) => JSON.parse(line) as unknown)).toEqual([{ ready: true, url: first.url }])
    const again = await central('--data', folder)
    expect(await stored(again.url)).toMatchObject([{ origin: 'hub.aa', seq: 1_600, stored: 1_600 }])
  })

  test('killed again and again while it takes events in, it loses and doubles nothing', async () => {
    const hub = dayOf('hub.aa', 2_000)
    let server = await central('--data', folder)
    let acknowledged = 0
    for (let kill = 0; kill < 3; kill += 1) {
      const pusher = startPusher({ source: sourceOf(hub), peer: { url: server.url, key }, office, station: 'hub' })
      const goal = Math.min(15_000, acknowledged + 2_000)
      await until(() => 16_000 - pusher.state().waiting >= goal)
      await server.end('SIGKILL')
      acknowledged = 16_000 - pusher.state().waiting
      await pusher.close()
      server = await central('--data', folder)
      const [origin] = await stored(server.url)
      expect(origin?.seq).toBeGreaterThanOrEqual(acknowledged)
      expect(origin?.stored).toBe(origin?.seq)
    }
    const pusher = startPusher({ source: sourceOf(hub), peer: { url: server.url, key }, office, station: 'hub' })
    await until(() => pusher.state().waiting === 0)
    await pusher.close()
    expect(await stored(server.url)).toMatchObject([{ seq: 16_000, stored: 16_000 }])
  })

  test('enrols from the command line: the key is printed once and works', async () => {
    const made = await centralOnce(['--json', 'central', 'enrol', '--office', 'H15.50.05.14', '--name', 'Phường Bến Thành', '--data', folder])
    expect(made).toMatchObject({ code: 0, err: '' })
    const fresh = (JSON.parse(made.out) as { key: string }).key
    const server = await central('--data', folder)
    expect((await send(server.url, fresh, batch(dayOf('hub.zz', 1).events))).status).toBe(200)
    const wrong = await centralOnce(['central', 'enrol', '--office', 'không phải mã', '--name', 'x', '--data', folder])
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('mã bộ phận')
  })

  test('a database that refuses, swallows, or is no address: exit 1 with a sentence, in time', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    for (const url of ['postgresql://a@127.0.0.1:1/x', `postgresql://a@127.0.0.1:${port}/x`, 'postgresql://a@10.255.255.1:5432/x']) {
      const result = await centralOnce(['--json', 'central', '--port', '0', '--database-url', url])
      expect(result).toMatchObject({ code: 1, out: '' })
      expect(result.err).toContain('Chưa nối được cơ sở dữ liệu')
      expect(result.ms).toBeLessThan(20_000)
    }
    silent.close()
    expect((await centralOnce(['--lang', 'en', 'central', '--database-url', 'mysql://x'])).err).toContain('--database-url looks like')
  })
})

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)

describe.skipIf(missing !== null)('several central processes on one PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.stop())

  test('every batch sent twice, in overlapping pieces, through both at once, one of them killed: exactly once in effect', async () => {
    const url = await cluster.database()
    const servers = await Promise.all([central('--database-url', url), central('--database-url', url)])
    const journals = [dayOf('hub.aa', 250), dayOf('quay1.bb', 120), dayOf('quay2.cc', 120)]
    const answers: RawAnswer[] = []
    const random = seeded(7)
    const sender = async (which: number): Promise<void> => {
      const at = journals.map(() => 0)
      while (journals.some(({ events }, index) => (at[index] ?? 0) < events.length)) {
        const index = Math.floor(random() * journals.length)
        const events = journals[index]?.events ?? []
        const to = Math.min(events.length, (at[index] ?? 0) + 1 + Math.floor(random() * 90))
        const piece = events.slice(Math.max(0, (at[index] ?? 0) - Math.floor(random() * 60)), to)
        if (piece.length === 0) continue
      const answer = await send(servers[which]?.url ?? '', key, batch(piece)).catch(() => null)
        if (!answer) return
        answers.push(answer)
        at[index] = to
      }
    }
    const first = sender(0)
    const others = [sender(1), sender(1)]
    await until(() => answers.length > 15)
    await servers[0]?.end('SIGKILL')
    await Promise.all([first, ...others])
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([])
    const db = await openDatabase({ url, folder })
    const visits = 490
    const paid = journals.reduce((sum, { events }) => sum + Array.from({ length: events.length / 8 }, (_, index) => feeOf(index + 1)).reduce((a, b) => a + b, 0), 0)
    expect((await originsOf(db, office)).map(({ origin, seq, stored: rows }) => [origin, seq, rows])).toEqual(journals.map(({ origin, events }) => [origin, events.length, events.length]))
    expect((await summarise(db, office, 0)).offices).toMatchObject([{ events: visits * 8, tickets: visits, dossiers: visits, ratings: visits, paid }])
    expect(await db.query('SELECT 1 FROM dossiers WHERE paid <> fee')).toEqual([])
    await db.close()
  })
})

/** Park-Miller: the same pieces in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
