import { expect, test as base, type BrowserContextOptions, type Page } from '@playwright/test'

/** Sizes of the real screens. */
export const sizes = {
  kiosk: { width: 1080, height: 1920 },
  'kiosk-landscape': { width: 1920, height: 1080 },
  counter: { width: 1366, height: 768 },
  board: { width: 1920, height: 1080 },
  touchpad: { width: 1024, height: 768 },
  supervisor: { width: 1366, height: 768 },
  follow: { width: 390, height: 844 },
} as const

export type Size = keyof typeof sizes

export interface Screens {
  /** Opens a page as the device in the office shows it. */
  readonly open: (size: Size, url: string, options?: BrowserContextOptions) => Promise<Page>
  /** What the pages did that they must never do: errors on the console, broken policy, foreign hosts. */
  readonly complaints: readonly string[]
  /** From now on the station may be away: lost connections are no complaint. */
  readonly stationMayDie: () => void
}

const touched: readonly Size[] = ['kiosk', 'kiosk-landscape', 'touchpad', 'follow']

/** What Chromium says on the console while a station is away; the page shows it in its own way. */
const away = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|ERR_EMPTY_RESPONSE|WebSocket connection to/

/** A test whose pages are watched: it fails at its end when one of them complained. */
export const test = base.extend<{ screens: Screens }>({
  screens: async ({ browser }, use) => {
    const complaints: string[] = []
    let mayDie = false
    const complain = (page: Page, what: string) => {
      if (!(mayDie && away.test(what))) complaints.push(`${new URL(page.url()).pathname}: ${what}`)
    }
    const contexts: { close(): Promise<void> }[] = []
    const open: Screens['open'] = async (size, url, options) => {
      const context = await browser.newContext({ viewport: sizes[size], hasTouch: touched.includes(size), locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options })
      contexts.push(context)
      const page = await context.newPage()
      const { host } = new URL(url)
      page.on('console', (message) => (message.type() === 'error' ? complain(page, `${message.text()} ${message.location().url}`) : undefined))
      page.on('pageerror', (error) => complain(page, `${error.name}: ${error.message}`))
      page.on('request', (request) => (isForeign(request.url(), host) ? complain(page, `asks ${request.url()}`) : undefined))
      page.on('websocket', (socket) => (isForeign(socket.url(), host) ? complain(page, `opens ${socket.url()}`) : undefined))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
      })
      await page.goto(url)
      return page
    }
    await use({ open, complaints, stationMayDie: () => (mayDie = true) })
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints).toEqual([])
  },
})

function isForeign(url: string, host: string): boolean {
  const { protocol, host: asked } = new URL(url)
  return !['data:', 'blob:', 'about:'].includes(protocol) && asked !== host
}

/** Ends the moment after a change of screen in which the kiosk takes no touch. */
export async function settled(kiosk: Page): Promise<void> {
  await expect(kiosk.locator('.kiosk:not([data-dead])')).toBeVisible()
}

/** Whether everything on the page fits its width; the widest thing that does not, otherwise. */
export async function sideways(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return null
    const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1).at(-1)
    return `${scrollWidth} > ${clientWidth}: ${wide?.className ?? ''}`
  })
}

export { expect }
