import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { findBrowser } from '#shell/find-browser.ts'
import type { DemoOffice } from './office.ts'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required']

/** The screens of the office in a real browser, headless, at their real sizes. */
export interface Screens {
  readonly browser: Browser
  readonly kiosk: Page
  readonly counter: Page
  readonly board: Page
  readonly touchpad: Page
  readonly shoot: (page: Page, name: string) => Promise<void>
  readonly names: string[]
}

/** Opens the screens; rejects with what to install when the machine has no browser. */
export async function openScreens(office: DemoOffice, out: string): Promise<Screens> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('demo: cần Chromium, Chrome hoặc Edge (apt-get install chromium)')
  const browser = await chromium.launch({ executablePath, args: flags })
  const open = async (url: string | undefined, width: number, height: number) => {
    const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
    page.setDefaultTimeout(15_000)
    await page.goto(url ?? '')
    return page
  }
  const { hub, 'quay-3': quay3 } = office.stations
  const [kiosk, counter, board, touchpad] = await Promise.all([
    open(hub.child.ready.urls.kiosk, 1080, 1920),
    open(quay3.child.ready.urls.counter, 1366, 768),
    open(hub.child.ready.urls.board, 1920, 1080),
    open(quay3.child.ready.urls.touchpad, 1024, 768),
  ])
  const names: string[] = []
  const shoot = async (page: Page, name: string) => {
    await page.evaluate('document.fonts.ready.then(() => null)')
    await page.screenshot({ path: join(out, name) })
    names.push(name)
  }
  return { browser, kiosk, counter, board, touchpad, shoot, names }
}

/**
 * The first citizen: kiosk, call, board, card, dossier, VietQR on the touchpad, rating; every step a click or a key. `meanwhile` happens
 * between the call and the board.
 */
export async function firstCitizen<T>(office: DemoOffice, screens: Screens, meanwhile: () => Promise<T>): Promise<T> {
  const number = await takeNumber(screens)
  await callNext(screens, number)
  const result = await meanwhile()
  await overview(office, screens)
  await seeAndStart(screens, number)
  await takeDossierIn(office, screens)
  await payByQr(screens)
  await rate(screens, number)
  return result
}

async function takeNumber({ kiosk, shoot }: Screens): Promise<string> {
  await kiosk.getByRole('button', { name: /Lấy số/ }).first().waitFor()
  await shoot(kiosk, 'kiosk.png')
  await kiosk.getByRole('button', { name: /Lấy số/ }).first().click()
  await settle(kiosk)
  await kiosk.getByRole('searchbox').click()
  await settle(kiosk)
  await kiosk.keyboard.type('xac nhan thong tin ho tich')
  await shoot(kiosk, 'kiosk-search.png')
  await kiosk.getByRole('button', { name: /Xác nhận thông tin hộ tịch/ }).first().click()
  await settle(kiosk)
  for (const answer of await kiosk.locator('label').filter({ hasText: /^Có$/ }).all()) await answer.click()
  await shoot(kiosk, 'kiosk-procedure.png')
  await kiosk.getByRole('button', { name: /Lấy số/ }).last().click()
  await kiosk.getByText('Mời Ông/Bà lấy phiếu').waitFor()
  const number = await kiosk.getByText(/^[A-Z]\d{3}$/).first().innerText()
  await shoot(kiosk, 'kiosk-ticket.png')
  return number
}

/** Screens ignore touches for a moment after they change. */
const settle = (page: Page) => page.waitForTimeout(450)

async function callNext({ counter }: Screens, number: string): Promise<void> {
  await counter.getByText(number).first().waitFor()
  await counter.keyboard.press('F2')
}

/** The head of the office looks in while people wait. */
async function overview(office: DemoOffice, { browser, shoot }: Screens): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
  await page.goto(office.stations.hub.child.ready.urls.supervisor ?? '')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await shoot(page, 'supervisor.png')
  await page.close()
}

async function seeAndStart({ counter, board, shoot }: Screens, number: string): Promise<void> {
  // The board shows one call at a time, in the order of the voice, at least six seconds each.
  await board.getByTestId('hero-number').getByText(number).waitFor({ timeout: 45_000 })
  await board.waitForTimeout(2_500)
  await shoot(board, 'board.png')
  await counter.keyboard.press('F4')
  await counter.getByRole('button', { name: /Nhận hồ sơ/ }).waitFor()
}

async function takeDossierIn({ scanner }: DemoOffice, { counter, shoot }: Screens): Promise<void> {
  scanner.send('card 1')
  await counter.getByText(/\d{4}\*{4}\d{4}/).first().waitFor()
  await shoot(counter, 'counter.png')
  await counter.keyboard.press('Enter')
  await counter.getByLabel('Số điện thoại').fill('0905 123 456')
  const papers = counter.locator('main').getByRole('checkbox')
  for (const box of [papers.nth(0), papers.nth(1), papers.nth(3)]) if (!(await box.isChecked())) await box.press('Space')
  await counter.getByText('VietQR', { exact: true }).click()
  await shoot(counter, 'counter-intake.png')
  await counter.keyboard.press('F9')
  await counter.getByText(/H15\.50\.05\.13-\d{6}-\d{4}/).first().waitFor()
}

async function payByQr({ counter, touchpad, shoot }: Screens): Promise<void> {
  await counter.getByRole('button', { name: /Đưa mã QR/ }).click()
  await touchpad.getByText(/8\.000/).first().waitFor()
  await shoot(touchpad, 'touchpad-payment.png')
  await counter.getByLabel(/Mã giao dịch/).fill('FT26327000001')
  await counter.getByRole('button', { name: /Đã thấy tiền vào/ }).click()
  await counter.getByText(/Đã thu/).first().waitFor()
  await shoot(counter, 'counter-paid.png')
}

async function rate({ counter, touchpad, shoot }: Screens, number: string): Promise<void> {
  await counter.keyboard.press('Escape')
  await counter.keyboard.press('F9')
  await touchpad.getByText(number).first().waitFor()
  await touchpad.getByRole('button', { name: 'Hài lòng', exact: true }).waitFor()
  await shoot(touchpad, 'touchpad.png')
  await touchpad.getByRole('button', { name: 'Hài lòng', exact: true }).click()
  await touchpad.getByText(/Cảm ơn/).waitFor()
}

/** Central's page and the boards after the crowd. */
export async function lastPictures(office: DemoOffice, { browser, board, shoot }: Screens): Promise<void> {
  const central = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await central.goto(office.central.ready.url)
  await shoot(central, 'central.png')
  await shoot(board, 'board-after.png')
}
