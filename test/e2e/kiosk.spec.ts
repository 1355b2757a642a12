import type { Page } from '@playwright/test'
import { openScreen, id } from '#main/demo/client.ts'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, settled, sideways, test } from './support/screens.ts'

let office: Office
test.beforeAll(async () => {
  office = await openOffice()
})
test.afterAll(() => office.close())
test.afterEach(() => office.printer.setFault(null))

/** From the first screen to the papers of a procedure. */
async function toProcedure(kiosk: Page): Promise<void> {
  await kiosk.getByRole('button', { name: /^Lấy số/ }).click()
  await settled(kiosk)
  await kiosk.getByRole('searchbox').click()
  await kiosk.keyboard.type('xac nhan thong tin ho tich')
  await kiosk.getByRole('button', { name: /^Xác nhận thông tin hộ tịch/ }).first().click()
  await settled(kiosk)
}

const take = (kiosk: Page) => kiosk.getByRole('button', { name: /Lấy số/ }).last().click()
const slipsNow = () => office.printer.slips.length

test('no paper: said before a number is given, then the number on the screen with its QR and no slip', async ({ screens }) => {
  const before = slipsNow()
  office.printer.setFault('paper-out')
  const kiosk = await screens.open('kiosk', office.url('kiosk'))
  await expect(kiosk.getByText('Máy in hết giấy.')).toBeVisible()
  await toProcedure(kiosk)
  await take(kiosk)
  await settled(kiosk)
  await expect(kiosk.getByRole('heading', { name: 'Máy in hết giấy' })).toBeVisible()
  await expect(kiosk.getByText('nhận phiếu ở quầy 1')).toBeVisible()
  await kiosk.getByRole('button', { name: 'Lấy số trên màn hình' }).click()
  await expect(kiosk.getByText('Số này chỉ có trên màn hình.')).toBeVisible()
  await expect(kiosk.getByText(/^[A-Z]\d{3}$/)).toBeVisible()
  await expect(kiosk.getByRole('img', { name: /Mã QR để theo dõi số/ })).toBeVisible()
  await expect(kiosk.getByRole('button', { name: 'Chưa thấy phiếu' })).toBeHidden()
  office.printer.setFault(null)
  await settled(kiosk)
  await kiosk.getByRole('button', { name: 'Tôi đã giữ số' }).click()
  await expect(kiosk.getByText('Máy in hết giấy.')).toBeHidden()
  expect(slipsNow()).toBe(before)
})

test('the printer dies in the middle of a slip: in doubt, said so, the number kept', async ({ screens }) => {
  const kiosk = await screens.open('kiosk', office.url('kiosk'))
  await toProcedure(kiosk)
  office.printer.setFault('die-after=400')
  await take(kiosk)
  await expect(kiosk.getByText(/Chưa rõ phiếu đã in chưa|Chưa in được phiếu/)).toBeVisible()
  await expect(kiosk.getByText(/^[A-Z]\d{3}$/)).toBeVisible()
  await expect(kiosk.getByText('Số của Ông/Bà vẫn được giữ.')).toBeVisible()
  await expect(kiosk.getByText('Mời Ông/Bà lấy phiếu')).toBeHidden()
})

test('after 20 s without a touch the first screen is back and everything typed is gone', async ({ screens }) => {
  const kiosk = await screens.open('kiosk', office.url('kiosk'))
  await expect(kiosk.getByRole('button', { name: /^Lấy số/ })).toBeVisible()
  await kiosk.clock.install()
  await kiosk.reload()
  await expect(kiosk.getByRole('button', { name: /^Lấy số/ })).toBeVisible()
  // From here on only the test moves the clock.
  await kiosk.clock.pauseAt(await kiosk.evaluate(() => Date.now() + 2_000))
  await kiosk.getByRole('button', { name: /^Lấy số/ }).click()
  await kiosk.clock.runFor(1_000)
  await kiosk.getByRole('searchbox').click()
  await kiosk.keyboard.type('chung thuc')
  await kiosk.clock.runFor(15_000)
  await expect(kiosk.getByText('Ông/Bà còn ở đây không?')).toBeVisible()
  await expect(kiosk.getByRole('searchbox')).toHaveValue('chung thuc')
  await kiosk.clock.runFor(6_000)
  await expect(kiosk.getByText('Kính chào Ông/Bà.')).toBeVisible()
  await kiosk.clock.runFor(1_000)
  await kiosk.getByRole('button', { name: /^Lấy số/ }).click()
  await expect(kiosk.getByRole('searchbox')).toHaveValue('')
})

test('the page behind the QR shows the number and says when it is called', async ({ screens }) => {
  const { number, followUrl, id: ticketId } = await takeNumber(office, null, 'T')
  const follow = await screens.open('follow', followUrl)
  await expect(follow.getByText(number).first()).toBeVisible()
  await expect(follow.getByText(/Ông\/Bà là người tiếp theo|người chờ trước/)).toBeVisible()
  expect(await sideways(follow)).toBeNull()
  const counter = await openScreen(office.url('counter-1'))
  await counter.client.counter.do({ commandId: id(), action: { kind: 'call', ticketId } })
  await expect(follow.getByText('Mời đến quầy 1')).toBeVisible()
  await counter.client.counter.do({ commandId: id(), action: { kind: 'start' } })
  await expect(follow.getByText('Đang được phục vụ')).toBeVisible()
  await counter.client.counter.do({ commandId: id(), action: { kind: 'finish' } })
  await expect(follow.getByText('Đã xong')).toBeVisible()
  counter.close()
})

for (const size of ['kiosk', 'kiosk-landscape'] as const) {
  test(`${size}: every screen fits, in large text and contrast as well, and gives a number`, async ({ screens }) => {
    const kiosk = await screens.open(size, office.url('kiosk'))
    const fits = async () => {
      await settled(kiosk)
      expect(await sideways(kiosk)).toBeNull()
      expect(await kiosk.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)).toBeLessThanOrEqual(0)
    }
    await fits()
    await kiosk.getByRole('button', { name: 'Chữ to' }).click()
    await kiosk.getByRole('button', { name: 'Tương phản' }).click()
    await expect(kiosk.locator('html')).toHaveAttribute('data-text', 'large')
    await expect(kiosk.locator('html')).toHaveAttribute('data-theme', 'contrast')
    await fits()
    await toProcedure(kiosk)
    await fits()
    await kiosk.getByRole('button', { name: /Tôi thuộc diện ưu tiên/ }).click()
    await fits()
    await kiosk.getByRole('button', { name: 'Quay lại' }).click()
    await settled(kiosk)
    await take(kiosk)
    await expect(kiosk.getByRole('heading', { name: 'Mời Ông/Bà lấy phiếu' })).toBeVisible()
    await fits()
  })
}

test.describe('out of hours', () => {
  let closed: Office
  test.beforeAll(async () => {
    closed = await openOffice({ clock: '2026-11-23T18:10:00+07:00', config: { sample: false } })
  })
  test.afterAll(() => closed.close())

  // 24 November is a holiday of 2026: the next opening is the day after it.
  test('the office is closed: no number, the next opening, procedures can be read', async ({ screens }) => {
    const kiosk = await screens.open('kiosk', closed.url('kiosk'))
    await expect(kiosk.getByText('Đã hết giờ nhận hồ sơ hôm nay.')).toBeVisible()
    await expect(kiosk.getByText(/Mời trở lại 07:30 thứ Tư 25\/11/)).toBeVisible()
    await expect(kiosk.getByRole('button', { name: /^Lấy số/ })).toHaveCount(0)
    await kiosk.getByRole('button', { name: /^Thủ tục/ }).click()
    await settled(kiosk)
    await kiosk.getByRole('button', { name: /Khai sinh/ }).first().click()
    await expect(kiosk.getByText('Hết giờ nhận hồ sơ', { exact: true })).toBeVisible()
    const direct = await openScreen(closed.url('kiosk'))
    await expect(direct.client.kiosk.issue({ commandId: id(), service: 'A', procedure: null, priority: null, papers: [], print: false })).rejects.toMatchObject({ code: 'REFUSED', data: { reason: 'closed' } })
    direct.close()
  })
})
