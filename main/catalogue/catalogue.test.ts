import { describe, expect, it } from 'vitest'
import { defaultFeeChoices, feeLines, feeTotal } from '#domain/fee.ts'
import { createProcedureSearch } from '#domain/procedure-search.ts'
import type { Procedure } from '#domain/procedure.ts'
import { parseCalendar } from './calendar-file.ts'
import { loadCatalogue, loadSampleOffice } from './catalogue.ts'

const catalogue = loadCatalogue()
const get = (code: string): Procedure => {
  const found = catalogue.procedure(code)
  if (found === null) throw new Error(`no ${code}`)
  return found
}

describe('the shipped catalogue', () => {
  it('has 64 procedures, each served by one group', () => {
    expect(catalogue.procedures).toHaveLength(64)
    const groups = Object.groupBy(catalogue.procedures, (one) => catalogue.serviceOf(one))
    expect(Object.fromEntries(Object.entries(groups).map(([id, all]) => [id, all?.length]))).toEqual({ A: 17, B: 10, C: 11, D: 9, E: 17 })
  })
  it('suggests only what exists', () => {
    expect(catalogue.together('1.001193')[0]).toBe('2.000986')
    expect(catalogue.together('1.999999')).toEqual([])
    for (const one of catalogue.procedures) for (const code of catalogue.together(one.code)) expect(catalogue.procedure(code)).not.toBeNull()
  })
  it('holds the sample office with staff at each counter', () => {
    const office = loadSampleOffice()
    expect(office.counters.map((one) => one.services.join())).toEqual(['T', 'A,B', 'A,B', 'C', 'D', 'E'])
    const ids = new Set(catalogue.services.map((one) => one.id))
    expect(office.counters.flatMap((one) => one.services).every((id) => ids.has(id))).toBe(true)
  })
  it('reads a calendar file, and says which field is wrong', () => {
    const read = parseCalendar('{"closed":[{"date":"2026-12-24","name":"Nghỉ bão"}]}')
    expect(read).toMatchObject({ ok: true, calendar: { weekend: [6, 0], sessions: [{ from: '07:30' }, { to: '17:00' }] } })
    for (const bad of ['{', '{"closed":[{"date":"2026-02-30","name":"x"}]}', '{"sessions":[{"from":"13:00","to":"11:00"}]}', '[]']) {
      expect(parseCalendar(bad)).toMatchObject({ ok: false })
    }
  })
})

describe('searching', () => {
  const search = createProcedureSearch(catalogue.procedures)
  const codes = (query: string) => search(query).map((hit) => hit.procedure.code)
  it('puts the registration of births first', () => {
    for (const query of ['dang ky khai sinh', 'Đăng ký khai sinh', 'ĐĂNG KÝ KHAI SINH', 'khai sinh', 'đăng ký khai sin', 'khai sinh đăng ký', '1.001193', '001193']) {
      expect(codes(query)[0], query).toBe('1.001193')
    }
  })
  it('finds words in any order, the last one half typed, đ without its bar', () => {
    expect(codes('tru tam')).toContain('1.004194')
    expect(codes('dat dai hoa giai')[0]).toBe('1.012812')
    expect(codes('giay phep xay d')).toContain('1.013225')
    expect(codes('ban sao chung thuc')).toContain('2.000815')
    expect(codes('khai sin x')).toEqual([])
    expect(codes('  ')).toHaveLength(64)
  })
  it('marks what matched in the accented text', () => {
    const [hit] = search('dang ky khai sinh')
    const marked = hit?.name.map((range) => hit.procedure.name.slice(range.from, range.to))
    expect(marked).toEqual(['đăng ký khai sinh'])
    const [tamTru] = search('dang ky tam tr')
    expect(tamTru?.shortName.map((range) => tamTru.procedure.shortName.slice(range.from, range.to))).toEqual(['Đăng ký tạm tr'])
  })
})

describe('fees', () => {
  it('multiplies, and names the line', () => {
    const lines = feeLines(get('2.002516'), 'DIRECT', [{ fee: 0, quantity: 2 }])
    expect(lines).toEqual([{ name: 'Văn bản xác nhận', unitPrice: 8_000, quantity: 2, amount: 16_000 }])
    expect(feeTotal(lines)).toBe(16_000)
  })
  it.each([
    [1, 2_000],
    [2, 4_000],
    [5, 7_000],
    [1000, 200_000],
  ])('charges %d pages of a certified copy', (pages, amount) => {
    expect(feeTotal(feeLines(get('2.000815'), 'DIRECT', [{ fee: 0, quantity: pages }]))).toBe(amount)
  })
  it('takes the price of the channel and drops a choice of another one', () => {
    const thuongTru = get('1.004222')
    expect(feeTotal(feeLines(thuongTru, 'DIRECT', defaultFeeChoices(thuongTru, 'DIRECT')))).toBe(20_000)
    expect(feeTotal(feeLines(thuongTru, 'ONLINE', defaultFeeChoices(thuongTru, 'ONLINE')))).toBe(10_000)
    expect(feeLines(thuongTru, 'ONLINE', defaultFeeChoices(thuongTru, 'DIRECT'))).toEqual([])
  })
  it('never charges what the province decides', () => {
    expect(feeLines(get('1.004873'), 'DIRECT', [{ fee: 0, quantity: 3 }])).toEqual([
      { name: 'Lệ phí (do tỉnh quy định)', unitPrice: 0, quantity: 3, amount: 0 },
    ])
  })
})
