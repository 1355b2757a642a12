import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket, type RawData } from 'ws'
import { id, openScreen } from '#main/demo/client.ts'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, test } from './support/screens.ts'

/** What a station answers to those who should not be asking. */

let office: Office
test.beforeAll(async () => {
  office = await openOffice()
})
test.afterAll(() => office.close())

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** A request with exactly this path and these headers, which `fetch` would put right. */
function raw(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port, host } = new URL(office.origin)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host, ...headers }, setHost: false }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    sent.on('error', reject).end()
  })
}

const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64') }

interface Heard {
  readonly messages: readonly string[]
  readonly code: number
  readonly ms: number
}

/** Opens the socket, sends what is given, and tells what came back until the station closed it. */
function talk(...says: readonly (string | Buffer)[]): Promise<Heard> {
  const socket = new WebSocket(`${office.origin.replace('http', 'ws')}/ws`)
  const messages: string[] = []
  const from = performance.now()
  socket.on('message', (data: RawData) => messages.push((data as Buffer).toString('utf8')))
  socket.on('open', () => {
    for (const one of says) socket.send(one)
  })
  socket.on('error', () => undefined)
  return new Promise((resolve) => socket.on('close', (code) => resolve({ messages, code, ms: performance.now() - from })))
}

test('a foreign Host, and a page of another site, get a 4xx', async () => {
  for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '']) {
    const { status } = await raw('/kiosk.html', { host })
    expect([status >= 400 && status < 500, host]).toEqual([true, host])
  }
  expect((await raw('/kiosk.html', { origin: 'http://evil.example' })).status).toBe(421)
  expect((await raw('/ws', { ...upgrade, host: 'evil.example' })).status).toBe(403)
  expect((await raw('/ws', { ...upgrade, origin: 'http://evil.example' })).status).toBe(403)
  expect((await raw('/other', upgrade)).status).toBe(403)
  expect((await raw('/kiosk.html')).status).toBe(200)
})

test('every answer carries the policy', async () => {
  for (const path of ['/', '/kiosk.html', '/counter.html', '/board.html', '/touchpad.html', '/supervisor.html', '/follow.html', '/none', '/healthz']) {
    const { headers } = await raw(path)
    expect(headers['content-security-policy'], path).toMatch(/default-src 'none';.*script-src 'self';.*frame-ancestors 'none'/)
    expect(headers['content-security-policy'], path).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin' })
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['set-cookie']).toBeUndefined()
  }
})

test('no file outside the screens is served, and nothing is written', async () => {
  const outside = ['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../package.json', '/..%5cpackage.json', '/%00', '/assets', '/kiosk.html/', '/tokens.json', '/journal.db', '/%zz', '//etc/hostname']
  for (const path of outside) expect([(await raw(path)).status, path]).toEqual([404, path])
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect([(await raw('/kiosk.html', {}, method)).status, method]).toEqual([405, method])
})

test('a socket without a token, or with a wrong one, is closed and hears nothing', async () => {
  const refused = JSON.stringify({ ok: false, code: 'unauthorised' })
  for (const first of ['{}', 'no json', '{"token":"wrong-wrong-wrong"}', `{"token":"${office.token('kiosk').slice(0, -1)}"}`, '{"token":["a"]}']) {
    expect(await talk(first)).toMatchObject({ messages: [refused], code: 4401 })
  }
  expect((await talk(Buffer.from('{"token":"x"}'))).code).toBe(4401)
})

test('a socket that says nothing is closed within five seconds', async () => {
  const { messages, ms } = await talk()
  expect(messages).toEqual([])
  expect(ms).toBeGreaterThan(3_000)
  expect(ms).toBeLessThan(30_000)
})

test('a message too large closes the socket, before and after the greeting', async () => {
  const huge = 'x'.repeat(300 * 1024)
  expect(await talk(huge)).toMatchObject({ messages: [], code: 1009 })
  const { messages, code } = await talk(JSON.stringify({ token: office.token('kiosk') }), huge)
  expect(messages.length).toBeLessThanOrEqual(1)
  expect(code).toBe(1009)
  const kiosk = await openScreen(office.url('kiosk'))
  await expect(kiosk.client.kiosk.procedures()).resolves.not.toHaveLength(0)
  kiosk.close()
})

test('a screen may only do what is its own', async () => {
  const { followUrl } = await takeNumber(office)
  const commandId = id()
  const board = await openScreen(office.url('board'))
  const touchpad = await openScreen(office.url('touchpad-3'))
  const kiosk = await openScreen(office.url('kiosk'))
  const follow = await openScreen(followUrl)
  const counter = await openScreen(office.url('counter-3'))
  const issue = { commandId, service: 'A', procedure: null, priority: null, papers: [], print: false }
  const forbidden = { code: 'FORBIDDEN' }
  for (const { client } of [board, touchpad, follow, counter]) await expect(client.kiosk.issue(issue)).rejects.toMatchObject(forbidden)
  for (const { client } of [board, touchpad, follow, kiosk]) {
    await expect(client.counter.do({ commandId, action: { kind: 'call-next', finishCurrent: false } })).rejects.toMatchObject(forbidden)
    await expect(client.counter.find({ text: 'a' })).rejects.toMatchObject(forbidden)
    await expect(client.supervisor.setup()).rejects.toMatchObject(forbidden)
    await expect(client.link.leaseCodes({ commandId, day: '2026-11-23' })).rejects.toMatchObject(forbidden)
  }
  for (const { client } of [board, counter, kiosk]) await expect(client.touchpad.rate({ commandId, ticketId: 'x', score: 5, reasons: [], other: '' })).rejects.toMatchObject(forbidden)
  for (const one of [board, touchpad, kiosk, follow, counter]) one.close()
})

test('what does not fit the contract is refused, and the station goes on', async () => {
  const kiosk = await openScreen(office.url('kiosk'))
  const issue = { commandId: id(), service: 'A', procedure: null, priority: null, papers: [], print: false }
  for (const wrong of [{ commandId: 'x; DROP' }, { service: 'x'.repeat(500) }, { papers: Array(1_000).fill({ name: 'a', have: true }) }, { priority: 'king' }]) {
    await expect(kiosk.client.kiosk.issue({ ...issue, ...wrong } as typeof issue)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }
  await expect(kiosk.client.kiosk.issue({ ...issue, service: 'Z' })).rejects.toMatchObject({ code: 'REFUSED', data: { reason: 'unknown-service' } })
  await expect(kiosk.client.kiosk.issue(issue)).resolves.toMatchObject({ ticket: { service: 'A' } })
  kiosk.close()
})

test('the token is in no address that the server sees, and not in the page any more', async ({ screens }) => {
  const asked: string[] = []
  for (const screen of ['kiosk', 'counter', 'board', 'touchpad', 'supervisor'] as const) {
    const page = await screens.open(screen, office.url(screen))
    page.on('request', (one) => asked.push(one.url(), JSON.stringify(one.headers())))
    page.on('websocket', (one) => asked.push(one.url()))
    await page.reload()
    await expect(page.locator('#root > *').first()).toBeVisible()
    await sleep(300)
    expect(page.url()).not.toContain(office.token(screen))
  }
  expect(asked.length).toBeGreaterThan(20)
  for (const screen of ['kiosk', 'counter', 'board', 'touchpad', 'supervisor']) expect(asked.join('\n')).not.toContain(office.token(screen))
})

test('a page without a token says so and asks the station for nothing', async ({ screens }) => {
  const page = await screens.open('counter', `${office.origin}/counter.html`)
  await expect(page.getByText('Màn hình này chưa được ghép với trạm.')).toBeVisible()
})
