import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { findBrowser } from '#shell/find-browser.ts'

const program = fileURLToPath(new URL('small-station.ts', import.meta.url))
const linux = process.platform === 'linux'
const virtual = linux && spawnSync('which', ['Xvfb']).status === 0 && findBrowser() !== undefined
const display = `:${1000 + (process.pid % 900)}`

interface Started {
  readonly child: ChildProcess
  output: string
  errors: string
}

let data: string
let xvfb: ChildProcess | undefined
const children: ChildProcess[] = []

beforeAll(async () => {
  if (!virtual) return
  xvfb = spawn('Xvfb', [display, '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
  await vi.waitUntil(() => existsSync(`/tmp/.X11-unix/X${display.slice(1)}`), { timeout: 60_000 })
})
afterAll(() => xvfb?.kill())
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'motcua-start-'))))
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

function run(args: readonly string[], env: Record<string, string> = {}): Started {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'DISPLAY' && name !== 'WAYLAND_DISPLAY'))
  const child = spawn(process.execPath, [program, '--data', data, '--no-electron', ...args], { env: { ...clean, ...env } })
  children.push(child)
  const started: Started = { child, output: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (started.output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (started.errors += text))
  return started
}

const pages = ({ errors }: Started): string[] => [...errors.matchAll(/page \/(\w+)\.html/g)].map((match) => match[1] ?? '').toSorted()

test.runIf(linux)('with no display the addresses are printed; SIGTERM stores and ends with 0', async () => {
  const started = run([])
  await expect.poll(() => started.output).toMatch(/supervisor\.html#t=token\nMời mở Lãnh đạo bộ phận: .*\n$/)
  expect(started.output).toMatch(/Máy lấy số +http:\/\/127\.0\.0\.1:\d+\/kiosk\.html#t=token\n/)
  expect(started.errors).toContain('chưa có màn hình đồ họa')
  started.child.kill('SIGTERM')
  expect(await once(started.child, 'exit')).toEqual([0, null])
  expect(started.errors).toMatch(/stored\n$/)
})

test('--json: the first line and nothing else on stdout', async () => {
  const started = run(['--json', '--headless'])
  await expect.poll(() => started.output).toMatch(/\n$/)
  expect(JSON.parse(started.output)).toMatchObject({ ready: true, station: 'thu-nghiem', urls: { kiosk: expect.stringContaining('kiosk.html') } })
  expect(started.errors).toBe('')
})

test.runIf(linux)('no browser is said, and the station runs', async () => {
  const started = run([], { DISPLAY: display, CHROME_PATH: '/no/such/browser' })
  await expect.poll(() => started.output).toContain('supervisor.html')
  expect(started.errors).toContain('Chưa thấy Chromium')
})

test.runIf(virtual)('a display that is not there is said, and the station runs', async () => {
  const started = run([], { DISPLAY: ':64999' })
  await expect.poll(() => started.errors).toContain('Chưa mở được cửa sổ')
  expect(started.output).toContain('supervisor.html')
  started.child.kill('SIGTERM')
  expect(await once(started.child, 'exit')).toEqual([0, null])
})

test('a second start without windows names the first and ends', async () => {
  const first = run(['--headless'])
  await expect.poll(() => first.output).toContain('supervisor.html')
  const second = run(['--headless'])
  expect(await once(second.child, 'exit')).toEqual([0, null])
  expect(second.output).toContain('đã chạy sẵn')
  expect(second.output.match(/http\S+/g)).toEqual(first.output.match(/http\S+/g))
  expect(first.child.exitCode).toBeNull()
})

test.runIf(virtual)('with a display four app windows open; a second start brings them to the front and opens none', async () => {
  const first = run([], { DISPLAY: display })
  await expect.poll(() => pages(first)).toEqual(['board', 'counter', 'kiosk', 'touchpad'])
  const second = run([], { DISPLAY: display })
  expect(await once(second.child, 'exit')).toEqual([0, null])
  expect(second.output).toContain('đã chạy sẵn')
  expect(pages(first)).toHaveLength(4)
  first.child.kill('SIGINT')
  expect(await once(first.child, 'exit')).toEqual([0, null])
  expect(first.errors).toMatch(/stored\n$/)
})

test.runIf(virtual)('a second start shows the windows itself when the first has none', async () => {
  const first = run(['--headless'])
  await expect.poll(() => first.output).toContain('supervisor.html')
  const second = run(['--screens', 'counter'], { DISPLAY: display })
  await expect.poll(() => pages(first)).toEqual(['counter'])
  second.child.kill('SIGTERM')
  expect(await once(second.child, 'exit')).toEqual([0, null])
  expect(first.child.exitCode).toBeNull()
})
