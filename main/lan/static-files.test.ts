import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticFiles } from './static-files.ts'

let folder: string
let server: Server
let origin: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-static-'))
  for (const name of ['page.html', 'digits.otf', 'text.woff2', 'secret.db']) writeFileSync(join(folder, name), name)
  const files = staticFiles(folder)
  server = createServer((request, response) => void files(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

test.each([['/page.html', 'text/html; charset=utf-8'], ['/digits.otf', 'font/otf'], ['/text.woff2', 'font/woff2']])('%s is served as %s', async (path, type) => {
  const answer = await fetch(origin + path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe(type)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each(['/secret.db', '/none.html', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/hostname', '/%zz', '/'])('%s is not found', async (path) => {
  expect((await fetch(origin + path)).status).toBe(404)
})

test('only reading is allowed', async () => {
  expect((await fetch(`${origin}/page.html`, { method: 'POST' })).status).toBe(405)
  const head = await fetch(`${origin}/page.html`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})
