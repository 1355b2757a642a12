import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import http from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { safe } from '@orpc/client'
import type { PairingPurpose } from '#contract/stations.ts'
import { localDay } from '#domain/local-time.ts'
import { snapshotOf } from '#domain/queue/snapshot.ts'
import { newDay, type QueueRules } from '#domain/queue/state.ts'
import type { QueueSnapshot, Ticket } from '#domain/ticket.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { HubLink } from '#lan/hub-link.ts'
import { pinnedSocket } from '#lan/pinned.ts'
import { newCode, pairingKey, proofOf } from '#lan/pairing-code.ts'
import { officeSettings, writeConfig, type StationConfig } from '#main/config.ts'
import { openScreen } from '#main/demo/client.ts'
import { joinOffice } from '#main/station/join-office.ts'
import { keepOffice } from '#main/station/office-book.ts'
import { startStation, type RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { peerClient } from '#sync/http-client.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { HubTerm } from '#usecases/hub-term.ts'
import { LinkedQueue } from '#usecases/linked-queue.ts'
import { NumberBlocks } from '#usecases/number-blocks.ts'
import { QueueCopy } from '#usecases/queue-copy.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { motcua } from './hub-support/machines.ts'

let dir: string
const ends: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-lan-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  rmSync(dir, { recursive: true, force: true })
})

interface Office {
  readonly hub: RunningStation
  readonly port: number
  readonly cert: string
  readonly supervisor: Connection
}

async function open(url: string): Promise<Connection> {
  const screen = await openScreen(url)
  ends.push(screen.close)
  return screen
}

async function startHub(change: Partial<StationConfig> = {}): Promise<Office> {
  const data = join(dir, 'hub')
  const file = join(dir, 'hub.json')
  writeConfig(file, { ...sampleConfig(), station: { id: 'hub', name: 'Sảnh' }, roles: ['hub', 'kiosk', 'supervisor'], counter: null, listen: { host: '0.0.0.0', port: 0, publicHost: null }, ...change })
  const hub = await startStation({ data, config: file, sampleIfEmpty: false })
  ends.push(hub.close)
  const { cert } = JSON.parse(readFileSync(join(data, 'identity.json'), 'utf8')) as { cert: string }
  return { hub, port: Number(new URL(hub.ready.urls.supervisor ?? '').port), cert, supervisor: await open(hub.ready.urls.supervisor ?? '') }
}

const code = async ({ supervisor }: Office, purpose: PairingPurpose) => (await supervisor.client.stations.openCode(purpose)).code
const join_ = (office: Office, name: string, text: string) => joinOffice({ folder: join(dir, name), code: text, hub: `https://127.0.0.1:${office.port}`, name })
const tokenOf = (name: string) => (JSON.parse(readFileSync(join(dir, name, 'station.json'), 'utf8')) as StationConfig).hub?.token ?? ''

it('32 clerks press "call next" at the same moment, over sockets of their own: nobody is called twice, and each gets somebody', async () => {
  const counters = Array.from({ length: 32 }, (_, n) => ({ id: n + 1, services: ['A'], staff: `clerk-${n + 1}`, staffName: `Clerk ${n + 1}` }))
  const office = await startHub({ counters })
  const kiosk = await open(office.hub.ready.urls.kiosk ?? '')
  for (let n = 0; n < 100; n += 1) await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  const tokens = JSON.parse(readFileSync(join(dir, 'hub', 'sample', 'tokens.json'), 'utf8')) as Record<string, string>
  const clerks = await Promise.all(counters.map(({ id }) => open(`http://localhost:${office.port}/counter.html#t=${tokens[`counter-${id}`]}`)))
  const called: (string | null)[] = []
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(clerks.map(({ client }) => client.counter.do({ commandId: randomUUID(), action: { kind: 'call-next', finishCurrent: true } })))
    called.push(...answers.map(({ ticketId }) => ticketId))
    await Promise.all(clerks.map(({ client }) => client.counter.do({ commandId: randomUUID(), action: { kind: 'start' } })))
  }
  expect(called).not.toContain(null)
  expect(new Set(called).size).toBe(96)
})

it('32 stations, each with leases of its own that the others want, press at the same moment: nobody is called twice, and none waits long', async () => {
  const counters = Array.from({ length: 32 }, (_, n) => ({ id: n + 1, services: ['A'], staff: `clerk-${n + 1}`, staffName: `Clerk ${n + 1}` }))
  const stations = counters.map(({ id }) => ({ id: `quay-${id}`, token: `token-of-the-station-${id}`, counters: [id] }))
  const office = await startHub({ counters, stations })
  const rules = { ...sampleConfig().rules, services: sampleConfig().services, counters }
  const queues = counters.map(({ id }) => {
    const journal = new Journal({ file: ':memory:', station: `quay-${id}`, views: openViews, now: Date.now })
    const vault = new Vault(':memory:', randomBytes(32))
    const hub = new HubLink({ address: () => ({ url: `http://127.0.0.1:${office.port}` }), token: `token-of-the-station-${id}`, now: Date.now })
    const queue = new LinkedQueue({ journal, vault, commands: new CommandLog(journal.db), rules, numbers: new NumberBlocks(journal), counters: [id], now: Date.now, hub, numberDays: () => [] })
    ends.push(journal.close.bind(journal), vault.close.bind(vault), queue.close)
    return queue
  })
  await expect.poll(() => queues.every((queue) => queue.lostSince() === null)).toBe(true)
  const kiosk = await open(office.hub.ready.urls.kiosk ?? '')
  for (let n = 0; n < 100; n += 1) await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  const press = (kind: 'call-next' | 'start') =>
    Promise.all(queues.map((queue, n) => queue.execute(randomUUID(), `clerk-${n + 1}`, kind === 'start' ? { kind, counter: n + 1 } : { kind, counter: n + 1, finishCurrent: true })))
  const called: unknown[] = []
  for (let round = 0; round < 3; round += 1) {
    called.push(...(await press('call-next')).map((answer) => (answer.ok ? answer.done.ticketId : answer.reason)))
    await press('start')
  }
  expect(new Set(called).size).toBe(96)
  expect(called.filter((one) => one === null || one === 'leased-elsewhere')).toEqual([])
})

it('a station is let in once by a code, proves it over the certificate that it sees, and is cut off the moment it is removed', async () => {
  const office = await startHub()
  const text = await code(office, { kind: 'counter', counter: 3 })
  expect(await join_(office, 'quay-3', text)).toMatchObject({ station: 'quay-3', purpose: { kind: 'counter', counter: 3 } })
  await expect(join_(office, 'quay-4', text)).rejects.toMatchObject({ fault: 'closed' })
  const link = await connectWebSocket(`wss://127.0.0.1:${office.port}/ws`, tokenOf('quay-3'), pinnedSocket(office.cert))
  const news = await link.client.link.queue({ origin: 'quay-3.0', seq: 0, counters: [3], term: 0 })
  expect((await news.next()).value).toMatchObject({ term: 1 })
  expect((await safe(link.client.link.command({ commandId: randomUUID(), actor: 'x', command: { kind: 'call-next', counter: 2, finishCurrent: false } }))).error).toMatchObject({ data: { reason: 'not-your-counter' } })
  await office.supervisor.client.stations.revoke({ id: 'quay-3' })
  await link.closed
  await expect(connectWebSocket(`wss://127.0.0.1:${office.port}/ws`, tokenOf('quay-3'), pinnedSocket(office.cert))).rejects.toThrow('unauthorised')
})

it('a second machine paired under the name of one that was at work threw it out in silence: refused while that one is connected', async () => {
  const office = await startHub()
  await join_(office, 'quay-3', await code(office, { kind: 'counter', counter: 3 }))
  const link = await connectWebSocket(`wss://127.0.0.1:${office.port}/ws`, tokenOf('quay-3'), pinnedSocket(office.cert))
  const again = async () => joinOffice({ folder: join(dir, 'other'), code: await code(office, { kind: 'counter', counter: 4 }), hub: `https://127.0.0.1:${office.port}`, name: 'quay-3' })
  await expect(again()).rejects.toMatchObject({ fault: 'name-taken' })
  link.close()
  for await (const view of await office.supervisor.client.stations.live()) if (view.stations.every((one) => !one.connected)) break
  expect(await again()).toMatchObject({ station: 'quay-3' })
})

it('a code of a board or touchpad let a machine in as a station, counter and all; a code that doesn’t fit stays open for the machine that it is for', async () => {
  const office = await startHub()
  const typed = async (text: string) => (await fetch(`http://127.0.0.1:${office.port}/pair/screen`, { method: 'POST', body: JSON.stringify({ code: text }) })).json()
  const pad = await code(office, { kind: 'touchpad', counter: 3 })
  await expect(join_(office, 'quay-3', pad)).rejects.toMatchObject({ fault: 'not-a-station' })
  expect(await typed(pad)).toMatchObject({ ok: true })
  const counter = await code(office, { kind: 'counter', counter: 3 })
  expect(await typed(counter)).toMatchObject({ ok: false, reason: 'not-a-screen' })
  // The hub's own name would speak for the hub's journal.
  await expect(join_(office, 'hub', counter)).rejects.toMatchObject({ fault: 'name-taken' })
  expect(await join_(office, 'quay-3', counter)).toMatchObject({ station: 'quay-3' })
})

it('a hub that another machine replaced by force kept its stations: it spoke on to them and refused their every command', async () => {
  const office = await startHub({ stations: [{ id: 'quay-3', token: 'token-of-the-station-3', counters: [3] }] })
  const link = () => connectWebSocket(`ws://127.0.0.1:${office.port}/ws`, 'token-of-the-station-3')
  const [first, second] = [await link(), await link()]
  ends.push(first.close, second.close)
  const news = await first.client.link.queue({ origin: 'quay-3.0', seq: 0, counters: [3], term: 1 })
  expect((await news.next()).value).toMatchObject({ term: 1 })
  const listening = (async () => {
    for await (const word of news) expect(word.term).toBe(1)
  })()
  const refused = (await second.client.link.queue({ origin: 'quay-3.0', seq: 0, counters: [3], term: 2 })).next()
  expect(await Promise.allSettled([listening, refused])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  // Whoever is paired with it now would find no hub.
  expect((await safe(office.supervisor.client.stations.openCode({ kind: 'kiosk', counter: null }))).error).toMatchObject({ data: { reason: 'hub-superseded' } })
})

it('a spare that was switched off was promoted beside the spare that is the hub already, and refused to start after that', async () => {
  const office = await startHub()
  const spare = join(dir, 'du-phong-2')
  const dead = { url: 'https://127.0.0.1:1', token: 'token-of-the-second-spare' }
  const config = { ...sampleConfig(), sample: false, station: { id: 'du-phong-2', name: 'Dự phòng 2' }, roles: ['supervisor' as const], spare: true, hub: dead }
  mkdirSync(spare, { recursive: true })
  writeConfig(join(spare, 'station.json'), config)
  keepOffice(join(spare, 'office.json'), { spares: [{ url: `http://127.0.0.1:${office.port}` }], takeOver: { ...officeSettings.parse(config), stations: [], central: null } })
  const promoted = await motcua('hub', 'promote', '--data', spare)
  expect(promoted).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') as string })
})

it('a hall of 2,100 was more than one message may hold: no station followed the spare that had taken over', async () => {
  const data = join(dir, 'hub', 'sample')
  mkdirSync(data, { recursive: true })
  const before = new Journal({ file: join(data, 'journal.db'), station: 'hub', views: openViews, now: Date.now })
  new HubTerm(before).begin()
  before.close()
  const office = await startHub({ stations: [{ id: 'quay-3', token: 'token-of-the-station-3', counters: [3] }] })
  const journal = new Journal({ file: ':memory:', station: 'quay-3', views: openViews, now: Date.now })
  const vault = new Vault(':memory:', randomBytes(32))
  const rules = { ...sampleConfig().rules, services: sampleConfig().services, counters: sampleConfig().counters }
  // What the hub before had told this counter.
  new HubTerm(journal).learn(1)
  new QueueCopy(journal).keep(fullHall(rules, 2_100), 0)
  const hub = new HubLink({ address: () => ({ url: `http://127.0.0.1:${office.port}` }), token: 'token-of-the-station-3', now: Date.now })
  const queue = new LinkedQueue({ journal, vault, commands: new CommandLog(journal.db), rules, numbers: new NumberBlocks(journal), counters: [3], now: Date.now, hub, numberDays: () => [] })
  ends.push(journal.close.bind(journal), vault.close.bind(vault), queue.close)
  await expect.poll(() => queue.lostSince()).toBeNull()
  expect(queue.snapshot()?.tickets).toHaveLength(2_100)
})

/** The queue of today with so many who wait, each for something with a long name. */
function fullHall(rules: QueueRules, people: number): QueueSnapshot {
  const state = newDay(localDay(Date.now()), rules)
  const empty = snapshotOf(state, rules, Date.now(), () => null)
  const tickets = Array.from({ length: people }, (_, n): Ticket => ({
    id: randomUUID(), number: `A${String(n + 1).padStart(3, '0')}`, day: state.day, service: 'A', procedure: null, title: 'Đăng ký '.repeat(25), priority: null, papers: [], issuedAt: Date.now(), order: n, promised: null,
    key: randomUUID(), station: 'hub', state: 'waiting', counter: null, onlyCounter: null, staff: null, calls: 0, calledAt: null, startedAt: null, endedAt: null, heldReason: null, heldAt: null, note: null, returned: false, lease: null,
  }))
  return { ...empty, tickets, ticketsToday: people }
}

it('a code was opened for a counter that the office does not have', async () => {
  const { supervisor } = await startHub()
  expect((await safe(supervisor.client.stations.openCode({ kind: 'counter', counter: 9 }))).error).toMatchObject({ data: { reason: 'no-such-counter' } })
})

it('somebody between station and hub shows another certificate: neither side believes the other', async () => {
  const office = await startHub()
  const text = await code(office, { kind: 'kiosk', counter: null })
  // What a man in the middle could relay: a proof made over his own certificate.
  const key = await pairingKey(text, 'AA:BB')
  const body = { id: 'ke-gian', nonce: 'n'.repeat(20), takesCopies: { port: 7470, cert: '' } }
  const answer = await fetch(`http://127.0.0.1:${office.port}/pair`, { method: 'POST', body: JSON.stringify({ ...body, proof: proofOf(key, 'station', body.id, body.nonce, '7470', '') }) })
  expect([answer.status, await answer.json()]).toMatchObject([403, { reason: 'wrong' }])
  // The pinned certificate is the only one believed.
  const other = await startSecond()
  await expect(connectWebSocket(`wss://127.0.0.1:${other.port}/ws`, 'x'.repeat(20), pinnedSocket(office.cert))).rejects.toThrow('closed')
  const peer = peerClient({ url: `https://127.0.0.1:${other.port}`, key: 'k', ca: office.cert })
  ends.push(() => peer.close())
  // Said in words on the page Đồng bộ.
  const asked = peer.post({ path: '/sync/v1/hello', body: Buffer.from('{}'), encoding: 'identity', silenceMs: 60_000, signal: new AbortController().signal })
  await expect(asked).rejects.toThrow('other-certificate')
})

async function startSecond(): Promise<{ readonly port: number }> {
  const file = join(dir, 'other.json')
  writeConfig(file, { ...sampleConfig(), station: { id: 'other', name: 'Khác' }, roles: ['hub', 'supervisor'], counter: null, listen: { host: '0.0.0.0', port: 0, publicHost: null } })
  const other = await startStation({ data: join(dir, 'other'), config: file, sampleIfEmpty: false })
  ends.push(other.close)
  return { port: Number(new URL(other.ready.urls.supervisor ?? '').port) }
}

it('wrong codes are answered later and later, and the fifth closes the code', async () => {
  const office = await startHub()
  const text = await code(office, { kind: 'board', counter: null })
  const tried = async (typed: string) => {
    const from = performance.now()
    const answer = await fetch(`http://127.0.0.1:${office.port}/pair/screen`, { method: 'POST', body: JSON.stringify({ code: typed }) })
    return { reason: ((await answer.json()) as { reason?: string }).reason, ms: performance.now() - from }
  }
  expect(await tried(newCode())).toMatchObject({ reason: 'wrong' })
  const [second] = await Promise.all([tried(newCode()), tried('AAAA'), tried(''), tried(newCode())])
  expect(second?.ms).toBeGreaterThan(1_900)
  expect(await tried(text)).toMatchObject({ reason: 'closed' })
})

it('a browser becomes a board by its code, sees what a board may, and comes back by itself; removed, its page is closed', async () => {
  const office = await startHub()
  const text = await code(office, { kind: 'touchpad', counter: 3 })
  const answer = await fetch(`http://127.0.0.1:${office.port}/pair/screen`, { method: 'POST', body: JSON.stringify({ code: text.toLowerCase().replace('-', ' ') }) })
  const { page } = (await answer.json()) as { page: string }
  expect(page).toMatch(/^\/touchpad\.html#t=mcs_/)
  const pad = await open(`http://127.0.0.1:${office.port}${page}`)
  expect(pad.welcome).toMatchObject({ audience: 'touchpad', counter: 3 })
  expect((await safe(pad.client.supervisor.setup())).error).toMatchObject({ code: 'FORBIDDEN' })
  for await (const view of await office.supervisor.client.stations.live()) {
    const [machine] = view.stations
    if (!machine?.connected) continue
    await office.supervisor.client.stations.revoke({ id: machine.id })
    break
  }
  await pad.closed
})

const lanAddress = Object.values(networkInterfaces()).flatMap((ones) => ones ?? []).find((one) => one.family === 'IPv4' && !one.internal)?.address

it.skipIf(lanAddress === undefined)(`from another machine everything but a citizen’s page comes over TLS${lanAddress === undefined ? ' (skipped: this machine has no network card)' : ''}`, async () => {
  const office = await startHub()
  const at = (path: string, method = 'GET') =>
    new Promise<{ status: number | undefined; location: string | undefined }>((resolve, reject) => {
      http.request({ host: lanAddress, port: office.port, path, method, localAddress: lanAddress }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode, location: answer.headers.location })
      }).on('error', reject).end()
    })
  expect(await at('/board.html')).toMatchObject({ status: 308, location: `https://${lanAddress}:${office.port}/board.html` })
  expect(await at('/sync/v1/hello', 'POST')).toMatchObject({ status: 403 })
  expect((await at('/healthz')).status).toBe(200)
  const tokens = JSON.parse(readFileSync(join(dir, 'hub', 'sample', 'tokens.json'), 'utf8')) as Record<string, string>
  await expect(connectWebSocket(`ws://${lanAddress}:${office.port}/ws`, tokens['supervisor'] ?? '')).rejects.toThrow('unauthorised')
  const secure = await connectWebSocket(`wss://${lanAddress}:${office.port}/ws`, tokens['supervisor'] ?? '', pinnedSocket(office.cert))
  ends.push(secure.close)
  expect(secure.welcome.audience).toBe('supervisor')
})

it('a machine that only itself can reach has no certificate and opens no code', async () => {
  const office = join(dir, 'alone')
  const alone = await startStation({ data: office, sampleIfEmpty: true, port: 0 })
  ends.push(alone.close)
  const { client } = await open(alone.ready.urls.supervisor ?? '')
  expect((await safe(client.stations.openCode({ kind: 'board', counter: null }))).error).toMatchObject({ data: { reason: 'hub-not-on-lan' } })
  expect(existsSync(join(office, 'identity.json'))).toBe(false)
})
