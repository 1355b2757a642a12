import type { Page } from '@playwright/test'
import { simCards } from '#native/sim/scanner/cards.ts'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, settled, test, type Screens } from './support/screens.ts'

/** A citizen's whole visit on the real screens of one station: touch at the kiosk, keys alone at the counter. */

let office: Office
test.beforeAll(async () => {
  office = await openOffice({ scanner: true })
})
test.afterAll(() => office.close())

const number = /^[A-Z]\d{3}$/

async function tapKeys(kiosk: Page, text: string): Promise<void> {
  const keys = kiosk.getByRole('group', { name: 'Bàn phím' })
  for (const letter of text) await keys.getByRole('button', { name: letter === ' ' ? 'Dấu cách' : letter, exact: true }).tap()
}

/** Takes a number by touch alone: search without accents, papers, priority. */
async function takeNumberByTouch(kiosk: Page): Promise<string> {
  await kiosk.getByRole('button', { name: /^Lấy số/ }).tap()
  await settled(kiosk)
  await kiosk.getByRole('searchbox').tap()
  await settled(kiosk)
  await tapKeys(kiosk, 'dang ky khai sinh')
  await expect(kiosk.getByRole('button', { name: /^Khai sinh / }).first()).toBeVisible()
  await kiosk.getByRole('button', { name: 'Xóa chữ đã gõ' }).tap()
  await tapKeys(kiosk, 'xac nhan thong tin ho tich')
  await kiosk.getByRole('button', { name: /^Xác nhận thông tin hộ tịch/ }).first().tap()
  await settled(kiosk)
  const papers = kiosk.locator('.kiosk-paper').filter({ has: kiosk.getByRole('radio') })
  await papers.first().getByText('Chưa', { exact: true }).tap()
  await kiosk.getByRole('button', { name: /Tôi thuộc diện ưu tiên/ }).tap()
  await settled(kiosk)
  await kiosk.getByRole('button', { name: 'Người cao tuổi' }).tap()
  await settled(kiosk)
  await expect(kiosk.getByText('Ưu tiên: Người cao tuổi')).toBeVisible()
  await kiosk.getByRole('button', { name: /Lấy số/ }).last().tap()
  await expect(kiosk.getByRole('heading', { name: 'Mời Ông/Bà lấy phiếu' })).toBeVisible()
  return kiosk.getByText(number).first().innerText()
}

/** Counts the sounds that the board starts. */
async function openBoard(open: (size: 'board', url: string) => Promise<Page>): Promise<{ readonly board: Page; readonly sounds: () => Promise<number> }> {
  const board = await open('board', office.url('board'))
  await board.evaluate(() => {
    globalThis.AudioBufferSourceNode = class extends AudioBufferSourceNode {
      override start(...when: [number?, number?, number?]): void {
        document.documentElement.dataset['sounds'] = String(Number(document.documentElement.dataset['sounds'] ?? 0) + 1)
        super.start(...when)
      }
    }
  })
  return { board, sounds: () => board.evaluate(() => Number(document.documentElement.dataset['sounds'] ?? 0)) }
}

/** From the card to the accepted dossier, its fee in cash and the end of the visit, on the keyboard alone. */
async function serveByKeys(counter: Page): Promise<void> {
  const card = simCards[2]?.qr ?? ''
  await office.scanner?.scan(card)
  await expect(counter.getByRole('heading', { name: 'Trần Đình Đạt' })).toBeVisible()
  await expect(counter.getByText('0660****1264')).toBeVisible()
  await counter.keyboard.press('Enter')
  await expect(counter.getByLabel('Họ và tên')).toHaveValue('Trần Đình Đạt')
  await expect(counter.getByLabel('Ngày sinh')).toHaveValue('05/01/1951')
  await expect(counter.getByLabel('Nơi thường trú')).toHaveValue('Số 12 đường Giải Phóng, xã Hòa Phú, tỉnh Đắk Lắk')
  await expect(counter.getByLabel('Số điện thoại')).toBeFocused()
  await counter.keyboard.type('0905123456')
  await tickPapersByKeys(counter)
  await counter.keyboard.press('Alt+5')
  await chooseCashByKeys(counter)
  await counter.keyboard.press('F9')
  await expect(counter.locator('.ct-accepted-code')).toHaveText(/^H15\.50\.05\.13-261123-\d{4}$/)
  await expect(counter.getByLabel('Công dân đưa')).toBeFocused()
  await counter.keyboard.type('50000')
  await expect(counter.locator('.ct-change')).toContainText('42.000')
  await counter.keyboard.press('Enter')
  await expect(counter.getByText(/Đã thu 8\.000\sđ\./)).toBeVisible()
}

async function tickPapersByKeys(counter: Page): Promise<void> {
  const ticks = counter.getByRole('grid').getByRole('checkbox')
  await expect(ticks.first()).toBeVisible()
  await counter.keyboard.press('Alt+3')
  for (let row = 0, rows = await ticks.count(); row < rows; row += 1) {
    await expect(ticks.nth(row)).toBeFocused()
    if (!(await ticks.nth(row).isChecked())) await counter.keyboard.press('Space')
    await counter.keyboard.press('ArrowDown')
  }
}

async function chooseCashByKeys(counter: Page): Promise<void> {
  const cash = counter.getByRole('radio', { name: 'Tiền mặt' })
  for (let steps = 0; steps < 8 && !(await cash.isChecked()); steps += 1) await counter.keyboard.press((await counter.getByRole('radio', { name: 'VietQR' }).evaluate((one) => one === document.activeElement)) ? 'ArrowRight' : 'Tab')
  await expect(cash).toBeChecked()
}

test('a visit from the ticket to the rating, and what the other screens show of it', async ({ screens }) => {
  const kiosk = await screens.open('kiosk', office.url('kiosk'))
  const { board, sounds } = await openBoard(screens.open)
  const counter = await screens.open('counter', office.url('counter'))
  const touchpad = await screens.open('touchpad', office.url('touchpad'))
  const supervisor = await screens.open('supervisor', office.url('supervisor'))

  const taken = await takeNumberByTouch(kiosk)
  await office.printer.waitForSlips(1)

  await expect(counter.getByRole('button', { name: new RegExp(`Gọi tiếp.*${taken}, ưu tiên`) })).toBeVisible()
  await counter.keyboard.press('F2')
  await expect(board.getByTestId('hero-number')).toHaveText(taken)
  await expect(board.getByTestId('hero-counter')).toHaveText('3')
  await expect.poll(sounds).toBeGreaterThan(4)
  await expect(board.getByText('Mời số')).toHaveAttribute('data-shown')
  await counter.keyboard.press('F4')
  await expect(touchpad.getByText(taken).first()).toBeVisible()
  await expect(counter.getByRole('button', { name: /Nhận hồ sơ/ })).toBeFocused()

  await serveByKeys(counter)
  await counter.keyboard.press('Escape')
  await counter.keyboard.press('F9')
  await rateOnce(touchpad, counter, taken)

  await expect(supervisor.getByRole('heading', { name: '1 hồ sơ mới' })).toBeVisible()
  await expect(supervisor.getByRole('heading', { name: '1 trong 1 người hài lòng' })).toBeVisible()
  await expect(supervisor.locator('.sv-sum')).toHaveText(/^8\.000\sđ$/)
})

/** One vote, however often it is tapped; the counter shows no word of it and has no button for it. */
async function rateOnce(touchpad: Page, counter: Page, taken: string): Promise<void> {
  const answer = touchpad.getByRole('button', { name: 'Hài lòng', exact: true })
  await expect(answer).toBeVisible()
  await expect(touchpad.getByText(taken).first()).toBeVisible()
  const { x, y, width, height } = (await answer.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await touchpad.touchscreen.tap(x + width / 2, y + height / 2)
  await touchpad.touchscreen.tap(x + width / 2, y + height / 2)
  await expect(touchpad.getByRole('heading', { name: 'Cảm ơn Ông/Bà.' })).toBeVisible()
  await expect(touchpad.getByText('Mời Ông/Bà chờ đến lượt')).toBeVisible()
  await expect(counter.getByRole('button', { name: /đánh giá|hài lòng/i })).toHaveCount(0)
}

/** Every screen of the station with somebody at counter 3 and somebody waiting. */
async function openBusyOffice(screens: Screens) {
  const first = await takeNumber(office)
  const second = await takeNumber(office)
  const pages = {
    kiosk: await screens.open('kiosk', office.url('kiosk')),
    counter: await screens.open('counter', office.url('counter')),
    board: await screens.open('board', office.url('board')),
    touchpad: await screens.open('touchpad', office.url('touchpad')),
    supervisor: await screens.open('supervisor', office.url('supervisor')),
    follow: await screens.open('follow', second.followUrl),
  }
  await expect(pages.counter.getByText(first.number).first()).toBeVisible()
  await pages.counter.keyboard.press('F2')
  await expect(pages.counter.getByText('Công dân đã đến quầy')).toBeVisible()
  await pages.counter.keyboard.press('F4')
  const shown = async () => {
    await expect(pages.counter.locator('.ct-visit')).toHaveAttribute('aria-label', first.number)
    await expect(pages.counter.locator('.ct-queue .ct-next')).toContainText(second.number)
    await expect(pages.board.getByTestId('counter-3')).toContainText(first.number)
    await expect(pages.touchpad.getByText(`Đang phục vụ ${first.number}`)).toBeVisible()
    await expect(pages.kiosk.locator('.kiosk-take-count')).toHaveText('1')
    await expect(pages.supervisor.getByRole('heading', { level: 1 })).toContainText('1 người đang chờ.')
    await expect(pages.follow.getByText('Ông/Bà là người tiếp theo')).toBeVisible()
  }
  await shown()
  return { pages, shown }
}

test('a reload and a station that was killed bring back what every screen showed', async ({ screens }) => {
  const { pages, shown } = await openBusyOffice(screens)
  await Promise.all(Object.values(pages).map((page) => page.reload()))
  await shown()
  for (const page of Object.values(pages)) expect(page.url()).not.toContain('t=')

  screens.stationMayDie()
  await office.kill()
  await expect(pages.counter.getByText(/Mất nối trạm từ/)).toBeVisible()
  await expect(pages.supervisor.getByText(/Mất nối trạm từ/)).toBeVisible()
  await expect(pages.kiosk.getByText('Máy đang nối lại với trạm.')).toBeVisible()
  await expect(pages.board.getByText(/Số liệu \d+ giây trước/)).toBeVisible()
  await office.start()
  await expect(pages.counter.getByText(/Mất nối trạm từ/)).toBeHidden()
  await shown()
  await expect(pages.board.getByText('Số liệu vừa nhận')).toBeVisible()
})
