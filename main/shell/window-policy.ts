import type { ScreenKind, WindowOptions } from './host.ts'

/**
 * What a window of the station may do, as data and pure functions, so that it is tested without Electron.
 * The numbers are those of Electron's security checklist, https://www.electronjs.org/docs/latest/tutorial/security
 */

/** Given to every BrowserWindow, and nothing else is (2, 3, 4, 6, 8, 9, 10). Electron's own defaults are repeated, so that a change of theirs is a failing test. */
export const webPreferences = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
  // The board speaks without anybody having touched it.
  autoplayPolicy: 'no-user-gesture-required',
} as const

/**
 * The pages' policy (7). `'self'` is the station's own origin; images and sound may also be made in the page.
 * @param origin `http://127.0.0.1:PORT`, whose WebSocket the pages speak on
 */
export function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Whether an address belongs to the station (1, 13, 17): the same scheme, host and port, parsed, never a prefix of the text. */
export function isOwnAddress(address: string, origin: string): boolean {
  return URL.canParse(address) && new URL(address).origin === origin
}

const forbidden = /^--?(remote-debugging-(port|pipe|address)|remote-allow-origins|inspect(-brk|-port|-publish-uid|-wait)?|js-flags|load-extension|disable-web-security|no-sandbox|host-rules|proxy-server)(=|$)/

/**
 * Switches that would give somebody at the keyboard the run of a counter's windows.
 * @param allow switches to let pass, `no-sandbox` for root in a checkout
 * @returns those found on the command line
 */
export function forbiddenSwitches(argv: readonly string[], allow: readonly string[] = []): string[] {
  return argv.filter((argument) => forbidden.test(argument) && !allow.includes(argument.replace(/^--?/, '')))
}

/** Screens that the public touches. Nobody prints, saves or presses Ctrl there. */
const publicScreens: ReadonlySet<string> = new Set(['kiosk', 'board', 'touchpad'] satisfies ScreenKind[])

/** Whether a window of this kind may save a file (a report, a form). */
export const maySaveFiles = (kind: ScreenKind): boolean => !publicScreens.has(kind)

/** A key press as Electron reports it (`before-input-event`). */
export interface KeyPress {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** Keys that never reach a public screen. A barcode scanner types too, and a hostile code holds control characters. */
export function isForbiddenKey(kind: ScreenKind, { key, control, alt, meta }: KeyPress): boolean {
  return publicScreens.has(kind) && (control || alt || meta || /^F\d{1,2}$/.test(key) || ['ContextMenu', 'BrowserBack', 'PrintScreen'].includes(key))
}

/** Pixels of the display, from its left upper corner. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Height, in its own pixels, that the kiosk is drawn for. */
const kioskHeight = 1920
/**
 * Screens that share a display are shown smaller, all by the same factor, so that each looks as it does on its own machine.
 * @param areaHeight of the display; 1,056 is a full-HD one with a task bar
 */
export const sharedScale = (areaHeight = 1056): number => Math.round((Math.min(areaHeight, kioskHeight) / kioskHeight) * 100) / 100

/** Whether a window stands beside others instead of covering its display. */
export const isShared = ({ fullscreen, beside }: WindowOptions): boolean => !fullscreen && beside !== undefined && beside.length > 1

/**
 * The places of windows that share a display: the kiosk upright at the left (it is drawn for 9:16), the others beside it in rows of two, the
 * first of an odd number in a row of its own. One window alone has the whole area.
 */
export function tileBounds(kinds: readonly ScreenKind[], area: Bounds): ReadonlyMap<ScreenKind, Bounds> {
  const others = kinds.filter((kind) => kind !== 'kiosk')
  if (others.length === kinds.length || others.length === 0) return rowsOfTwo(kinds, area)
  const width = Math.min(Math.floor((area.height * 9) / 16), Math.floor(area.width / 2))
  const rest = rowsOfTwo(others, { ...area, x: area.x + width, width: area.width - width })
  return new Map([['kiosk', { ...area, width }], ...rest])
}

function rowsOfTwo(kinds: readonly ScreenKind[], area: Bounds): Map<ScreenKind, Bounds> {
  const odd = kinds.length % 2
  const height = Math.floor(area.height / Math.ceil(kinds.length / 2))
  const half = Math.floor(area.width / 2)
  return new Map(
    kinds.map((kind, index) => {
      const place = index + odd
      const alone = odd === 1 && index === 0
      const column = alone ? 0 : place % 2
      return [kind, { x: area.x + column * half, y: area.y + Math.floor(place / 2) * height, width: alone ? area.width : half, height }]
    }),
  )
}
