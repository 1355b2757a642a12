import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'

const usage = 'node test/dev/shot.ts <screen> <w>x<h> <out.png> [theme=dark] [text=large] [lang=en] [axe] [click=<text>] [wait=<ms>] [-- <screen> …]'
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync']

interface Shot {
  readonly screen: string
  readonly width: number
  readonly height: number
  readonly out: string
  readonly query: readonly string[]
  readonly steps: readonly string[]
  readonly axe: boolean
}

function readShot(words: readonly string[]): Shot {
  const [screen, size, out, ...rest] = words
  const [width, height] = (size ?? '').split('x').map(Number)
  if (screen === undefined || out === undefined || width === undefined || height === undefined) throw new Error(usage)
  return {
    screen,
    width,
    height,
    out,
    query: rest.filter((word) => /^(theme|text|lang)=/.test(word)),
    steps: rest.filter((word) => /^(click|wait)=/.test(word)),
    axe: rest.includes('axe'),
  }
}

/** Cuts the command line at `--` into one shot each. */
function readShots(words: readonly string[]): readonly Shot[] {
  const groups: string[][] = [[]]
  for (const word of words) {
    if (word === '--') groups.push([])
    else groups.at(-1)?.push(word)
  }
  return groups.map(readShot)
}

async function step(page: Page, word: string): Promise<void> {
  const value = word.slice(word.indexOf('=') + 1)
  if (word.startsWith('wait=')) return page.waitForTimeout(Number(value))
  await page.getByRole('button', { name: value }).or(page.getByRole('radio', { name: value })).first().click({ timeout: 5000 })
  await page.waitForTimeout(500)
}

async function take(browser: Browser, address: string, shot: Shot): Promise<void> {
  const context = await browser.newContext({ viewport: { width: shot.width, height: shot.height } })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${shot.screen}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.error(`${shot.screen}: ${message.text()}`)
  })
  await page.goto(`${address}dev.html?${[`screen=${shot.screen}`, ...shot.query].join('&')}`, { waitUntil: 'networkidle' })
  await page.evaluate('document.fonts.ready')
  for (const word of shot.steps) await step(page, word)
  await page.waitForTimeout(400)
  await page.screenshot({ path: shot.out })
  if (shot.axe) {
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const found of violations) {
      console.log(`${shot.screen} axe ${found.impact}: ${found.id} (${found.help})\n  ${found.nodes.map((node) => node.html.slice(0, 160)).join('\n  ')}`)
    }
    if (violations.length === 0) console.log(`${shot.screen} axe: nothing`)
  }
  await context.close()
}

/** A vite server on a free port, or the one that SHOT_URL names. */
async function serve(): Promise<{ readonly address: string; readonly server: ViteDevServer | null }> {
  const given = process.env['SHOT_URL']
  if (given !== undefined) return { address: given.endsWith('/') ? given : `${given}/`, server: null }
  const server = await createServer({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    cacheDir: join(tmpdir(), 'motcua-vite'),
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { entries: ['dev.html'] },
    logLevel: 'warn',
  })
  await server.listen()
  return { address: server.resolvedUrls?.local[0] ?? '', server }
}

const { address, server } = await serve()
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags })
try {
  for (const shot of readShots(process.argv.slice(2))) await take(browser, address, shot)
} finally {
  await browser.close()
  await server?.close()
}
