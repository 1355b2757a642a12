import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChromiumHost } from './chromium.ts'
import { findBrowser, hasDisplay } from './find-browser.ts'

/** A real browser on a virtual display. Windows and macOS are covered by the same test on the session's own display. */
const virtual = process.platform === 'linux' && spawnSync('which', ['Xvfb']).status === 0
const browser = findBrowser()
const display = `:${90 + (process.pid % 900)}`

let data: string
let xvfb: ChildProcess | undefined
let server: Server
let origin: string
const asked: string[] = []

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'motcua-chromium-'))
  if (virtual) {
    xvfb = spawn('Xvfb', [display, '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
    process.env['DISPLAY'] = display
    await vi.waitUntil(() => existsSync(`/tmp/.X11-unix/X${display.slice(1)}`), { timeout: 60_000 })
  }
  server = createServer((request, response) => {
    if (request.url?.includes('at=')) asked.push(request.url)
    response.setHeader('content-type', 'text/html').end('<script>fetch("/at=" + encodeURIComponent(location.hash))</script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  xvfb?.kill()
  rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** Command lines of all processes of this browser profile. */
function commandLines(): string[] {
  const lines: string[] = []
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      lines.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    } catch {
      // The process ended between the listing and the reading.
      continue
    }
  }
  return lines.filter((line) => line.includes(data))
}

test.skipIf(browser === undefined || !(virtual || hasDisplay()))('two app windows, the token out of the process list, gone after quit', async () => {
  const host = new ChromiumHost(browser ?? '', data)
  await host.openWindow('kiosk', `${origin}/kiosk.html#t=secret-k`, { fullscreen: true })
  await host.openWindow('board', `${origin}/board.html#t=secret-b`, { fullscreen: false, beside: ['kiosk', 'board'] })
  await expect.poll(() => asked.toSorted()).toEqual(['/at=%23t%3Dsecret-b', '/at=%23t%3Dsecret-k'])
  await host.focus()
  if (process.platform === 'linux') {
    expect(commandLines().length).toBeGreaterThan(0)
    expect(commandLines().join('\n')).not.toMatch(/secret-|remote-debugging-port/)
  }
  await host.quit()
  await host.closed
  if (process.platform === 'linux') await expect.poll(commandLines).toEqual([])
})

test.skipIf(browser === undefined || !virtual)('a browser that dies comes back with its windows', async () => {
  asked.length = 0
  const host = new ChromiumHost(browser ?? '', data)
  await host.openWindow('counter', `${origin}/counter.html#t=1`, { fullscreen: false })
  await expect.poll(() => asked).toHaveLength(1)
  const main = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isMainProcess(pid))
  process.kill(Number(main), 'SIGKILL')
  await expect.poll(() => asked).toHaveLength(2)
  await host.quit()
  await host.closed
})

function isMainProcess(pid: string): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return line.includes(data) && line.includes('--remote-debugging-pipe') && !line.includes('--type=')
  } catch {
    return false
  }
}

test('no display is noticed before a browser is started', () => {
  expect(hasDisplay({})).toBe(process.platform !== 'linux')
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
})

test('a CHROME_PATH that is no program means no browser, not another one', () => {
  expect(findBrowser({ CHROME_PATH: join(tmpdir(), 'no-such-browser') })).toBeUndefined()
})
