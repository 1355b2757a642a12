import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startChild, type Child } from '#main/demo/processes.ts'
import { id, openScreen } from '#main/demo/client.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, settled, sideways, test } from './support/screens.ts'

/** Every screen in its main states: nothing serious or critical for axe, nothing wider than the screen. */

let office: Office
test.beforeAll(async () => {
  office = await openOffice()
})
test.afterAll(() => office.close())

/**
 * React Aria's announcer keeps what it said for seconds, with a name that was on the button it spoke of: not the page's own words.
 * @returns serious and critical violations, each with the first elements it was found on
 */
async function violations(page: Page, onlyColours: boolean): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).exclude('[data-live-announcer]')
  const { violations: found } = await (onlyColours ? axe.withRules(['color-contrast']) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])).analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id: rule, nodes }) => `${rule}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim() ?? ''})`).join('; ')}`)
}

async function sound(page: Page, state: string, onlyColours = false): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => null))))
  expect.soft(await violations(page, onlyColours), state).toEqual([])
  expect.soft(await sideways(page), state).toBeNull()
}

const themes = ['light', 'dark', 'contrast'] as const

test('kiosk', async ({ screens }) => {
  const kiosk = await screens.open('kiosk', office.url('kiosk'))
  await settled(kiosk)
  await sound(kiosk, 'start')
  await kiosk.getByRole('button', { name: /^Lấy số/ }).click()
  await settled(kiosk)
  await sound(kiosk, 'list')
  await kiosk.getByRole('searchbox').click()
  await kiosk.keyboard.type('ho tich')
  await sound(kiosk, 'search')
  await kiosk.getByRole('button', { name: /^Xác nhận thông tin hộ tịch/ }).first().click()
  await settled(kiosk)
  await sound(kiosk, 'procedure')
  await kiosk.getByRole('button', { name: /Tôi thuộc diện ưu tiên/ }).click()
  await settled(kiosk)
  await sound(kiosk, 'priority')
  await kiosk.getByRole('button', { name: 'Tương phản' }).or(kiosk.getByRole('button', { name: 'Chữ to' })).first().click()
  await sound(kiosk, 'priority, large')
  await kiosk.getByRole('button', { name: 'Quay lại' }).click()
  await settled(kiosk)
  await kiosk.getByRole('button', { name: /Lấy số/ }).last().click()
  await expect(kiosk.getByRole('heading', { name: 'Mời Ông/Bà lấy phiếu' })).toBeVisible()
  await settled(kiosk)
  await sound(kiosk, 'ticket, large')
})

test('kiosk in contrast and in English', async ({ screens }) => {
  const kiosk = await screens.open('kiosk-landscape', office.url('kiosk'))
  await kiosk.getByRole('button', { name: 'Tương phản' }).click()
  await kiosk.getByText('English', { exact: true }).click()
  await expect(kiosk.locator('html')).toHaveAttribute('lang', 'en')
  await sound(kiosk, 'start')
  await kiosk.getByRole('button', { name: /^Get a number|^Take a number/ }).click()
  await settled(kiosk)
  await sound(kiosk, 'list')
})

test('counter: queue, visit, help, intake and accepted, in every theme', async ({ screens }) => {
  const { number } = await takeNumber(office, '1.001193')
  await takeNumber(office)
  const counter = await screens.open('counter', office.url('counter'))
  const inThemes = async (state: string) => {
    for (const theme of themes) {
      await counter.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
      await sound(counter, `${state}, ${theme}`, theme !== 'light')
    }
  }
  await expect(counter.locator('.ct-queue')).toContainText(number)
  await inThemes('queue')
  await counter.keyboard.press('F1')
  await inThemes('help')
  await counter.keyboard.press('Escape')
  await counter.keyboard.press('F2')
  await counter.getByText('Công dân đã đến quầy').waitFor()
  await counter.keyboard.press('F4')
  await expect(counter.getByRole('button', { name: /Nhận hồ sơ/ })).toBeFocused()
  await counter.keyboard.press('F6')
  await inThemes('visit and hold')
  await counter.keyboard.press('Escape')
  await counter.getByRole('button', { name: /Nhận hồ sơ/ }).click()
  await expect(counter.getByLabel('Họ và tên')).toBeVisible()
  await counter.keyboard.press('F9')
  await inThemes('intake with problems')
  await fill(counter)
  await counter.keyboard.press('F9')
  await expect(counter.locator('.ct-accepted-code')).toBeVisible()
  await inThemes('accepted')
  await counter.keyboard.press('Escape')
  await counter.keyboard.press('F9')
})

/** A person without a card. */
async function fill(counter: Page): Promise<void> {
  for (const [field, value] of [['Họ và tên', 'Bùi Thị Ngọc Ánh'], ['Số định danh', '099190001234'], ['Ngày sinh', '01/02/1990'], ['Nơi thường trú', 'Thôn 2, xã Hòa Phú, tỉnh Đắk Lắk'], ['Số điện thoại', '0905123456']] as const) await counter.getByLabel(field, { exact: true }).fill(value)
  await counter.getByLabel('Giới tính').selectOption('female')
  // The list of papers comes with the catalogue, a moment after the form.
  await expect(counter.getByRole('grid').getByRole('checkbox').first()).toBeVisible()
  for (const box of await counter.getByRole('grid').getByRole('checkbox').all()) if (!(await box.isChecked())) await box.click()
}

for (const size of [{ width: 1366, height: 768 }, { width: 1280, height: 720 }, { width: 683, height: 384 }]) {
  test(`counter at ${size.width} × ${size.height}: nothing scrolls sideways`, async ({ screens }) => {
    await takeNumber(office)
    const counter = await screens.open('counter', office.url('counter'), { viewport: size })
    await expect(counter.locator('.ct-queue .ct-next')).toBeVisible()
    expect.soft(await sideways(counter), 'queue').toBeNull()
    await counter.keyboard.press('F1')
    expect.soft(await sideways(counter), 'help').toBeNull()
    await counter.keyboard.press('Escape')
    await counter.keyboard.press('F2')
    await counter.getByText('Công dân đã đến quầy').waitFor()
    await counter.keyboard.press('F4')
    await expect(counter.getByRole('button', { name: /Nhận hồ sơ/ })).toBeFocused()
    expect.soft(await sideways(counter), 'visit').toBeNull()
    await counter.keyboard.press('Enter')
    await expect(counter.getByLabel('Họ và tên')).toBeVisible()
    await counter.keyboard.press('F9')
    expect.soft(await sideways(counter), 'intake').toBeNull()
    await counter.keyboard.press('Escape')
    await counter.keyboard.press('F9')
  })
}

test('board, touchpad and follow page', async ({ screens }) => {
  const { id: ticketId, number, followUrl } = await takeNumber(office, '2.002516')
  const board = await screens.open('board', office.url('board'))
  const touchpad = await screens.open('touchpad', office.url('touchpad-2'))
  const follow = await screens.open('follow', followUrl)
  await expect(touchpad.getByText('Mời Ông/Bà chờ đến lượt')).toBeVisible()
  await sound(touchpad, 'touchpad idle')
  await sound(follow, 'follow waiting')
  const { client, close } = await openScreen(office.url('counter-2'))
  const act = (action: Parameters<typeof client.counter.do>[0]['action']) => client.counter.do({ commandId: id(), action })
  await act({ kind: 'call', ticketId })
  await expect(board.getByTestId('hero-number')).toHaveText(number)
  await expect(board.getByText('Mời số')).toHaveAttribute('data-shown')
  await sound(board, 'board calling')
  await expect(follow.getByText('Mời đến quầy 2')).toBeVisible()
  await sound(follow, 'follow called')
  await act({ kind: 'start' })
  const { dossier } = await client.counter.accept({ commandId: id(), ...form(ticketId) })
  const { paymentId } = await client.counter.askVietQr({ commandId: id(), code: dossier.code, amount: dossier.feeTotal })
  await expect(touchpad.getByRole('img', { name: /Mã VietQR/ })).toBeVisible()
  await sound(touchpad, 'touchpad payment')
  await client.counter.confirmVietQr({ commandId: id(), paymentId, bankReference: 'FT0001' })
  await act({ kind: 'finish' })
  await expect(touchpad.getByRole('button', { name: 'Không hài lòng', exact: true })).toBeVisible()
  await sound(touchpad, 'touchpad rating')
  await touchpad.getByRole('button', { name: 'Không hài lòng', exact: true }).tap()
  await expect(touchpad.getByRole('button', { name: 'Gửi đánh giá' })).toBeVisible()
  await sound(touchpad, 'touchpad why')
  close()
})

const form = (ticketId: string) => ({
  ticketId, procedure: '2.002516', channel: 'DIRECT' as const, processing: 0,
  person: { fullName: 'Lê Quang Vinh', idNumber: '099090001234', oldIdNumber: '', dob: '1990-01-01', sex: 'male' as const, address: 'Thôn 1', idIssued: '', phone: '0905123456', email: '' },
  fromCard: [], submitter: 'owner' as const, papers: [{ name: 'Tờ khai', original: 1, copy: 0, kind: 'submit' as const }], sets: 1, resultBy: 'counter' as const, fees: [{ fee: 0, quantity: 1 }], dueChange: null,
})

test('supervisor: overview, screens, devices, set-up', async ({ screens }) => {
  const supervisor = await screens.open('supervisor', office.url('supervisor'))
  await expect(supervisor.getByRole('heading', { level: 1 })).toBeVisible()
  await sound(supervisor, 'overview')
  for (const tab of ['Màn hình', 'Thiết bị', 'Thiết lập']) {
    await supervisor.getByRole('link', { name: tab, exact: true }).click()
    await expect(supervisor.getByRole('heading').first()).toBeVisible()
    await sound(supervisor, tab)
  }
})

test.describe('central', () => {
  let central: Child<{ readonly url: string }>
  const data = mkdtempSync(join(tmpdir(), 'motcua-e2e-central-'))
  test.beforeAll(async () => {
    central = await startChild(['central', '--data', data, '--port', '0'], join(data, 'stderr.log'))
  })
  test.afterAll(async () => {
    await central.stop()
    rmSync(data, { recursive: true, force: true })
  })

  test('its page', async ({ screens }) => {
    const page = await screens.open('supervisor', central.ready.url)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await sound(page, 'central')
    const before = await page.locator('time').innerText()
    const heading = await page.locator('main').elementHandle()
    await expect(page.locator('time')).not.toHaveText(before)
    expect(await heading?.evaluate((main) => main.isConnected)).toBe(true)
  })
})
