import { describe, expect, it } from 'vitest'
import { dossierCode, dossierCodePattern, findDossierCode, normaliseAgency, paymentReference, procedureCodePattern } from './codes.ts'
import { foldVietnamese, foldedWords } from './fold.ts'
import { ageOn, idWarnings, maskId, maskName, shortenName } from './identity.ts'
import { addMonths, formatMomentForm, formatMomentVi, localDay, localTime, parseLocal, toIso, weekdayName } from './local-time.ts'
import { formatMoney, moneyInWords, numberInWords } from './money.ts'
import { checkPhone, formatPhone, maskPhone, phoneE164 } from './phone.ts'

describe('local time', () => {
  const ms = Date.UTC(2026, 10, 23, 2, 10)
  it('is +07:00 whatever TZ says', () => {
    expect(toIso(ms)).toBe('2026-11-23T09:10:00+07:00')
    expect(localDay(Date.UTC(2026, 10, 23, 17, 0))).toBe('2026-11-24')
    expect(localTime(ms)).toBe('09:10')
    expect(weekdayName('2026-11-23')).toBe('thứ Hai')
  })
  it.each([
    ['2026-11-23T09:10', ms],
    ['2026-11-23 09:10:00', ms],
    ['2026-11-23T02:10:00Z', ms],
    ['2026-11-22T21:10-05:00', ms],
    ['2026-11-23T09:10:00.250+0700', ms + 250],
    ['2026-02-30T09:10', null],
    ['2026-11-23T24:00', null],
    ['hôm nay', null],
  ])('reads %s', (text, expected) => expect(parseLocal(text)).toBe(expected))
  it('clamps months and speaks Vietnamese', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-11-30', 2)).toBe('2027-01-30')
    expect(formatMomentVi(ms)).toBe('09:10 thứ Hai 23/11/2026')
    expect(formatMomentForm(ms)).toBe('09 giờ 10 phút, ngày 23 tháng 11 năm 2026')
  })
})

describe('codes', () => {
  it('makes dossier codes that match the national pattern, five digits past 9999', () => {
    expect(dossierCode('H15.50.05.13', '2026-11-23', 42)).toBe('H15.50.05.13-261123-0042')
    expect(dossierCode('000.00.06.H56', '2026-11-23', 12345)).toBe('H56.06-261123-12345')
    expect(() => dossierCode('X', '2026-11-23', 1)).toThrow(RangeError)
    for (const seen of ['H15.50.05.13-261008-0975', '000.00.06.H56-231027-0361', 'G09.20-20260609-0092637']) expect(seen).toMatch(dossierCodePattern)
  })
  it('normalises agencies and finds codes', () => {
    expect(normaliseAgency('000.00.06.h56')).toBe('H56.06')
    expect(normaliseAgency('H55.242')).toBe('H55.242')
    expect(normaliseAgency('56')).toBeNull()
    expect(findDossierCode('https://x.vn/tra-cuu?ma=H15.50.05.13-261123-0042&x=1')).toBe('H15.50.05.13-261123-0042')
    expect(findDossierCode('https://x.vn/')).toBeNull()
    expect(paymentReference('H15.50.05.13-261008-0975')).toBe('H155005132610080975')
    for (const code of ['1.001193', '1.004222.01', '2.000815.000.00.00.H55.02']) expect(code).toMatch(procedureCodePattern)
  })
})

describe('money', () => {
  it.each([
    [0, 'Không đồng'],
    [16_000, 'Mười sáu nghìn đồng'],
    [96_722, 'Chín mươi sáu nghìn bảy trăm hai mươi hai đồng'],
    [274_207_000, 'Hai trăm bảy mươi bốn triệu hai trăm linh bảy nghìn đồng'],
    [1_000_005, 'Một triệu không trăm linh năm đồng'],
    [21_115, 'Hai mươi mốt nghìn một trăm mười lăm đồng'],
    [1_005_000_000, 'Một tỷ không trăm linh năm triệu đồng'],
    [10_000_000_000_000, 'Mười nghìn tỷ đồng'],
  ])('%d in words', (amount, words) => expect(moneyInWords(amount)).toBe(words))
  it('groups by points', () => {
    expect(formatMoney(16_000)).toBe('16.000 đ')
    expect(formatMoney(-1_234_567)).toBe('-1.234.567 đ')
    expect(formatMoney(0)).toBe('0 đ')
    expect(() => numberInWords(1.5)).toThrow(RangeError)
  })
})

describe('identity', () => {
  it('masks', () => {
    expect(maskId('066194004827')).toBe('0661****4827')
    expect(maskId('123456789')).toBe('12****789')
    expect(maskName('Nguyễn Hoàng Phương Uyên Thảo')).toBe('N. H. P. U. Thảo')
    expect(maskName('H’Hương Niê Kdăm')).toBe('H. N. Kdăm')
    expect(shortenName('Nguyễn Hoàng Phương Uyên Thảo', 20)).toBe('Nguyễn H. P. U. Thảo')
    expect(shortenName('Lê Văn Khánh', 20)).toBe('Lê Văn Khánh')
  })
  it('warns when number, birth and sex disagree', () => {
    expect(idWarnings('066187003095', '1987-09-02', 'female')).toEqual([])
    expect(idWarnings('066187003095', '1988-09-02', 'male')).toEqual(['sex-differs', 'birth-year-differs'])
    expect(idWarnings('099204000071', '2004-12-31', 'male')).toEqual(['province-unknown'])
    expect(idWarnings('066187003095', '', '')).toEqual([])
  })
  it('counts age', () => {
    expect(ageOn('1951-11-24', '2026-11-23')).toBe(74)
    expect(ageOn('1951-11-23', '2026-11-23')).toBe(75)
    expect(ageOn('', '2026-11-23')).toBeNull()
  })
})

describe('phone', () => {
  it.each([
    ['0905 123 456', { ok: true, kind: 'mobile', national: '0905123456' }],
    ['+84 905.123.456', { ok: true, kind: 'mobile', national: '0905123456' }],
    ['0262 355 5123', { ok: true, kind: 'landline', national: '02623555123' }],
    ['0905 12 34 6', { ok: false, code: 'missing', digits: 1 }],
    ['09051234567', { ok: false, code: 'extra', digits: 1 }],
    ['1905123456', { ok: false, code: 'prefix', digits: 0 }],
    ['09o5123456', { ok: false, code: 'letters', digits: 0 }],
    [' ', { ok: false, code: 'empty', digits: 0 }],
  ])('checks %s', (text, expected) => expect(checkPhone(text)).toEqual(expected))
  it('formats, stores and masks', () => {
    expect(formatPhone('02623555123')).toBe('0262 355 5123')
    expect(formatPhone('0905123456')).toBe('0905 123 456')
    expect(phoneE164('0905 123 456')).toBe('+84905123456')
    expect(phoneE164('12')).toBeNull()
    expect(maskPhone('0905123456')).toBe('*** *** *456')
  })
})

describe('folding', () => {
  it('folds accents of both normal forms and đ', () => {
    expect(foldVietnamese('Đặng Đình Đạt')).toBe('dang dinh dat')
    expect(foldVietnamese('Nguyễn'.normalize('NFD'))).toBe('nguyen')
    expect(foldedWords('Khai sinh – BHYT, 1.001193')).toEqual(['khai', 'sinh', 'bhyt', '1.001193'])
  })
})
