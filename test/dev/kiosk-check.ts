/**
 * Measures every state of the kiosk in the harness: targets of at least 64 px, inside the screen, not covered and below y = 320 (900 when
 * seated), no text under 25 px, nothing cut off, and no serious finding of axe. Prints what it finds; exit 1 when there is any.
 *   node test/dev/kiosk-check.ts [part of a screen's name]
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import { createServer } from 'vite'

const sizes = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } } as const
const variants = ['', '&text=large', '&theme=contrast', '&lang=en', '&lang=en&text=large'] as const

/** Runs in the page: what a finger or an eye would miss. */
const measure = `(() => {
  const found = []
  const kiosk = document.querySelector('.kiosk')
  const portrait = innerHeight > innerWidth
  const top = !portrait ? 0 : kiosk.dataset.seated ? 900 : 320
  const visible = (e) => { const s = getComputedStyle(e); const b = e.getBoundingClientRect(); return s.visibility !== 'hidden' && b.width > 1 && b.height > 1 && s.clipPath === 'none' }
  const name = (e) => (e.className?.baseVal ?? e.className ?? e.tagName).toString().slice(0, 40) + ' "' + (e.innerText ?? '').replace(/\\s+/g, ' ').slice(0, 40) + '"'
  for (const e of document.querySelectorAll('button, .mc-segment, input.kiosk-search-input')) {
    if (!visible(e)) continue
    const b = e.getBoundingClientRect()
    if (b.width < 64 || b.height < 64) found.push('small ' + Math.round(b.width) + 'x' + Math.round(b.height) + ' ' + name(e))
    if (b.left < 0 || b.top < 0 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1) found.push('outside ' + name(e))
    if (b.top < top - 1) found.push('too high y=' + Math.round(b.top) + ' ' + name(e))
    const hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2)
    if (hit === null || !(e.contains(hit) || hit.contains(e))) found.push('covered ' + name(e))
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement
    if (texts.currentNode.textContent.trim() === '' || !visible(e) || e.closest('.visually-hidden, svg, script')) continue
    const size = parseFloat(getComputedStyle(e).fontSize)
    if (size < 24.9) found.push('text of ' + size + ' px ' + name(e))
    const range = document.createRange(); range.selectNodeContents(texts.currentNode)
    const b = range.getBoundingClientRect()
    if (e.closest('.ellipsis, .two-lines')) continue
    for (let box = e; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box)
      const c = box.getBoundingClientRect()
      const clips = style.overflow === 'hidden' || box.tagName === 'BUTTON' || box.classList.contains('mc-segment') || box.classList.contains('kiosk-read') || box.classList.contains('kiosk-touch') || box.classList.contains('kiosk-main')
      if (style.display !== 'contents' && clips && (b.right > c.right + 2 || b.bottom > c.bottom + 6 || b.left < c.left - 2 || b.top < c.top - 6)) { found.push('cut off in ' + name(box).slice(0, 30) + ': ' + name(e)); break }
    }
  }
  return [...new Set(found)]
})()`

async function check(page: Page, address: string, screen: string, layout: keyof typeof sizes, variant: string): Promise<readonly string[]> {
  await page.setViewportSize(sizes[layout])
  await page.goto(`${address}dev.html?screen=${screen}${variant}`, { waitUntil: 'load' })
  await page.waitForSelector('.kiosk:not([data-dead])')
  await page.evaluate('document.fonts.ready')
  const found = await page.evaluate<string[]>(measure)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return [...found, ...violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `axe ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 100)).join(' ')}`)]
}

const server = await createServer({
  configFile: join(import.meta.dirname, '../../vite.config.ts'),
  cacheDir: join(tmpdir(), 'motcua-vite'),
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  optimizeDeps: { entries: ['dev.html'] },
  logLevel: 'warn',
})
await server.listen()
const address = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
let checked = 0
let wrong = 0
try {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${address}dev.html`, { waitUntil: 'networkidle' })
  const screens = (await page.locator('a').allInnerTexts()).filter((name) => name.startsWith('kiosk-') && name.includes(process.argv[2] ?? ''))
  for (const screen of screens) {
    for (const layout of ['portrait', 'landscape'] as const) {
      for (const variant of variants) {
        if (screen.endsWith('-seated') && layout === 'landscape') continue
        const found = await check(page, address, screen, layout, variant)
        checked++
        wrong += found.length
        for (const one of found) console.log(`${screen} ${layout} ${variant}: ${one}`)
      }
    }
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(`${checked} pictures of the kiosk checked, ${wrong} findings`)
process.exitCode = wrong === 0 && checked > 0 ? 0 : 1
