import { describe, expect, it } from 'vitest'
import { vietQrPayload } from './vietqr.ts'

/** CRC-16/CCITT-FALSE written here on purpose: the library must not judge itself. */
function crc(text: string): string {
  let value = 0xffff
  for (const byte of Buffer.from(text, 'ascii')) {
    value ^= byte << 8
    for (let i = 0; i < 8; i++) value = ((value & 0x8000) === 0 ? value << 1 : (value << 1) ^ 0x1021) & 0xffff
  }
  return value.toString(16).toUpperCase().padStart(4, '0')
}

function tlv(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4))
    fields[text.slice(at, at + 2)] = text.slice(at + 4, at + 4 + length)
    at += 4 + length
  }
  return fields
}

describe('VietQR', () => {
  it('writes the published samples byte for byte (NAPAS QR format 1.0, library and PayOS samples)', () => {
    expect(crc('123456789')).toBe('29B1')
    const mb = '00020101021238570010A00000072701270006970422011371045208946240208QRIBFTTA5303704540430005802VN62180814TT1BQG8F khanh6304D4F6'
    expect(vietQrPayload({ bankBin: '970422', account: '7104520894624', amount: 3_000, purpose: 'TT1BQG8F khanh' })).toBe(mb)
    // The Vietcombank sample has a purpose of 28 letters, three over EMVCo's limit, so only its parts before field 62 can be ours.
    const vcb = '00020101021238540010A00000072701240006970436011098895593570208QRIBFTTA53037045405100005802VN62320828day la noi dung chuyen khoan6304EEF5'
    expect(vcb.slice(-4)).toBe(crc(vcb.slice(0, -4)))
    expect(vietQrPayload({ bankBin: '970436', account: '9889559357', amount: 10_000, purpose: 'x' }).split('62')[0]).toBe(vcb.split('62')[0])
  })
  it('says exactly what was asked, with a right checksum', () => {
    const payload = vietQrPayload({ bankBin: '970436', account: '1098895593570', amount: 16_000, purpose: 'H155005132611230042' })
    expect(payload.slice(-4)).toBe(crc(payload.slice(0, -4)))
    const fields = tlv(payload)
    expect(fields).toMatchObject({ '00': '01', '01': '12', '53': '704', '54': '16000', '58': 'VN' })
    expect(tlv(fields['38'] ?? '')).toMatchObject({ '00': 'A000000727', '02': 'QRIBFTTA' })
    expect(tlv(tlv(fields['38'] ?? '')['01'] ?? '')).toEqual({ '00': '970436', '01': '1098895593570' })
    expect(tlv(fields['62'] ?? '')).toEqual({ '08': 'H155005132611230042' })
  })
  it.each([
    { bankBin: '97043', account: '10988955', amount: 1, purpose: 'x' },
    { bankBin: '970436', account: '1', amount: 1, purpose: 'x' },
    { bankBin: '970436', account: '10988955', amount: 0, purpose: 'x' },
    { bankBin: '970436', account: '10988955', amount: 1.5, purpose: 'x' },
    { bankBin: '970436', account: '10988955', amount: 1, purpose: 'phí hộ tịch' },
    { bankBin: '970436', account: '10988955', amount: 1, purpose: 'x'.repeat(26) },
  ])('refuses %o', (request) => expect(() => vietQrPayload(request)).toThrow(RangeError))
})
