import type { CardScan } from '#contract/counter.ts'
import { describe, expect, it } from 'vitest'
import { birth, confirmCivil, guardian, landUse, marriage, temporaryStay } from '../dev/counter-procedures.ts'
import { acceptInputOf, formFromDraft } from './accept-input.ts'
import { emptyForm, type IntakeForm } from './form-types.ts'
import { applicableFees, formAfter, isWorthKeeping, processingCases, type FormAct } from './form.ts'
import { firstEmpty, problemsOf } from './validate.ts'

const today = '2026-11-23'
const scan = (id: string, person: Partial<CardScan['person']> = {}): CardScan => ({
  scanId: id, at: 1, warnings: [], authentic: null,
  person: {
    fullName: 'H’Hương Niê Kdăm', idNumber: '066187003095', oldIdNumber: '', dob: '1987-09-02', sex: 'female', address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk',
    idIssued: '2021-06-15', phone: '', email: '', ...person,
  },
})
const after = (...acts: FormAct[]): IntakeForm => acts.reduce(formAfter, emptyForm)
const codes = (form: IntakeForm) => problemsOf(form, today).map((one) => one.code)
const ready = after({ kind: 'procedure', procedure: confirmCivil, declared: [] }, { kind: 'card', scan: scan('a') }, { kind: 'edit', field: 'phone', value: '0905 123 456' })

describe('card into the form', () => {
  it('fills the fields, remembers where they came from and asks for the phone next', () => {
    const form = after({ kind: 'card', scan: scan('a') })
    expect(form.person.dob).toBe('02/09/1987')
    expect(form.fromCard).toEqual(['fullName', 'idNumber', 'dob', 'sex', 'address', 'idIssued'])
    expect(firstEmpty(form)).toBe('phone')
  })

  it('keeps what the clerk typed and says what the card holds', () => {
    const form = after({ kind: 'edit', field: 'address', value: 'Thôn 3, xã Hòa Phú' }, { kind: 'card', scan: scan('a') })
    expect(form.person.address).toBe('Thôn 3, xã Hòa Phú')
    expect(form.conflicts).toEqual([{ field: 'address', card: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk' }])
    const taken = formAfter(form, { kind: 'take-card', field: 'address' })
    expect(taken.person.address).toBe('Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk')
    expect([taken.conflicts, taken.edited, taken.fromCard.includes('address')]).toEqual([[], [], true])
    expect(formAfter(form, { kind: 'keep-typed', field: 'address' }).conflicts).toEqual([])
  })

  it('takes a typed name that differs only in case or in the form of its accents', () => {
    const form = after({ kind: 'edit', field: 'fullName', value: 'h’hương niê kdăm'.normalize('NFD') }, { kind: 'card', scan: scan('a') })
    expect(form.person.fullName).toBe('H’Hương Niê Kdăm')
    expect(form.conflicts).toEqual([])
  })

  it('fills a field the clerk emptied', () => {
    const form = after({ kind: 'edit', field: 'dob', value: '1' }, { kind: 'edit', field: 'dob', value: '' }, { kind: 'card', scan: scan('a') })
    expect(form.person.dob).toBe('02/09/1987')
  })

  it('an edited field is no longer from the card, and the same scan again does not bring it back', () => {
    const form = after({ kind: 'card', scan: scan('a') }, { kind: 'edit', field: 'fullName', value: 'Khác' }, { kind: 'card', scan: scan('a') })
    expect(form.person.fullName).toBe('Khác')
    expect(form.fromCard).not.toContain('fullName')
  })

  it('a second card leaves nothing of the first', () => {
    const form = after({ kind: 'card', scan: scan('a', { oldIdNumber: '240123456' }) }, { kind: 'edit', field: 'phone', value: '0905123456' }, { kind: 'card', scan: scan('b', { fullName: 'Y Bham', oldIdNumber: '', address: '' }) })
    expect([form.person.fullName, form.person.oldIdNumber, form.person.address, form.person.phone]).toEqual(['Y Bham', '', '', '0905123456'])
  })
})

describe('procedure', () => {
  it('ticks required papers and those declared at the kiosk, nothing conditional', () => {
    const declared = [{ name: birth.components[1]?.name ?? '', have: true }]
    const form = after({ kind: 'procedure', procedure: birth, declared })
    expect(form.papers.map((line) => line.ticked)).toEqual([false, true, false, false, true])
  })

  it('a paper declared missing is unticked even when it is required', () => {
    const form = after({ kind: 'procedure', procedure: marriage, declared: [{ name: 'Tờ khai đăng ký kết hôn (mẫu)', have: false }] })
    expect(form.papers[0]?.ticked).toBe(false)
    expect(codes(form)).toContain('papers-missing')
  })

  it('chooses fees and cases of the channel; one of the first, none of the special cases', () => {
    expect(applicableFees(temporaryStay, 'DIRECT')).toEqual([0, 2])
    expect(after({ kind: 'procedure', procedure: temporaryStay, declared: [] }).fees).toEqual({ 0: 1, 2: 0 })
    expect(after({ kind: 'procedure', procedure: landUse, declared: [] }).fees).toEqual({})
    expect(processingCases(marriage, 'DIRECT')).toEqual([0, 1])
  })

  it('changing the channel takes its fees and drops a due date given for the other', () => {
    const form = after({ kind: 'procedure', procedure: temporaryStay, declared: [] }, { kind: 'due-edit', edit: { date: '1/12/2026', reason: 'x' } }, { kind: 'channel', channel: 'ONLINE', procedure: temporaryStay })
    expect([form.fees, form.dueEdit]).toEqual([{ 1: 1, 3: 0 }, null])
  })

  it('a quantity ticks its paper and stays within two digits', () => {
    const form = after({ kind: 'procedure', procedure: birth, declared: [] }, { kind: 'quantity', index: 0, of: 'copy', value: 120 })
    expect(form.papers[0]).toMatchObject({ ticked: true, original: 1, copy: 99 })
  })
})

describe('validation', () => {
  it('a scanned form with a phone has nothing to put right', () => expect(codes(ready)).toEqual([]))

  it.each([
    ['0905 12 34 6', 'phone-short'], ['0905 123 4567', 'phone-long'], ['+84905123456', undefined], ['84905123456', undefined], ['0262 3851 234', undefined], ['0262 385 123', 'landline-short'],
    ['905123456', 'phone-start'], ['0905abc456', 'phone-letters'], ['0605123456', 'phone-prefix'], ['', 'phone-missing'],
  ])('phone %s', (value, code) => expect(codes(formAfter(ready, { kind: 'edit', field: 'phone', value }))[0]).toBe(code))

  it('says how many digits of the phone are missing', () => {
    const form = formAfter(ready, { kind: 'edit', field: 'phone', value: '0905 12 34 6' })
    expect(problemsOf(form, today)[0]?.details).toEqual({ n: '1' })
  })

  it.each([
    ['30/02/1987', 'date-day'], ['1/13/1987', 'date-month'], ['hai chín', 'date-form'], ['24/11/2026', 'dob-future'], ['02091987', undefined],
  ])('date of birth %s', (value, code) => expect(codes(formAfter(ready, { kind: 'edit', field: 'dob', value }))[0]).toBe(code))

  it('a birth year unlike the number is a doubt that "Giữ" settles, for that date only', () => {
    const form = formAfter(ready, { kind: 'edit', field: 'dob', value: '02/09/1988' })
    const doubt = problemsOf(form, today)[0]
    expect([doubt?.code, doubt?.details['year']]).toEqual(['dob-id', '1987'])
    const kept = formAfter(form, { kind: 'keep', doubt: doubt?.doubt ?? '' })
    expect(codes(kept)).toEqual([])
    expect(codes(formAfter(kept, { kind: 'edit', field: 'dob', value: '02/09/1989' }))).toEqual(['dob-id'])
  })

  it.each([['06618700309', 'id-short'], ['0661870030951', 'id-long'], ['240123456', undefined], ['C1234567', undefined], ['ABC', 'id-form'], ['', 'id-missing']])('number %s', (value, code) =>
    expect(codes(formAfter(ready, { kind: 'edit', field: 'idNumber', value }))[0]).toBe(code))

  it('one of a group of papers is enough, none is not', () => {
    const form = formAfter(ready, { kind: 'procedure', procedure: guardian, declared: [] })
    expect(codes(form)).toEqual(['papers-one-of'])
    expect(codes(formAfter(form, { kind: 'tick', index: 2 }))).toEqual([])
  })

  it('a changed due date needs a date that is not over and a reason', () => {
    const edit = (date: string, reason: string) => codes(formAfter(ready, { kind: 'due-edit', edit: { date, reason } }))
    expect([edit('22/11/2026', 'chờ xác minh'), edit('', ''), edit('30/11/2026', 'chờ xác minh')]).toEqual([['due-past'], ['due-missing', 'due-reason'], []])
  })
})

describe('what is sent', () => {
  it('cleans the person, keeps the provenance and leaves out unticked papers and fees of none', () => {
    const due = Date.parse('2026-11-27T09:34:00+07:00')
    const form = formAfter(formAfter(ready, { kind: 'due-edit', edit: { date: '30/11/2026', reason: ' chờ xác minh ' } }), { kind: 'edit', field: 'fullName', value: '  Nguyễn   Thị A ' })
    const input = acceptInputOf({ ...form, commandId: 'c1' }, 't1', due)
    expect(input?.person).toMatchObject({ fullName: 'Nguyễn Thị A', dob: '1987-09-02', phone: '0905123456' })
    expect(input?.fromCard).toEqual(['idNumber', 'dob', 'sex', 'address', 'idIssued'])
    expect(input?.papers.map((paper) => paper.name)).toEqual(['Giấy tờ liên quan nội dung đề nghị', 'Giấy tờ tùy thân có ảnh, còn giá trị'])
    expect(input?.commandId).toBe('c1')
    expect(input?.fees).toEqual([{ fee: 0, quantity: 1 }])
    expect(input?.dueChange).toEqual({ due: Date.parse('2026-11-30T09:34:00+07:00'), reason: 'chờ xác minh' })
    expect(acceptInputOf(emptyForm, null, due)).toBeNull()
  })
})

describe('drafts', () => {
  it('come back as they were through JSON, and a foreign shape is refused', () => {
    expect(formFromDraft(JSON.parse(JSON.stringify(ready)))).toEqual(ready)
    expect(formFromDraft({ procedure: '2.002516' })).toBeNull()
  })
  it('an untouched form is not worth keeping', () => expect([isWorthKeeping(emptyForm), isWorthKeeping(ready)]).toEqual([false, true]))
})
