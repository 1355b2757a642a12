import { globSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test, type Page } from '@playwright/test'
import { electronBinary, electronVersion } from '#cli/electron-binary.ts'
import { root } from '#cli/checkout.ts'
import { asRoot, launchApp, whyNoElectron, type RunningApp } from './app.ts'

/** Electron's security checklist, point by point, in the real windows. https://www.electronjs.org/docs/latest/tutorial/security */

/** A fuse is one character of the program file. */
const fuseOn = '1'.charCodeAt(0)
const fuseOff = '0'.charCodeAt(0)

const reason = whyNoElectron()
if (reason) process.stdout.write(`Electron tests skipped: ${reason}\n`)

let running: RunningApp
let pages: Page[]

test.describe('security checklist', () => {
  test.skip(reason !== undefined, reason)
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    running = await launchApp()
    await expect.poll(() => running.app.windows().length, { timeout: 30_000 }).toBe(4)
    pages = running.app.windows()
    for (const page of pages) await page.waitForLoadState('load')
  })
  test.afterAll(() => running.close())

  test('1, 18 · pages come from the station itself, and reach nothing else', async () => {
    for (const page of pages) {
      expect(new URL(page.url()).protocol).toBe('http:')
      expect(new URL(page.url()).hostname).toBe('127.0.0.1')
      expect(await page.evaluate(() => fetch('https://example.com').then(() => 'reached', () => 'refused'))).toBe('refused')
      expect(await page.evaluate(() => fetch('file:///etc/hostname').then(() => 'reached', () => 'refused'))).toBe('refused')
    }
  })

  test('2, 20 · no Node and no Electron in a page; the bridge is one function', async () => {
    const script = `[typeof require, typeof process, typeof module, typeof Buffer, typeof globalThis.ipcRenderer, typeof globalThis.electron].join()`
    for (const page of pages) {
      expect(await page.evaluate(script)).toBe(Array(6).fill('undefined').join())
      expect(await page.evaluate(`globalThis.motcua ? Object.keys(globalThis.motcua).join() : 'port'`)).toBe('port')
    }
  })

  test('3, 4, 6, 8, 9, 10, 11 · the preferences that the windows really have', async () => {
    const preferences = await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()),
    )
    expect(preferences).toHaveLength(4)
    for (const real of preferences) {
      expect(real).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false })
      expect(real).toMatchObject({ allowRunningInsecureContent: false, experimentalFeatures: false, enableBlinkFeatures: '' })
    }
  })

  test('4 · the renderer processes are sandboxed', async () => {
    test.skip(asRoot, 'root has no Chromium sandbox')
    const metrics = await running.app.evaluate(({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').map(({ sandboxed }) => sandboxed))
    if (process.platform !== 'linux') expect(metrics.every(Boolean)).toBe(true)
    expect(await running.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'))).toBe(false)
  })

  test('5 · every permission is refused without asking', async () => {
    for (const page of pages) {
      const states = await page.evaluate(() =>
        Promise.all(['camera', 'microphone', 'geolocation', 'notifications', 'midi'].map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)),
      )
      expect(new Set(states)).toEqual(new Set(['denied']))
      expect(await page.evaluate(() => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', () => 'refused'))).toBe('refused')
    }
  })

  test('7 · the policy stands: no eval, no inline script, no foreign frame', async () => {
    for (const page of pages) {
      const policy = await page.evaluate(() => fetch(location.pathname).then((answer) => answer.headers.get('content-security-policy')))
      expect(policy).toContain("default-src 'none'")
      const inline = await page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.inlineRan = true'
        document.head.append(script)
        return 'inlineRan' in globalThis
      })
      expect(inline).toBe(false)
    }
  })

  test('11, 12 · no webview', async () => {
    expect(await pages[0]?.evaluate(() => 'getWebContentsId' in document.createElement('webview'))).toBe(false)
  })

  test('13 · a page cannot leave', async () => {
    for (const page of pages) {
      const before = page.url()
      await page.evaluate(() => {
        location.href = 'https://example.com/'
      })
      await page.waitForTimeout(300)
      expect(page.url()).toBe(before)
    }
  })

  test('14 · a page cannot open a window', async () => {
    for (const page of pages) expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
    expect(running.app.windows()).toHaveLength(4)
  })

  test('16 · Electron is the version of package.json', async () => {
    expect(await running.app.evaluate(() => process.versions['electron'])).toBe(electronVersion())
  })

  test('17 · one channel, answered for the main frame of a window only', async () => {
    const channels = await running.app.evaluate(({ ipcMain }) => ipcMain.eventNames().map(String))
    expect(channels.filter((name) => name.startsWith('motcua'))).toEqual(['motcua:port'])
  })

  test('a second start brings the first to the front and ends', () => {
    const args = [join(root, 'dist/app'), '--data', running.data, '--port', '0', ...(asRoot ? ['--no-sandbox'] : [])]
    const second = spawnSync(electronBinary() ?? '', args, { timeout: 20_000, encoding: 'utf8' })
    expect(second.status).toBe(0)
    expect(running.app.windows()).toHaveLength(4)
  })

  test('a debugging switch is refused', () => {
    const args = [join(root, 'dist/app'), '--data', `${running.data}-2`, '--remote-debugging-port=0', ...(asRoot ? ['--no-sandbox'] : [])]
    const { status, stderr } = spawnSync(electronBinary() ?? '', args, { timeout: 20_000, encoding: 'utf8' })
    expect(status).toBe(70)
    expect(stderr).toContain('--remote-debugging-port')
  })
})

test('15 · nothing is handed to the desktop to open', () => {
  const sources = globSync(['main/**/*.ts', 'preload/**/*.ts'], { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
  expect(sources.length).toBeGreaterThan(10)
  expect(sources.filter((text) => /openExternal|openPath\(/.test(text))).toEqual([])
})

test('19 · the fuses of the packaged program', async () => {
  const [packed] = globSync(['out/package/linux-unpacked/motcua', 'out/package/win-unpacked/*.exe'], { cwd: root })
  test.skip(packed === undefined, 'nothing packaged in out/package (npm run package)')
  const fuses = await getCurrentFuseWire(join(root, packed ?? ''))
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar]
  const off = [FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments, FuseV1Options.GrantFileProtocolExtraPrivileges]
  for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(fuseOn)
  for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(fuseOff)
})
