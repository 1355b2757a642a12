import type { Page } from '@playwright/test'
import type { CounterView } from '#contract/counter.ts'
import { id, openScreen, type StationClient } from '#main/demo/client.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, test } from './support/screens.ts'

/** The clerk's screen, step by step; each test leaves counter 3 free and nobody waiting. */

let office: Office
test.beforeAll(async () => {
  office = await openOffice({ scanner: true })
})
test.afterAll(() => office.close())
test.afterEach(async () => {
  office.printer.setFault(null)
  await sweep()
})

/** Ends every visit of counter 3, so that a failed test does not fail the next one. */
async function sweep(): Promise<void> {
  const { client, close } = await openScreen(office.url('counter-3'))
  const act = (action: Parameters<typeof client.counter.do>[0]['action']) => client.counter.do({ commandId: id(), action })
  for (let swept = false; !swept; ) {
    const view = await viewNow(client)
    if (view.current) await act(view.current.ticket.state === 'called' ? { kind: 'start' } : { kind: 'finish' })
    else if (view.held[0]) await act({ kind: 'resume', ticketId: view.held[0].ticket.id })
    else if (view.mine.length > 0) await act({ kind: 'call-next', finishCurrent: false })
    else swept = true
  }
  close()
}

/** The counter as it is now: a view that was open before may be told a moment later. */
async function viewNow(client: StationClient): Promise<CounterView> {
  for await (const view of await client.counter.live()) return view
  throw new Error('no view')
}

const openCounter = (open: (size: 'counter', url: string) => Promise<Page>) => open('counter', office.url('counter'))
const visit = (counter: Page) => counter.locator('.ct-visit')

/** Calls the next number and begins. */
async function begin(counter: Page, number: string): Promise<void> {
  await expect(counter.locator('.ct-queue .ct-next')).toContainText(number)
  await counter.keyboard.press('F2')
  await expect(counter.getByText('Công dân đã đến quầy')).toBeVisible()
  await counter.keyboard.press('F4')
  await expect(counter.getByRole('button', { name: /Nhận hồ sơ/ })).toBeFocused()
}

/** An intake that could be accepted: card, phone, every paper. */
async function fillIntake(counter: Page): Promise<void> {
  await office.scanner?.scan(simCards[1]?.qr ?? '')
  await expect(visit(counter).getByRole('heading', { name: 'Nguyễn Hoàng Phương Uyên Thảo' })).toBeVisible()
  await counter.keyboard.press('Enter')
  await expect(counter.getByLabel('Họ và tên')).toHaveValue('Nguyễn Hoàng Phương Uyên Thảo')
  await counter.getByLabel('Số điện thoại').fill('0905 123 456')
  // The list of papers comes with the catalogue, a moment after the form.
  await expect(counter.getByRole('grid').getByRole('checkbox').first()).toBeVisible()
  for (const box of await counter.getByRole('grid').getByRole('checkbox').all()) if (!(await box.isChecked())) await box.click()
}

const code = (counter: Page) => counter.locator('.ct-accepted-code')

test('nobody came: three calls, absent, back into the queue, called again', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  await expect(counter.locator('.ct-queue .ct-next')).toContainText(number)
  await counter.keyboard.press('F2')
  await expect(counter.getByText(/Gọi lần 1/)).toBeVisible()
  for (const times of [2, 3]) {
    await counter.keyboard.press('F3')
    await expect(counter.getByText(`Gọi lần ${times}`)).toBeVisible()
  }
  await counter.keyboard.press('F3')
  await expect(counter.getByText('Đã gọi đủ số lần. Chuyển sang Vắng mặt để gọi người tiếp theo.')).toBeVisible()
  await counter.keyboard.press('F8')
  const absent = counter.locator('.ct-queue li').filter({ hasText: 'Gọi 3 lần' })
  await expect(absent).toContainText(number)
  await absent.getByRole('button').first().click()
  await counter.getByRole('button', { name: `Đưa ${number} về hàng chờ` }).click()
  await expect(counter.locator('.ct-queue .ct-next')).toContainText('Quay lại')
  await counter.keyboard.press('F2')
  await expect(visit(counter)).toHaveAttribute('aria-label', number)
})

test('hold with a reason and resume; the note outlives a reload', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  await begin(counter, number)
  await counter.keyboard.press('Alt+n')
  await counter.keyboard.type('Chờ người nhà mang giấy')
  await expect(counter.getByText(/Đã lưu \d\d:\d\d/)).toBeVisible()
  // What is said may be of a pause in the middle of the typing.
  const desk = await openScreen(office.url('counter-3'))
  await expect.poll(async () => (await viewNow(desk.client)).current?.ticket.note).toBe('Chờ người nhà mang giấy')
  desk.close()
  await counter.reload()
  await expect(counter.getByLabel('Ghi chú lượt này')).toHaveValue('Chờ người nhà mang giấy')
  await counter.keyboard.press('F6')
  await expect(counter.getByLabel('Lý do tạm giữ')).toBeFocused()
  await counter.keyboard.type('Đi sao giấy tờ')
  await counter.keyboard.press('Enter')
  const held = counter.locator('.ct-queue li').filter({ hasText: 'Đi sao giấy tờ' })
  await expect(held).toContainText(number)
  await held.getByRole('button').first().click()
  await counter.getByRole('button', { name: `Tiếp tục ${number}` }).click()
  await expect(visit(counter)).toHaveAttribute('aria-label', number)
  await expect(counter.getByText('đang phục vụ')).toBeVisible()
})

test('transfer to another service: gone here, waiting there with its old number', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  const other = await screens.open('counter', office.url('counter-4'))
  await begin(counter, number)
  await counter.keyboard.press('F7')
  await expect(counter.getByLabel('Lý do chuyển')).toBeFocused()
  await counter.keyboard.press('Enter')
  await expect(counter.getByText('Mời ghi lý do, vài chữ là đủ.')).toBeVisible()
  await counter.keyboard.type('Cần làm cư trú trước')
  await counter.getByRole('radiogroup', { name: 'Chuyển sang việc' }).getByText('Cư trú').click()
  await counter.getByRole('button', { name: `Chuyển ${number}` }).click()
  await expect(visit(counter)).toHaveAttribute('aria-label', 'Chưa gọi số nào')
  await expect(other.locator('.ct-queue')).toContainText(number)
  await other.keyboard.press('F2')
  await expect(visit(other)).toHaveAttribute('aria-label', number)
  await other.keyboard.press('F4')
  await expect(other.getByRole('button', { name: /Nhận hồ sơ/ })).toBeVisible()
  await other.keyboard.press('F9')
  await expect(visit(other)).toHaveAttribute('aria-label', 'Chưa gọi số nào')
})

test('a wrong phone number stops F9 and has the focus; the draft outlives a reload; two presses of F9 make one dossier', async ({ screens }) => {
  const { id: ticketId, number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  await begin(counter, number)
  await fillIntake(counter)
  await counter.getByLabel('Số điện thoại').fill('0905 123')
  await counter.getByLabel('Email').focus()
  await counter.keyboard.press('F9')
  await expect(counter.getByLabel('Số điện thoại')).toBeFocused()
  await expect(counter.getByText(/Số điện thoại thiếu 3 chữ số/)).toBeVisible()
  await expect(counter.getByText('Còn 1 ô cần sửa:')).toBeVisible()
  await expect(code(counter)).toHaveCount(0)

  await expect(counter.getByText(/Nháp tự lưu \d\d:\d\d/)).toBeVisible()
  // What is said may be of the number as it was before.
  const desk = await openScreen(office.url('counter-3'))
  await expect.poll(async () => (await desk.client.counter.loadDraft({ ticketId }))?.form).toMatchObject({ person: { phone: '0905 123' } })
  await counter.reload()
  await expect(visit(counter)).toHaveAttribute('aria-label', number)
  await counter.getByRole('button', { name: /Nhận hồ sơ/ }).click()
  await expect(counter.getByLabel('Số điện thoại')).toHaveValue('0905 123')
  await expect(counter.getByLabel('Họ và tên')).toHaveValue('Nguyễn Hoàng Phương Uyên Thảo')

  await counter.getByLabel('Số điện thoại').fill('0905 123 456')
  await counter.evaluate(() => {
    for (let press = 0; press < 2; press += 1) globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: 'F9', code: 'F9', bubbles: true, cancelable: true }))
  })
  await expect(code(counter)).toBeVisible()
  const accepted = await code(counter).innerText()
  await counter.keyboard.press('Escape')
  const today = counter.locator('.ct-lines').filter({ hasText: accepted.slice(-4) })
  await expect(today.first()).toBeVisible()
  await expect(counter.getByText('Đã nhận trong lượt này')).toBeVisible()
  expect((await viewNow(desk.client)).current?.dossiers.map((one) => one.code)).toEqual([accepted])
  desk.close()
})

test('VietQR: shown to the citizen, confirmed by the clerk with the reference of the bank', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  const touchpad = await screens.open('touchpad', office.url('touchpad'))
  await begin(counter, number)
  await fillIntake(counter)
  await counter.getByText('VietQR', { exact: true }).click()
  await counter.keyboard.press('F9')
  await counter.getByRole('button', { name: /Đưa mã QR/ }).click()
  await expect(touchpad.getByRole('img', { name: /Mã VietQR trả 8\.000/ })).toBeVisible()
  await touchpad.reload()
  await expect(touchpad.getByRole('img', { name: /Mã VietQR trả 8\.000/ })).toBeVisible()
  await counter.getByRole('button', { name: /Đã thấy tiền vào/ }).click()
  await expect(counter.getByText(/ít nhất 4 ký tự cuối/)).toBeVisible()
  await counter.getByLabel(/Mã giao dịch/).fill('FT26327000009')
  await counter.keyboard.press('Enter')
  await expect(counter.getByText(/Đã thu 8\.000/)).toBeVisible()
  await expect(touchpad.getByRole('img', { name: /Mã VietQR/ })).toBeHidden()
})

test('the printer dies in the middle of a receipt: the clerk is asked, and prints it again or says that it is there', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await openCounter(screens.open)
  await begin(counter, number)
  for (const answer of ['In lại', 'Đã in'] as const) {
    if (answer === 'In lại') await fillIntake(counter)
    office.printer.setFault('die-after=600')
    if (answer === 'In lại') await counter.keyboard.press('F9')
    else await counter.getByRole('button', { name: 'In lại' }).first().click()
    const doubt = counter.locator('.ct-alerts').getByText(/Chưa rõ giấy hẹn .* đã in chưa\./)
    await expect(doubt).toBeVisible()
    office.printer.setFault(null)
    const before = office.printer.slips.length
    await counter.locator('.ct-alerts').getByRole('button', { name: answer }).click()
    await expect(doubt).toBeHidden()
    if (answer === 'In lại') await expect.poll(() => office.printer.slips.length).toBe(before + 1)
    else expect(office.printer.slips.length).toBe(before)
  }
})

test.describe('a counter with its own station', () => {
  let desk: Office
  const token = 'lien-ket-thu-nghiem-0123456789'
  let hub: Office
  test.beforeAll(async () => {
    hub = await openOffice({ config: { roles: ['hub', 'kiosk', 'board', 'supervisor'], counter: null, station: { id: 'hub', name: 'Ki-ốt 1' }, stations: [{ id: 'quay-2', token, counters: [2] }] } })
    desk = await openOffice({ config: { roles: ['counter', 'touchpad', 'supervisor'], counter: 2, station: { id: 'quay-2', name: 'Quầy 2' }, hub: { url: hub.origin, token } } })
  })
  test.afterAll(async () => {
    await desk.close()
    await hub.close()
  })

  test('the hub is lost: a band says since when, the counter calls what is leased to it, takes dossiers in, and merges when it is back', async ({ screens }) => {
    // By turns over the counters of the service: the first is counter 3's, which lives on the hub, the second this counter's.
    const [, { number }] = [await takeNumber(hub), await takeNumber(hub)]
    const counter = await screens.open('counter', desk.url('counter'))
    await expect(counter.locator('.ct-queue')).toContainText(number)
    await hub.kill()
    await expect(counter.getByText(/Mất nối máy chủ hàng chờ từ \d\d:\d\d/)).toBeVisible()
    await expect(counter.locator('.ct-queue .ct-next')).toContainText(number)
    await counter.keyboard.press('F2')
    await expect(visit(counter)).toHaveAttribute('aria-label', number)
    await hub.start()
    await expect(counter.getByText(/Mất nối máy chủ hàng chờ từ/)).toBeHidden()
    await expect(visit(counter)).toHaveAttribute('aria-label', number)
    const board = await screens.open('board', hub.url('board'))
    await expect(board.getByText(number).first()).toBeVisible()
  })
})
