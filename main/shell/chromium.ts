import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { CdpPipe } from './cdp-pipe.ts'
import type { Host, ScreenKind, WindowOptions } from './host.ts'
import { isShared, sharedScale, tileBounds, type Bounds } from './window-policy.ts'

const openWithinMs = 20_000
const quitWithinMs = 3_000
/** A browser that dies more often than this in a minute is left alone; the addresses still serve any other one. */
const relaunchesPerMinute = 3

/** Own profile, no first-run pages, no calls home, sound without a touch. Root has no Chromium sandbox to use. */
function flags(profile: string): string[] {
  const root = process.platform === 'linux' && process.getuid?.() === 0
  return [
    `--user-data-dir=${profile}`,
    ...(root ? ['--no-sandbox', '--test-type'] : []),
    ...'--no-first-run --no-default-browser-check --noerrdialogs --hide-crash-restore-bubble --password-store=basic'.split(' '),
    ...'--disable-background-networking --disable-component-update --disable-sync --disable-quic --disable-features=Translate'.split(' '),
    ...'--autoplay-policy=no-user-gesture-required --disable-pinch --overscroll-history-navigation=0 --lang=vi'.split(' '),
  ]
}

/** A new profile offers no translation of our pages, in a bubble over them, and keeps no passwords. */
function prepareProfile(profile: string): void {
  const file = join(profile, 'Default', 'Preferences')
  if (existsSync(file)) return
  mkdirSync(join(profile, 'Default'), { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify({ translate: { enabled: false }, credentials_enable_service: false, autofill: { profile_enabled: false } }))
}

interface Target {
  readonly targetId: string
  readonly type: string
  readonly url: string
}
interface Window {
  readonly url: string
  readonly options: WindowOptions
  targetId?: string
}

/** The blank page a window opens with. The real address holds a session token, which must not show in the process list. */
const blankPage = (kind: ScreenKind): string => `data:text/html,<title>${kind}</title>`

/**
 * Shows the station's pages in the machine's own browser, in app windows without address bar.
 * Driven over inherited pipes, so there is no debugging port; when the station dies the pipe closes and the browser ends with it.
 */
export class ChromiumHost implements Host {
  readonly name = 'chromium'
  readonly closed: Promise<void>
  readonly #browser: string
  readonly #profile: string
  readonly #windows = new Map<ScreenKind, Window>()
  readonly #deaths: number[] = []
  #process: ChildProcess | undefined
  #pipe: CdpPipe | undefined
  #quitting = false
  #resolveClosed: () => void

  /** @param browser what `findBrowser` found @param dataFolder the profile lives in it */
  constructor(browser: string, dataFolder: string) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#resolveClosed = resolve
    this.#browser = browser
    this.#profile = join(dataFolder, 'chromium')
  }

  async openWindow(kind: ScreenKind, url: string, options: WindowOptions): Promise<void> {
    const open = this.#windows.get(kind)
    if (open?.targetId !== undefined) {
      await this.#send('Target.activateTarget', { targetId: open.targetId })
      return
    }
    const window: Window = { url, options }
    this.#windows.set(kind, window)
    const target = await this.#openBlank(kind, options)
    window.targetId = target.targetId
    await this.#place(kind, target.targetId, options)
    await this.#navigate(target.targetId, url)
  }

  async focus(): Promise<void> {
    for (const { targetId } of this.#windows.values()) if (targetId !== undefined) await this.#send('Target.activateTarget', { targetId })
  }

  async quit(): Promise<void> {
    const browser = this.#process
    this.#quitting = true
    if (browser?.exitCode !== null || browser.signalCode !== null) return
    const gone = once(browser, 'exit')
    // A browser that is already on its way out can't answer; the timer below ends one that hangs.
    this.#send('Browser.close').catch(() => browser.kill())
    const timer = setTimeout(() => browser.kill('SIGKILL'), quitWithinMs)
    await gone
    clearTimeout(timer)
  }

  #send(method: string, params: object = {}, session?: string): Promise<unknown> {
    return this.#pipe ? this.#pipe.send(method, params, session) : Promise.reject(new Error('the browser is not running'))
  }

  async #openBlank(kind: ScreenKind, options: WindowOptions): Promise<Target> {
    if (this.#process) {
      // Handed over to the running browser through its profile, then this process ends by itself.
      spawn(this.#browser, [...flags(this.#profile), `--app=${blankPage(kind)}`], { stdio: 'ignore' }).on('error', () => undefined)
    } else await this.#start(kind, options)
    const until = Date.now() + openWithinMs
    while (Date.now() < until) {
      const { targetInfos } = (await this.#send('Target.getTargets')) as { targetInfos: Target[] }
      const found = targetInfos.find(({ type, url }) => type === 'page' && url === blankPage(kind))
      if (found) return found
      await sleep(50)
    }
    throw new Error(`${this.#browser} opened no window within ${openWithinMs / 1000} s`)
  }

  async #start(kind: ScreenKind, options: WindowOptions): Promise<void> {
    prepareProfile(this.#profile)
    // One factor for the whole browser: its zoom levels hold for an address, and all our pages have the same one.
    const scale = isShared(options) ? [`--force-device-scale-factor=${sharedScale()}`] : []
    const args = [...flags(this.#profile), ...scale, '--remote-debugging-pipe', `--app=${blankPage(kind)}`]
    const browser = spawn(this.#browser, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    await once(browser, 'spawn')
    this.#process = browser
    browser.once('exit', (code) => this.#exited(code))
    this.#pipe = new CdpPipe(browser.stdio[3] as Writable, browser.stdio[4] as Readable)
    this.#pipe.subscribe((method, params) => this.#onEvent(method, params as { targetId: string }))
    await this.#send('Target.setDiscoverTargets', { discover: true })
  }

  #onEvent(method: string, { targetId }: { readonly targetId: string }): void {
    const hit = [...this.#windows].find(([, window]) => window.targetId === targetId)
    if (!hit) return
    const [kind, window] = hit
    if (method === 'Target.targetDestroyed') this.#windows.delete(kind)
    // A page that crashed is loaded again; if that fails too the browser is gone and #exited sees to it.
    if (method === 'Target.targetCrashed') this.#navigate(targetId, window.url).catch(() => undefined)
  }

  #exited(code: number | null): void {
    this.#process = undefined
    this.#pipe = undefined
    // It never came up (no such display, a missing library): openWindow rejects, and trying again would not help.
    if (![...this.#windows.values()].some(({ targetId }) => targetId !== undefined)) return this.#resolveClosed()
    this.#deaths.push(Date.now())
    const recent = this.#deaths.filter((at) => at > Date.now() - 60_000).length
    if (this.#quitting || code === 0 || recent > relaunchesPerMinute) this.#resolveClosed()
    else this.#reopen().catch(() => this.#resolveClosed())
  }

  async #reopen(): Promise<void> {
    const lost = [...this.#windows]
    this.#windows.clear()
    for (const [kind, { url, options }] of lost) await this.openWindow(kind, url, options)
  }

  async #place(kind: ScreenKind, targetId: string, { fullscreen, beside }: WindowOptions): Promise<void> {
    const { windowId } = (await this.#send('Browser.getWindowForTarget', { targetId })) as { windowId: number }
    const bounds = fullscreen ? { windowState: 'fullscreen' } : beside && (await this.#tile(kind, targetId, beside))
    if (bounds) await this.#send('Browser.setWindowBounds', { windowId, bounds })
  }

  async #tile(kind: ScreenKind, targetId: string, beside: readonly ScreenKind[]): Promise<object | undefined> {
    const expression = '({ x: screen.availLeft, y: screen.availTop, width: screen.availWidth, height: screen.availHeight })'
    const { result } = (await this.#inPage(targetId, 'Runtime.evaluate', { expression, returnByValue: true })) as { result: { value: Bounds } }
    const place = tileBounds(beside, result.value).get(kind)
    return place && { left: place.x, top: place.y, width: place.width, height: place.height }
  }

  async #navigate(targetId: string, url: string): Promise<void> {
    await this.#inPage(targetId, 'Page.navigate', { url })
  }

  async #inPage(targetId: string, method: string, params: object): Promise<unknown> {
    const { sessionId } = (await this.#send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
    try {
      return await this.#send(method, params, sessionId)
    } finally {
      await this.#send('Target.detachFromTarget', { sessionId })
    }
  }
}
