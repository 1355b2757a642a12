import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  safeStorage,
  screen,
  session,
  type IpcMainEvent,
  type Session,
  type WebContents,
} from 'electron'
import type { Host, ScreenKind, SecretBox, ServeWindow, WindowOptions } from './host.ts'
import { contentSecurityPolicy, forbiddenSwitches, isForbiddenKey, isOwnAddress, isShared, maySaveFiles, sharedScale, tileBounds, webPreferences } from './window-policy.ts'

export interface ElectronOptions {
  readonly dataFolder: string
  /** The built preload script. It is loaded only when `serveWindows` was called: else pages speak WebSocket, like every other screen. */
  readonly preload: string
}

/** Why there is no host: another process has this data folder's windows, or the command line asked for a debugger. */
export type ElectronRefusal = { readonly refused: 'already-running' } | { readonly refused: 'switches'; readonly switches: readonly string[] }

/** A window that crashes more often in a minute is shown no more. */
const relaunchesPerMinute = 3

/**
 * Takes the place of the one Electron process of a data folder. Call it before anything else in the process:
 * the sandbox and the profile's place can't be changed once Electron is ready.
 */
export async function openElectron(options: ElectronOptions): Promise<ElectronHost | ElectronRefusal> {
  // Playwright drives the checkout through a debugger; the product has no such door, whatever the environment says.
  const driven = !app.isPackaged && process.env['MOTCUA_DRIVEN_BY_TEST'] === '1'
  const root = !app.isPackaged && process.platform === 'linux' && process.getuid?.() === 0
  const switches = driven ? [] : forbiddenSwitches(process.argv.slice(1), root ? ['no-sandbox'] : [])
  if (switches.length) return { refused: 'switches', switches }
  if (!root) app.enableSandbox()
  app.setPath('userData', join(options.dataFolder, 'electron'))
  if (!app.requestSingleInstanceLock()) return { refused: 'already-running' }
  Menu.setApplicationMenu(null)
  await app.whenReady()
  return new ElectronHost(options)
}

/** Windows of Electron. Every rule that they obey is written in window-policy.ts or in this file, and nowhere else. */
export class ElectronHost implements Host {
  readonly name = 'electron'
  readonly closed: Promise<void>
  readonly secrets?: SecretBox
  readonly #options: ElectronOptions
  readonly #windows = new Map<ScreenKind, BrowserWindow>()
  readonly #crashes: number[] = []
  #origin = 'null'
  #serve: ServeWindow | undefined

  constructor(options: ElectronOptions) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#options = options
    const box = systemSecretBox()
    if (box) this.secrets = box
    app.on('window-all-closed', resolve)
    // SIGTERM, log-off and Cmd+Q arrive here: the station stores everything first, then endElectron ends the process.
    app.on('before-quit', (event) => {
      event.preventDefault()
      resolve()
    })
    app.on('second-instance', () => void this.focus())
    app.on('web-contents-created', (_, contents) => this.#confine(contents))
    hardenSession(session.defaultSession, () => this.#origin, (contents) => this.#kindOf(contents))
    ipcMain.on('motcua:port', (event) => this.#bridge(event))
  }

  serveWindows(serve: ServeWindow): void {
    this.#serve = serve
  }

  async openWindow(kind: ScreenKind, url: string, options: WindowOptions): Promise<void> {
    const open = this.#windows.get(kind)
    if (open) return open.show()
    this.#origin = new URL(url).origin
    const area = screen.getPrimaryDisplay().workArea
    const window = new BrowserWindow({
      ...(options.beside && !options.fullscreen ? tileBounds(options.beside, area).get(kind) : {}),
      fullscreen: options.fullscreen,
      kiosk: options.fullscreen,
      show: false,
      backgroundColor: '#ffffff',
      title: 'Một Cửa',
      webPreferences: {
        ...webPreferences,
        devTools: !app.isPackaged,
        zoomFactor: isShared(options) ? sharedScale(area.height) : 1,
        ...(this.#serve ? { preload: this.#options.preload } : {}),
      },
    })
    this.#windows.set(kind, window)
    window.once('ready-to-show', () => window.show())
    window.once('closed', () => this.#windows.delete(kind))
    window.webContents.on('before-input-event', (event, key) => {
      if (isForbiddenKey(kind, key)) event.preventDefault()
    })
    window.webContents.on('render-process-gone', () => this.#reload(window, url))
    window.webContents.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())
    await window.loadURL(url)
  }

  async focus(): Promise<void> {
    for (const window of this.#windows.values()) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.moveTop()
    }
  }

  async quit(): Promise<void> {
    for (const window of this.#windows.values()) window.destroy()
  }

  #kindOf(contents: WebContents | undefined | null): ScreenKind | undefined {
    return [...this.#windows].find(([, window]) => window.webContents === contents)?.[0]
  }

  #reload(window: BrowserWindow, url: string): void {
    this.#crashes.push(Date.now())
    const recent = this.#crashes.filter((at) => at > Date.now() - 60_000).length
    if (window.isDestroyed() || recent > relaunchesPerMinute) return window.destroy()
    // The load fails again when the page crashes again, and that comes back here by its own event.
    window.loadURL(url).catch(() => undefined)
  }

  /** No page leaves the station, opens a window or embeds another (points 12, 13, 14, 15). */
  #confine(contents: WebContents): void {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      if (!isOwnAddress(event.url, this.#origin)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  }

  /** Gives a page its port to the station, if the page is the main frame of one of our windows and still ours (17). */
  #bridge({ sender, senderFrame }: IpcMainEvent): void {
    const kind = this.#kindOf(sender)
    if (kind === undefined || !senderFrame || senderFrame !== sender.mainFrame || !isOwnAddress(senderFrame.url, this.#origin)) return
    const { port1, port2 } = new MessageChannelMain()
    this.#serve?.(port1, kind)
    senderFrame.postMessage('motcua:port', null, [port2])
  }
}

/** Only the station's origin is reached (1), every answer carries the policy (7), and no permission is ever given (5). */
function hardenSession(own: Session, origin: () => string, kindOf: (contents: WebContents) => ScreenKind | undefined): void {
  own.setPermissionRequestHandler((_, __, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol } = new URL(url)
    const made = protocol === 'data:' || protocol === 'blob:' || (protocol === 'devtools:' && !app.isPackaged)
    answer({ cancel: !made && !isOwnAddress(url.replace(/^ws/, 'http'), origin()) })
  })
  own.webRequest.onHeadersReceived(({ responseHeaders, url }, answer) => {
    if (!isOwnAddress(url, origin())) return answer({})
    const kept = Object.entries(responseHeaders ?? {}).filter(([name]) => name.toLowerCase() !== 'content-security-policy')
    answer({ responseHeaders: { ...Object.fromEntries(kept), 'Content-Security-Policy': [contentSecurityPolicy(origin())] } })
  })
  own.on('will-download', (event, _, contents) => {
    const kind = kindOf(contents)
    if (kind === undefined || !maySaveFiles(kind)) event.preventDefault()
  })
}

/** DPAPI, Keychain or the desktop's secret service. `basic_text` is a key in the program's source: no box at all. */
function systemSecretBox(): SecretBox | undefined {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system'
  if (backend === 'basic_text' || backend === 'unknown') return undefined
  return {
    seal: (secret) => safeStorage.encryptStringAsync(secret),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  }
}

/** Ends the process; Electron would otherwise go on after the program's last line. */
export function endElectron(code: number): void {
  app.exit(code)
}
