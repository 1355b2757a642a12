import { describe, expect, it } from 'vitest'
import { defaultFeeChoices, feeLines } from './fee.ts'
import { withPrices, type Price } from './price.ts'
import type { Fee, Procedure } from './procedure.ts'

const day = '2027-01-01'
const code = '1.000894'
const open: Fee = { type: 'LE_PHI', amountVnd: null, unit: 'hồ sơ', channel: '*' }
const direct: Fee = { type: 'LE_PHI', name: 'Đăng ký tạm trú', amountVnd: 15_000, unit: 'lần', channel: 'DIRECT' }
const listed: readonly Fee[] = [direct, { ...direct, amountVnd: 7_000, channel: 'ONLINE' }, { ...direct, amountVnd: 10_000, case: 'theo danh sách' }]
const procedure = (...fees: readonly Fee[]): Procedure => ({
  code, name: 'Đăng ký kết hôn', shortName: 'Kết hôn', field: 'Hộ tịch', decisionNo: '1', handledBy: 'UBND', receiptForm: '01', channels: ['DIRECT', 'ONLINE'],
  processing: [{ channel: '*', value: 1, unit: 'WORKING_DAY' }], fees, components: [], result: '', counterWeight: 1,
})
const price = (fee: string, amountVnd: number, more: Partial<Price> = {}): Price => ({ procedure: code, fee, amountVnd, ...more })

/** Each fee as `channel name/case amount`. */
const shown = (fees: readonly Fee[], prices: readonly Price[], on = day) =>
  withPrices(procedure(...fees), prices, on).fees.map((fee) => [fee.channel, `${fee.name ?? ''}${fee.case ? `/${fee.case}` : ''}`, fee.amountVnd])

describe('what a fee costs', () => {
  it.each<[string, readonly Fee[], readonly Price[], readonly unknown[]]>([
    ['no price: as the catalogue says', listed, [price('Đăng ký tạm trú', 1, { procedure: '9.999999' })], listed.map(({ channel, amountVnd, case: of }) => [channel, `Đăng ký tạm trú${of ? `/${of}` : ''}`, amountVnd])],
    ['the open fee, by the kind it has for a name', [open], [price('lệ phí', 30_000)], [['*', '', 30_000]]],
    ['the open fee, under the province’s own name', [open], [price('Lệ phí đăng ký kết hôn', 30_000)], [['*', 'Lệ phí đăng ký kết hôn', 30_000]]],
    ['two names of the province for the open fee: neither swallows the other', [open], [price('Lệ phí bản giấy', 10_000), price('Lệ phí bản điện tử', 5_000)], [['*', 'Lệ phí bản giấy', 10_000], ['*', 'Lệ phí bản điện tử', 5_000]]],
    ['the open fee under a newer name of the province: a form begins with that one', [open], [price('Lệ phí kết hôn', 20_000), price('Lệ phí đăng ký kết hôn', 30_000, { from: day })], [['*', 'Lệ phí đăng ký kết hôn', 30_000], ['*', 'Lệ phí kết hôn', 20_000]]],
    ['the open fee keeps the price of its own name beside a later one of another', [open], [price('Lệ phí', 20_000), price('Phí bản sao', 2_000, { from: day })], [['*', '', 20_000], ['*', 'Phí bản sao', 2_000]]],
    ['nothing is charged', [open], [price('Lệ phí', 0)], [['*', '', 0]]],
    ['every variant of a name', listed, [price('Đăng ký tạm trú', 9_000)], [['DIRECT', 'Đăng ký tạm trú', 9_000], ['ONLINE', 'Đăng ký tạm trú', 9_000], ['DIRECT', 'Đăng ký tạm trú/theo danh sách', 9_000]]],
    ['one variant, beside one for all of the same day', listed, [price('Đăng ký tạm trú', 5_000, { case: 'theo danh sách' }), price('Đăng ký tạm trú', 9_000)], [['DIRECT', 'Đăng ký tạm trú', 9_000], ['ONLINE', 'Đăng ký tạm trú', 9_000], ['DIRECT', 'Đăng ký tạm trú/theo danh sách', 5_000]]],
    ['one channel of a fee for all: the other stays open', [open], [price('Lệ phí', 10_000, { channel: 'ONLINE' })], [['DIRECT', '', null], ['ONLINE', '', 10_000]]],
    ['variants that the catalogue leaves out take the place of the open fee', [open], [price('Lệ phí', 5_000, { case: 'nhà ở' }), price('Lệ phí', 9_000, { case: 'công trình' })], [['*', 'Lệ phí/nhà ở', 5_000], ['*', 'Lệ phí/công trình', 9_000]]],
    ['a name that no fee has is a fee of its own', [direct], [price('Phí thẩm định', 1_000), price('Phí thẩm định', 2_000, { from: day })], [['DIRECT', 'Đăng ký tạm trú', 15_000], ['*', 'Phí thẩm định', 2_000]]],
    ['the one that began last holds, in whatever order they came', [open], [price('Lệ phí', 3, { from: '2027-01-01' }), price('Lệ phí', 2, { from: '2026-07-01' }), price('Lệ phí', 4, { from: '2027-01-02' })], [['*', '', 3]]],
  ])('%s', (_, fees, prices, expected) => expect(shown(fees, prices)).toEqual(expected))

  it('holds from its day on, not before', () => {
    const prices = [price('Lệ phí', 30_000, { from: day })]
    expect(shown([open], prices, '2026-12-31')).toEqual([['*', '', null]])
    expect(shown([open], prices, day)).toEqual([['*', '', 30_000]])
  })

  it('a receipt no longer says that the province decides', () => {
    const priced = withPrices(procedure(open), [price('Lệ phí', 30_000)], day)
    expect(feeLines(priced, 'DIRECT', defaultFeeChoices(priced, 'DIRECT'))).toEqual([{ name: 'Lệ phí', unitPrice: 30_000, quantity: 1, amount: 30_000 }])
  })
})
