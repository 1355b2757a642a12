import { describe, expect, it } from 'vitest'
import type { Component, KioskProcedure } from '#contract/kiosk.ts'
import { translator } from '../i18n/catalogue.ts'
import { feeFact, timeFact, waitText } from './facts.ts'
import { kioskPapers } from './papers.ts'

/** The catalogue that the station ships, read as a file: the kiosk has to cope with all of it. */
const files = import.meta.glob<{ readonly procedures: readonly KioskProcedure[] }>('../../main/catalogue/procedures.json', { eager: true, import: 'default' })
const procedures = Object.values(files).flatMap((file) => file.procedures)
const find = (code: string) => {
  const procedure = procedures.find((one) => one.code === code)
  if (procedure === undefined) throw new Error(`${code} is not in the catalogue`)
  return procedure
}
const t = translator('vi')

it('never says "khi" twice: the sentence of the screen brings its own', () => {
  for (const { components } of procedures) for (const paper of kioskPapers(components)) expect(paper.when ?? '').not.toMatch(/^(chỉ )?khi /i)
})

describe('papers of 1.001193', () => {
  const papers = kioskPapers(find('1.001193').components)

  it('asks for what a citizen at the counter brings, and lists the rest by its case', () => {
    expect(papers.filter((paper) => paper.asked).map((paper) => paper.title)).toEqual(['Tờ khai đăng ký khai sinh', 'Giấy chứng sinh', 'Giấy tờ tùy thân có ảnh, còn giá trị'])
    expect(papers.find((paper) => paper.title === 'Biên bản về việc trẻ bị bỏ rơi')).toMatchObject({ asked: false, when: 'trẻ bị bỏ rơi' })
  })

  it('keeps the catalogue name, which the ticket carries', () => {
    const names: readonly string[] = find('1.001193').components.map((component: Component) => component.name)
    expect(papers.every((paper) => names.includes(paper.name))).toBe(true)
    expect(papers[0]).toMatchObject({ form: true, kinds: null })
  })
})

it('every paper of the catalogue has a title and is either asked or conditional', () => {
  const all = procedures.flatMap((procedure) => kioskPapers(procedure.components))
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter((paper) => paper.title.trim() === '')).toEqual([])
})

describe('facts', () => {
  it('says the fee of the counter, or that the province sets it', () => {
    expect(feeFact(find('1.001193').fees, t).value).toBe('Không thu')
    expect(feeFact(find('2.002516').fees, t)).toMatchObject({ value: '8.000\u00a0đ' })
    expect(feeFact([{ type: 'PHI', amountVnd: null, unit: 'hồ sơ', channel: '*' }], t).value).toBe('Tỉnh quy định')
  })

  it('leaves the fee of another channel out', () => {
    const fees = [
      { type: 'PHI', amountVnd: 20000, unit: 'hồ sơ', channel: 'DIRECT' },
      { type: 'PHI', amountVnd: 10000, unit: 'hồ sơ', channel: 'ONLINE' },
    ] as const
    expect(feeFact(fees, t).value).toBe('20.000\u00a0đ')
  })

  it('says the time of the law, with the cut-off of a same-day procedure', () => {
    expect(timeFact(find('1.001193'), t)).toMatchObject({ value: 'Trong ngày', note: 'nếu nộp trước 15:00' })
    expect(timeFact(find('2.002516'), t).value).toBe('3 ngày làm việc')
  })

  it('gives a range, never a promise of zero', () => {
    expect(waitText({ estimate: { from: 15, to: 25 } }, t)).toBe('15–25 phút')
    expect(waitText({ estimate: { from: 0, to: 5 } }, t)).toBe('Dưới 5 phút')
    expect(waitText({ estimate: null }, t)).toBe('Chưa ước tính được')
  })
})
