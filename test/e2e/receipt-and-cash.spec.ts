import { simCards } from '#native/sim/scanner/cards.ts'
import { openOffice, takeNumber, type Office } from './support/office.ts'
import { expect, test } from './support/screens.ts'

let office: Office
test.beforeAll(async () => {
  office = await openOffice({ scanner: true })
})
test.afterAll(() => office.close())

test('the receipt was said to be printing for ever; Enter after a quick amount took no money', async ({ screens }) => {
  const { number } = await takeNumber(office)
  const counter = await screens.open('counter', office.url('counter'))
  await expect(counter.locator('.ct-queue .ct-next')).toContainText(number)
  await counter.keyboard.press('F2')
  await expect(counter.getByText('Công dân đã đến quầy')).toBeVisible()
  await counter.keyboard.press('F4')
  await expect(counter.getByRole('button', { name: /Nhận hồ sơ/ })).toBeFocused()
  await office.scanner?.scan(simCards[1]?.qr ?? '')
  await expect(counter.locator('.ct-visit').getByRole('heading', { name: 'Nguyễn Hoàng Phương Uyên Thảo' })).toBeVisible()
  await counter.keyboard.press('Enter')
  await counter.getByLabel('Số điện thoại').fill('0905 123 456')
  // The list of papers comes with the catalogue, a moment after the form.
  await expect(counter.getByRole('grid').getByRole('checkbox').first()).toBeVisible()
  for (const box of await counter.getByRole('grid').getByRole('checkbox').all()) if (!(await box.isChecked())) await box.click()
  office.printer.setFault('paper-out')
  await counter.keyboard.press('F9')
  await expect(counter.locator('.ct-accepted-code')).toBeVisible()
  await expect(counter.getByText(/Chưa in được giấy hẹn|hết giấy/).first()).toBeVisible()
  office.printer.setFault(null)
  await expect(counter.getByText('Đã in giấy hẹn', { exact: true })).toBeVisible()
  await counter.getByRole('button', { name: '50.000' }).click()
  await counter.keyboard.press('Enter')
  await expect(counter.getByText(/Tiền mặt, thối lại/)).toBeVisible()
})
