import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './database/open.ts'
import type { Database } from './database/port.ts'
import { enrol, newAdminKey } from './offices.ts'
import { startCentral, type RunningCentral } from './server.ts'

let folder = ''
let db: Database
let central: RunningCentral
let admin = ''
let own = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-central-'))
  db = await openDatabase({ folder })
  admin = await newAdminKey(db)
  own = await enrol(db, 'H15.50.05.13', 'Phường Hòa Phú <script>alert("x")</script>', 1_000)
  await enrol(db, 'H15.50.05.14', 'Phường Bến Thành', 1_000)
  central = await startCentral({ db, port: 0, host: '127.0.0.1', publicHosts: ['Motcua.haiphong.gov.vn'] })
})
afterAll(async () => {
  await central.close()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

function get(path: string, key?: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${central.url}${path}`, { ...init, headers: { ...init.headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) } })
}

/** A request with any headers, as fetch won't send them. */
function raw(headers: http.OutgoingHttpHeaders, path = '/'): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(`${central.url}${path}`, { headers }, (res) => {
        res.resume()
        resolve(res.statusCode ?? 0)
      })
      .on('error', reject)
  })
}

test('every writing operation of the published document answers 401 without a key, whatever the body', async () => {
  const document = (await (await get('/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, unknown>> }
  expect(document.openapi).toMatch(/^3\./)
  const writing = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).filter((method) => method !== 'get').map((method) => ({ path, method })))
  expect(writing.map(({ path }) => path).sort()).toEqual([
    '/api/v1/changes', '/api/v1/erasures', '/api/v1/offices', '/api/v1/offices/{office}/revoke', '/api/v1/quarantine/retry', '/sync/v1/back', '/sync/v1/changes', '/sync/v1/events', '/sync/v1/hello',
  ])
  for (const { path, method } of writing) {
    for (const init of [{}, { body: '{}', headers: { 'content-type': 'application/json' } }, { body: 'no json', headers: { 'content-type': 'text/weird' } }]) {
      for (const key of [undefined, '', 'mcv_wrong']) {
        expect((await get(path.replace('{office}', 'H15.50.05.13'), key, { method: method.toUpperCase(), ...init })).status).toBe(401)
      }
    }
  }
})

test('an office reads its own figures, the admin key all, nobody else anything', async () => {
  for (const path of ['/api/v1/offices', '/api/v1/summary', '/api/v1/origins']) expect((await get(path)).status).toBe(401)
  expect(await (await get('/api/v1/offices', own)).json()).toMatchObject([{ office: 'H15.50.05.13', enrolledAt: '1970-01-01T07:00:01.000+07:00', lastContact: null }])
  expect(((await (await get('/api/v1/summary', admin)).json()) as { offices: unknown[] }).offices).toHaveLength(2)
})

test('enrolling and revoking over the API is for the admin key', async () => {
  const body = JSON.stringify({ office: 'H15.50.05.15', name: 'Xã Tân Phú' })
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
  expect((await get('/api/v1/offices', own, init)).status).toBe(403)
  const made = await get('/api/v1/offices', admin, init)
  expect(made.status).toBe(201)
  const { key } = (await made.json()) as { key: string }
  expect((await get('/api/v1/offices', key)).status).toBe(200)
  expect((await get('/api/v1/offices/H15.50.05.15/revoke', admin, { method: 'POST' })).status).toBe(200)
  expect((await get('/api/v1/offices', key)).status).toBe(403)
  expect((await get('/api/v1/offices', admin, { ...init, body: '{"office":"../x","name":"x"}' })).status).toBe(400)
  expect((await get('/api/v1/offices', admin, { ...init, body: JSON.stringify({ office: 'A1', name: 'x'.repeat(50_000) }) })).status).toBe(413)
  const kept = await db.query<{ key_hash: string }>('SELECT key_hash FROM offices')
  expect(kept.every((row) => /^[0-9a-f]{64}$/.test(row.key_hash))).toBe(true)
})

test('the page: no inline scripts or styles, no reload under a reader, names escaped, every asset from here', async () => {
  const page = await get('/')
  const text = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(text).toContain('&#60;script&#62;')
  expect(text).not.toMatch(/<script>|<script [^>]*>[^<]|style=|https?:\/\//)
  expect(text).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>')
  const assets = ['/assets/page.css', '/assets/page.js', '/assets/icon.svg', '/assets/be-vietnam-pro-400.ttf', '/assets/be-vietnam-pro-600.ttf']
  expect(await Promise.all(assets.map(async (path) => (await get(path)).status))).toEqual([200, 200, 200, 200, 200])
  expect((await get('/assets/..%2Fpackage.json')).status).toBe(404)
  expect((await get('/healthz')).status).toBe(200)
})

test('a foreign Host was answered: only names of this server are, and a public one that was given', async () => {
  expect(await raw({ host: 'motcua.haiphong.gov.vn' })).toBe(200)
  expect(await raw({ host: '[::1]:7420' })).toBe(200)
  for (const host of ['evil.example', 'motcua.haiphong.gov.vn.evil.example', '10.1.2.3:7420']) expect(await raw({ host })).toBe(421)
  for (const host of ['a b', 'x/../y', '"><script>', 'user@host']) expect(await raw({ host })).toBe(400)
})
