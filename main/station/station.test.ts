import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { safe } from '@orpc/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { StationSetup } from '#contract/supervisor.ts'
import { writeConfig, type StationConfig } from '#main/config.ts'
import { startStation, type RunningStation } from '#main/station.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'
import { sampleConfig } from './sample.ts'

let dir: string
const ends: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-station-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  rmSync(dir, { recursive: true, force: true })
})

const listen = { host: '127.0.0.1', port: 0, publicHost: null }
const linkToken = 'token-of-the-station-kiosk-1'

async function start(name: string, config: Partial<StationConfig> | null, options: { readonly config?: string } = {}): Promise<RunningStation> {
  const data = join(dir, name)
  if (config) writeConfig(join(dir, `${name}.json`), { ...sampleConfig(), listen, ...config })
  const station = await startStation({ data, sampleIfEmpty: true, ...(config ? { config: join(dir, `${name}.json`) } : { port: 0 }), ...options })
  ends.push(station.close)
  return station
}

async function screen(url: string | undefined): Promise<Connection> {
  const { origin, hash } = new URL(url ?? '')
  const connection = await connectWebSocket(`${origin.replace('http', 'ws')}/ws`, new URLSearchParams(hash.slice(1)).get('t') ?? '')
  ends.push(connection.close)
  return connection
}

const hub = () => start('hub', { station: { id: 'hub', name: 'Trạm chủ' }, roles: ['hub', 'supervisor'], counter: null, stations: [{ id: 'ki-ot-1', token: linkToken, counters: null }] })
const originOf = (station: RunningStation) => new URL(station.ready.urls.supervisor ?? '').origin

/** A line to the hub on which the next answer after `cut()` is lost and the connection with it. */
async function line(target: string): Promise<{ readonly url: string; readonly cut: () => void; readonly cuts: () => number }> {
  const { hostname, port } = new URL(target)
  let armed = false
  let cuts = 0
  const open = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname)
    let asked = false
    near.on('data', (bytes) => {
      asked ||= armed
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (!armed || !asked) return void near.write(bytes)
      armed = false
      cuts += 1
      near.destroy()
      far.destroy()
    })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => [near, far].forEach((one) => one.destroy()))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    open.forEach((socket) => socket.destroy())
    server.close()
  })
  const { port: own } = server.address() as { readonly port: number }
  return { url: `http://127.0.0.1:${own}`, cut: () => (armed = true), cuts: () => cuts }
}

async function view<T>(views: Promise<AsyncIterable<T>>, holds: (one: T) => boolean): Promise<T> {
  for await (const one of await views) if (holds(one)) return one
  throw new Error('the views ended')
}

it('a hub link that breaks before the answer gives the citizen one number, not an error and a second number', async () => {
  const main = await hub()
  const wire = await line(originOf(main))
  const kiosk = await start('kiosk', { station: { id: 'ki-ot-1', name: 'Ki-ốt 1' }, roles: ['kiosk'], counter: null, hub: { url: wire.url, token: linkToken } })
  const { client } = await screen(kiosk.ready.urls.kiosk)
  await view(client.kiosk.live(), (one) => one.hubLostSince === null && one.services.length > 0)
  wire.cut()
  const { ticket } = await client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  expect(wire.cuts()).toBe(1)
  expect(ticket).toMatchObject({ number: 'A001', station: 'ki-ot-1' })
  const { client: head } = await screen(main.ready.urls.supervisor)
  expect((await view(head.supervisor.live(), () => true)).today.tickets).toBe(1)
})

it.each([
  ['no such command', { kind: 'constructor' }],
  ['a number for a text', { kind: 'issue', service: 7, procedure: null, title: '', priority: null, papers: [], station: 'x' }],
  ['a text without end', { kind: 'hold', counter: 3, reason: 'x'.repeat(10_000) }],
  ['a score off the scale', { kind: 'rate', ticketId: 't', score: 99, reasons: [], other: '' }],
])('a station that sends %s is refused before the queue sees it', async (_, command) => {
  const { client } = await connectAs(await hub())
  expect((await safe(client.link.command({ commandId: randomUUID(), actor: 'kiosk', command: command as never }))).error).toMatchObject({ code: 'BAD_REQUEST' })
})

it('the token of a kiosk, in a machine that stands in the hall, gave ratings, wrote notes and read those of the clerks', async () => {
  const office = await start('hub', { station: { id: 'hub', name: 'Trạm chủ' }, roles: ['hub', 'supervisor'], counter: null, stations: [{ id: 'quay-3', token: 'token-of-the-station-quay-3', counters: [3] }, { id: 'ki-ot-1', token: linkToken, counters: [] }] })
  const clerk = (await connectAs(office, 'token-of-the-station-quay-3')).client
  const kiosk = (await connectAs(office)).client
  const { ticketId } = await kiosk.link.command({ commandId: randomUUID(), actor: 'kiosk', command: { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'x' } })
  const note = { kind: 'note' as const, ticketId: ticketId ?? '', text: 'Bà Lan, gọi con trai' }
  await clerk.link.command({ commandId: randomUUID(), actor: 'x', command: note })
  expect((await safe(kiosk.link.command({ commandId: randomUUID(), actor: 'x', command: { ...note, text: 'xóa' } }))).error).toMatchObject({ data: { reason: 'not-your-counter' } })
  const read = async (client: typeof kiosk, station: string) => (await view(client.link.queue({ origin: `${station}.0`, seq: 0, counters: [], term: 0 }), () => true)).snapshot?.tickets.map((ticket) => ticket.note)
  expect([await read(clerk, 'quay-3'), await read(kiosk, 'ki-ot-1')]).toEqual([[note.text], [null]])
})

it('a station speaks under its own name only, and reaches nothing that is not its own', async () => {
  const { client } = await connectAs(await hub())
  await client.link.command({ commandId: randomUUID(), actor: 'kiosk', command: { kind: 'ask-help', station: 'somebody-else' } })
  const { snapshot } = await view(client.link.queue({ origin: 'ki-ot-1.0', seq: 0, counters: [], term: 0 }), () => true)
  expect(snapshot?.helpAsked).toMatchObject([{ station: 'ki-ot-1' }])
  expect((await safe(client.supervisor.setup())).error).toMatchObject({ code: 'FORBIDDEN' })
  expect((await safe(client.counter.find({ text: '' }))).error).toMatchObject({ code: 'FORBIDDEN' })
})

async function connectAs(main: RunningStation, token = linkToken): Promise<Connection> {
  const connection = await connectWebSocket(`${originOf(main).replace('http', 'ws')}/ws`, token)
  ends.push(connection.close)
  return connection
}

async function reconnected(url: string | undefined): Promise<Connection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await screen(url)
    } catch (error) {
      // Until the station has come up anew it is the old one that answers, or nobody.
      if (tries > 600) throw error
      await sleep(100)
    }
  }
}

/** The address under which the page goes on: a real office has keys of its own. */
async function save(connection: Connection, change: Partial<StationSetup>): Promise<string> {
  const { setup } = await connection.client.supervisor.setup()
  const { next } = await connection.client.supervisor.saveSetup({ ...setup, ...change })
  return next ?? ''
}

it('a device that cannot be is refused on the set-up page, and nothing is written', async () => {
  const station = await start('sample', null)
  const page = await screen(station.ready.urls.supervisor)
  const refused = async (change: Partial<StationSetup>) => (await safe(save(page, change))).error
  expect(await refused({ printer: { address: 'lpt1', profile: 'epson-tm-t82' } })).toMatchObject({ code: 'REFUSED', data: { reason: 'device-address' } })
  expect(await refused({ printer: { address: 'tcp://127.0.0.1:9100', profile: 'typewriter' } })).toMatchObject({ code: 'REFUSED', data: { reason: 'printer-profile' } })
  expect(existsSync(join(dir, 'sample', 'station.json'))).toBe(false)
})

it('a configuration with which the station cannot start is taken back, and the page answers again', async () => {
  const station = await start('sample', null)
  const url = station.ready.urls.supervisor
  const page = await screen(url)
  await save(page, { stationName: 'Quầy 7' })
  // Somebody breaks the file between saving and starting anew.
  writeFileSync(join(dir, 'sample', 'station.json'), '{}')
  await page.closed
  const again = await reconnected(url)
  expect(again.welcome).toMatchObject({ sample: true })
  expect(existsSync(join(dir, 'sample', 'station.json'))).toBe(false)
})

it('saved twice in a row, the station starts anew once after the other and is set as the last one said', async () => {
  const station = await start('sample', null)
  const page = await screen(station.ready.urls.supervisor)
  await save(page, { stationName: 'Quầy 7', roles: ['hub', 'counter', 'supervisor'] })
  const next = await save(page, { stationName: 'Quầy 8', roles: ['hub', 'counter', 'supervisor'] })
  await page.closed
  for (let tries = 0; ; tries += 1) {
    const { welcome, close } = await reconnected(next)
    close()
    if (welcome.station === 'Quầy 8' || tries > 600) return expect(welcome).toMatchObject({ station: 'Quầy 8', sample: false })
    await sleep(100)
  }
})

it('a station that was started with --config is set up in that file, not beside it', async () => {
  const station = await start('named', { station: { id: 'named', name: 'Cũ' }, roles: ['hub', 'supervisor'], counter: null })
  const page = await screen(station.ready.urls.supervisor)
  const next = await save(page, { stationName: 'Mới' })
  await page.closed
  expect(JSON.parse(readFileSync(join(dir, 'named.json'), 'utf8'))).toMatchObject({ station: { name: 'Mới' } })
  expect(existsSync(join(dir, 'named', 'station.json'))).toBe(false)
  expect((await reconnected(next)).welcome.station).toBe('Mới')
  await expect(screen(station.ready.urls.supervisor)).rejects.toThrow('unauthorised')
})
