import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startLanServer, type LanServer } from './server.ts'
import { screenTokens } from './tokens.ts'

let folder: string
let server: LanServer
const logged: string[] = []
const heard: string[] = []
let revoke = () => {}
const citizen = {}
const knows = (token: string) => {
  if (token === 'broken-database') throw new Error('the database is closed')
  if (token === 'a-tickets-key') return { session: citizen, welcome: { ok: true, audience: 'follow', counter: null, station: 's', sample: true, version: '0' } as const }
  return token === 'a-known-token' ? { session: {}, welcome: { ok: true, audience: 'board', counter: null, station: 's', sample: true, version: '0' } as const } : null
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-lan-'))
  logged.length = 0
  heard.length = 0
  server = await startLanServer({
    host: '127.0.0.1', port: 0, publicHost: 'hub.office', screens: folder, identity: null, routes: [],
    open: knows, mayBePlain: (session) => session === citizen, onRevoked: (_, end) => ((revoke = end), () => undefined),
    serve: (ws) => void ws.on('message', (data: Buffer) => void heard.push(data.toString('utf8'))), 
    entered: () => () => undefined, log: (code) => void logged.push(code),
  })
})
afterEach(async () => {
  await server.close()
  if (existsSync(folder)) rmSync(folder, { recursive: true })
})

const upgrade = (path: string, headers: Record<string, string>) =>
  `GET ${path} HTTP/1.1\r\n${Object.entries({ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`

async function raw(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function firstLine(headers: Record<string, string>): Promise<string> {
  const socket = await raw()
  socket.write(upgrade('/ws', headers))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return answer.toString('latin1').split('\r\n')[0] ?? ''
}

it('a caller that hangs up while its upgrade is refused does not end the station', async () => {
  for (let n = 0; n < 50; n += 1) {
    const socket = await raw()
    socket.write(upgrade('/nowhere', { Host: `127.0.0.1:${server.port}` }).repeat(20))
    socket.resetAndDestroy()
  }
  await sleep(100)
  expect(await firstLine({ Host: `127.0.0.1:${server.port}` })).toBe('HTTP/1.1 101 Switching Protocols')
})

it.each([
  ['another name', 403, { Host: 'evil.example' }],
  ['another address', 403, { Host: '203.0.113.9' }],
  ['no host', 403, {}],
  ['a page of elsewhere', 403, { Host: 'localhost', Origin: 'http://evil.example' }],
  ['a page without an origin', 403, { Host: 'localhost', Origin: 'null' }],
  ['a page on another port', 403, { Host: 'localhost:7470', Origin: 'http://localhost:3000' }],
  ['its own page', 101, { Host: 'localhost:7470', Origin: 'http://localhost:7470' }],
  ['the address it arrived at', 101, { Host: '127.0.0.1' }],
  ['the public name', 101, { Host: 'HUB.office:7470' }],
])('an upgrade with %s is answered %i', async (_, status, headers) => {
  expect(await firstLine(headers)).toContain(` ${status} `)
})

it('another name in Host gets no file either', async () => {
  const status = await new Promise((resolve, reject) => {
    request({ port: server.port, host: '127.0.0.1', path: '/', headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode)).on('error', reject).end()
  })
  expect(status).toBe(421)
})

it.each([
  ['an unknown token', '{"token":"not-a-known-token"}', 4401],
  ['no JSON', 'hello', 4401],
  ['a database that fails', '{"token":"broken-database"}', 1011],
])('a hello with %s is closed and the next one is still served', async (_, hello, code) => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`)
  socket.once('open', () => socket.send(hello))
  expect((await once(socket, 'close'))[0]).toBe(code)
  const next = new WebSocket(`ws://127.0.0.1:${server.port}/ws`)
  next.once('open', () => next.send('{"token":"a-known-token"}'))
  expect(String((await once(next, 'message'))[0])).toContain('"ok":true')
  next.terminate()
})

it('tokens stay over restarts; one of a screen that is served no more opens nothing', () => {
  const file = join(folder, 'tokens.json')
  const before = screenTokens(file, ['kiosk', 'counter-3'])
  expect(screenTokens(file, ['kiosk'])).toEqual({ kiosk: before['kiosk'] })
  expect(screenTokens(file, ['counter-3', 'kiosk'])).toEqual(before)
})

it.each(['a-known-token', 'a-tickets-key'])('a socket with %s that floods the station is closed; the others are served', async (token) => {
  const [flood, quiet] = [new WebSocket(`ws://127.0.0.1:${server.port}/ws`), new WebSocket(`ws://127.0.0.1:${server.port}/ws`)]
  await Promise.all([once(flood, 'open'), once(quiet, 'open')])
  for (const socket of [flood, quiet]) {
    socket.send(JSON.stringify({ token }))
    await once(socket, 'message')
  }
  const closed = once(flood, 'close')
  for (let n = 0; n < (token === 'a-known-token' ? 30_000 : 100); n += 1) flood.send('{}')
  expect((await closed)[0]).toBe(1008)
  expect(quiet.readyState).toBe(WebSocket.OPEN)
  quiet.terminate()
})

/** A text frame of a client (RFC 6455, 5.2) under a mask of zeros; 0x88 instead of 0x81 closes. */
const frame = (text: string, kind = 0x81) => Buffer.concat([Buffer.from([kind, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])

it('a screen whose token was taken back went on giving orders for half a minute, by not answering the close', async () => {
  const socket = await raw()
  socket.write(upgrade('/ws', { Host: 'localhost' }))
  await once(socket, 'data')
  socket.write(frame('{"token":"a-known-token"}'))
  await once(socket, 'data')
  socket.write(frame('[1]'))
  await expect.poll(() => heard).toEqual(['[1]'])
  revoke()
  await once(socket, 'data')
  socket.write(Buffer.concat([frame('[2]'), frame('', 0x88)]))
  await once(socket, 'close')
  expect(heard).toEqual(['[1]'])
})

it('a caller whose upgrade was refused kept its connection for as long as it liked, by not hanging up', async () => {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.resume().write(upgrade('/nowhere', { Host: 'localhost' }))
  await once(socket, 'end')
  const gone = once(socket, 'close').catch(() => null)
  const writing = setInterval(() => socket.write('x'), 5)
  await gone
  clearInterval(writing)
  expect(socket.destroyed).toBe(true)
})

const linux = process.platform === 'linux'
it.skipIf(!linux)(`one machine took all the connections, and nobody else came in${linux ? '' : ' (skipped: only Linux has 127.0.0.2)'}`, async () => {
  const greedy = Array.from({ length: 700 }, () => connect({ port: server.port, host: '127.0.0.1', localAddress: '127.0.0.2' }).on('error', () => undefined))
  await expect.poll(() => greedy.filter((socket) => socket.closed).length).toBeGreaterThanOrEqual(450)
  const asked = (localAddress: string) =>
    new Promise((resolve) => {
      request({ port: server.port, host: '127.0.0.1', localAddress, path: '/healthz' }, (answer) => resolve(answer.statusCode)).on('error', resolve).end()
    })
  expect(await Promise.all(['127.0.0.1', '127.0.0.3'].map(asked))).toEqual([200, 200])
  for (const socket of greedy) socket.destroy()
})

it('a screen that sends noise is sent away: each message of it was a page of log', async () => {
  const screen = new WebSocket(`ws://127.0.0.1:${server.port}/ws`)
  await once(screen, 'open')
  screen.send('{"token":"a-known-token"}')
  await once(screen, 'message')
  const closed = once(screen, 'close')
  for (const noise of ['{"i":"1"', 'null', '7']) screen.send(noise)
  expect((await closed)[0]).toBe(1007)
  expect(heard).toEqual(['{"i":"1"'])
})
