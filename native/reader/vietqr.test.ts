import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vietQrPayload } from '#usecases/vietqr.ts'
import { qrChecksum, readVietQr } from './vietqr.ts'

const element = (id: string, value: string) => `${id}${String(value.length).padStart(2, '0')}${value}`
const closed = (body: string) => `${body}6304${qrChecksum(Buffer.from(`${body}6304`))}`
const account = (bin = '970436', number = '0011001234567') => element('38', element('00', 'A000000727') + element('01', element('00', bin) + element('01', number)) + element('02', 'QRIBFTTA'))
const head = '000201010212'

describe('VietQR', () => {
  it('has the checksum that the catalogue of CRCs gives for CCITT-FALSE', () => {
    expect(qrChecksum(Buffer.from('123456789'))).toBe('29B1')
  })
  it('reads what our own payment screen shows', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}$/), fc.stringMatching(/^[0-9A-Za-z]{4,19}$/), fc.integer({ min: 1, max: 9_999_999_999 }), fc.stringMatching(/^[0-9A-Za-z]{1,25}$/), (bin, number, amount, purpose) => {
        expect(readVietQr(vietQrPayload({ bankBin: bin, account: number, amount, purpose }))).toEqual({ bin, account: number, amount, purpose })
      }),
    )
  })
  it('reads a code without amount and purpose, and one with Vietnamese letters and small CRC digits', () => {
    expect(readVietQr(closed(`${head}${account()}53037045802VN`))).toEqual({ bin: '970436', account: '0011001234567', amount: null, purpose: null })
    const named = closed(`${head}${account()}5303704540515000${element('59', 'UBND XÃ HÒA PHÚ')}${element('62', element('08', 'Lệ phí'))}`)
    expect(readVietQr(named.slice(0, -4) + named.slice(-4).toLowerCase())).toMatchObject({ amount: 15_000, purpose: 'Lệ phí' })
  })
  it('reads lengths that count bytes', () => {
    const name = 'UBND XÃ HÒA PHÚ'
    const bytes = `59${String(Buffer.byteLength(name)).padStart(2, '0')}${name}`
    expect(readVietQr(closed(`${head}${account()}5303704${bytes}${element('62', element('08', 'LE PHI'))}`))).toMatchObject({ bin: '970436', purpose: 'LE PHI' })
  })
  it.each([
    ['a wrong checksum', `${closed(`${head}${account()}5303704`).slice(0, -4)}ABCD`, 'checksum'],
    ['no checksum', `${head}${account()}5303704`, 'checksum'],
    ['one that broke off', closed(`${head}${account()}5303704`).slice(0, 60), 'incomplete'],
    ['a bank without number', closed(`${head}${account('97043')}5303704`), 'account'],
    ['dollars', closed(`${head}${account()}5303840`), 'amount'],
    ['half a đồng', closed(`${head}${account()}530370454031.5`), 'amount'],
  ])('%s is invalid', (_, text, problem) => {
    expect(readVietQr(text)).toEqual({ problem })
  })
  it('leaves other codes alone', () => {
    for (const text of ['', 'A000000727', '000201', closed(`${head}${element('26', element('00', 'A000000775'))}5303704`), 'H15.50.05.13-261123-0042']) expect(readVietQr(text)).toBeNull()
  })
  it('any single changed character is noticed', () => {
    const good = closed(`${head}${account()}5303704540515000`)
    for (let at = 0; at < good.length; at++) {
      const changed = good.slice(0, at) + (good[at] === '7' ? '8' : '7') + good.slice(at + 1)
      expect(readVietQr(changed) ?? {}).not.toHaveProperty('bin')
    }
  })
})
