import { describe, expect, it } from 'vitest'
import { atTime } from '#domain/local-time.ts'
import { designSlip } from '#native/printer/design.ts'
import { encodeSlip } from '#native/printer/encode.ts'
import { findProfile, printerProfiles, type PrinterProfile } from '#native/printer/profile.ts'
import type { Slip } from '#native/printer/slip.ts'
import { drawJob } from '#native/sim/printer/draw.ts'
import { feeReceiptSlip } from './fee-receipt.ts'
import { receiptSlip } from './receipt.ts'
import { sampleDossier, sampleFeeReceipt, sampleReceipt, sampleTicket } from './samples.ts'
import { letterLines, testSlip } from './test-slip.ts'
import { ticketSlip } from './ticket.ts'

const epson: PrinterProfile = findProfile('epson-tm-t82') ?? expect.fail('no profile')
const reprint = { times: 1, at: atTime('2026-11-23', '09:41') }

/** What an Epson prints, read back letter by letter, blanks made even. */
function paper(slip: Slip): readonly string[] {
  return drawJob(encodeSlip(slip, epson, 'text'), epson.dots, epson.dpi).lines.map((line) => line.trim().replaceAll(/ {2,}/g, '  '))
}
const running = (slip: Slip): string => paper(slip).join(' ')

describe('ticket', () => {
  it('says number, work, ahead, counters, range, QR, what is missing, time and place', () => {
    expect(paper(ticketSlip(sampleTicket)).filter((line) => !/^[-.=]+$/.test(line))).toEqual([
      'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', 'XÃ HÒA PHÚ, TỈNH ĐẮK LẮK', 'PHIẾU SỐ THỨ TỰ', 'A012', 'Đăng ký khai sinh', 'Chờ trước: 4 người', 'Gọi tại quầy: 2, 3',
      'Dự kiến được gọi', '09:18 - 09:28', `[qr ${sampleTicket.followUrl}]`, 'Quét để xem còn mấy người chờ.', 'Còn thiếu: tờ khai đăng ký khai sinh. Cán bộ in', 'giúp tại quầy.',
      'Số được gọi 3 lần. Lỡ lượt, mời báo quầy 1 để', 'được xếp lại.', 'In lúc 09:03, thứ Hai 23/11/2026. Ki-ốt 1.',
    ])
  })

  it('a copy says so in a box', () => {
    expect(running(ticketSlip({ ...sampleTicket, reprint }))).toMatch(/={48} In lại lần 1, 09:41 ={48}/)
    expect(running(ticketSlip(sampleTicket))).not.toContain('In lại')
  })

  it('leaves out what nobody knows', () => {
    const text = running(ticketSlip({ ...sampleTicket, expected: null, missing: [], ahead: 0, counters: [] }))
    expect(text).not.toMatch(/Dự kiến|Còn thiếu/)
    expect(text).toContain('Chờ trước: Không ai')
  })

  it.each(printerProfiles.map((model) => [model.id, model] as const))('%s: at most 2 kB as text, 20 kB where lines are drawn, also as a copy', (_, model) => {
    const bytes = encodeSlip(ticketSlip({ ...sampleTicket, reprint, priority: 'Ưu tiên: người cao tuổi' }), model, 'text').length
    expect(bytes).toBeLessThanOrEqual(model.tcvn ? 2_000 : 20_000)
  })

  it('is at most 150 mm long', () => {
    expect(designSlip(ticketSlip(sampleTicket), 576).height).toBeLessThanOrEqual(150 * 8)
  })
})

describe('Mẫu 01', () => {
  const order = [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'ỦY BAN NHÂN DÂN XÃ HÒA PHÚ', 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', 'Mã hồ sơ', 'H15.50.05.13-261123-0042',
    '[code128 2611230042]', '261123-0042', 'Quyển số: 01/2026', 'Số thứ tự: 1187', 'Hòa Phú, ngày 23 tháng 11 năm 2026', 'GIẤY TIẾP NHẬN HỒ SƠ', 'VÀ HẸN TRẢ KẾT QUẢ', 'Liên 2: giao người nộp',
    'Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục', 'Tiếp nhận hồ sơ của: Bà', "H'HƯƠNG NIÊ KDĂM", 'Địa chỉ: Buôn Kmrơng Prông A', 'Số điện thoại: 0905 123 456.', 'Email: không có',
    'Số thẻ căn cước: 0661****3095', 'Nội dung yêu cầu giải quyết: Xác nhận thông tin', 'hộ tịch (2.002516)', '1. Thành phần hồ sơ', 'Tờ khai đề nghị xác nhận', '2. Số lượng hồ sơ: 01 (bộ)',
    '3. Thời gian giải quyết hồ sơ theo quy định là:', '03 ngày làm việc', '4. Thời gian nhận hồ sơ: 09 giờ 34 phút, ngày 23', '5. Thời gian trả kết quả', 'Mời đến nhận từ', '09:34 thứ Sáu 27/11',
    'Không tính 24/11', '6. Đăng ký nhận kết quả tại: Quầy 1', '7. Phí, lệ phí: 16.000 đồng (Mười sáu nghìn', 'Đã thu bằng VietQR.', 'Vào Sổ theo dõi hồ sơ, Quyển số 01/2026',
    'NGƯỜI NỘP HỒ SƠ', 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'Trần Thị Mỹ Hạnh', 'ĐT 0262 355 5123', `[qr ${sampleReceipt.lookupUrl}]`, 'Khi nhận kết quả',
  ]

  it('has its fields in the order of the form', () => {
    const text = running(receiptSlip(sampleReceipt))
    let at = -1
    for (const field of order) {
      const found = text.indexOf(field, at + 1)
      expect(found, field).toBeGreaterThan(at)
      at = found
    }
  })

  it('never shows the ID number, neither in words nor in a code', () => {
    expect(running(receiptSlip(sampleReceipt))).not.toContain(sampleDossier.person.idNumber)
  })

  it('says what is not yet paid, not charged, not dated, handed in by another', () => {
    const text = (change: Partial<typeof sampleDossier>, more = {}): string => running(receiptSlip({ ...sampleReceipt, ...more, dossier: { ...sampleDossier, ...change } }))
    expect(text({ paid: 0, paidBy: null })).toContain('Chưa thu.')
    expect(text({ feeTotal: 0, fee: [] })).toContain('7. Phí, lệ phí: không thu.')
    expect(text({ due: { ...sampleDossier.due, due: null } })).toContain('theo thông báo')
    expect(text({}, { submitterName: 'Y Moan Êban', copy: 1, reprint })).toMatch(/In lại lần 1, 09:41.*Liên 1: lưu cùng hồ sơ.*Người nộp: Y Moan Êban/)
  })
})

describe('other slips', () => {
  it('a fee slip without official marks is a Phiếu thu, with them a Biên lai', () => {
    expect(running(feeReceiptSlip(sampleFeeReceipt))).toMatch(/PHIẾU THU PHÍ, LỆ PHÍ.*Liên 2.*16\.000 đ.*Mười sáu nghìn đồng.*Chuyển khoản VietQR.*FT26327004211/)
    const official = { template: '01BLP0-001', symbol: '66AA-26E', number: '0000123' }
    expect(running(feeReceiptSlip({ ...sampleFeeReceipt, official, openDrawer: true }))).toMatch(/Mẫu số: 01BLP0-001.*BIÊN LAI THU TIỀN/)
  })

  it('the test slip has all 134 letters with marks', () => {
    const text = paper(testSlip({ printerName: 'Epson', address: 'tcp://x:9100', printedAt: 0 })).join('')
    const marked = new Set([...letterLines.join('')].filter((letter) => letter > '\u007f'))
    expect(marked.size).toBe(134)
    for (const letter of marked) expect(text).toContain(letter)
  })
})
