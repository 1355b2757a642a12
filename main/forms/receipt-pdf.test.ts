import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { loadSampleOffice } from '#main/catalogue/catalogue.ts'
import { sampleDossier } from '#main/catalogue/sample-dossier.ts'
import type { Dossier } from '#domain/dossier.ts'
import { receiptPdf, type ReceiptOptions } from './receipt-pdf.ts'
import type { PageSize } from './sheet.ts'

const { office } = loadSampleOffice()
const sample = sampleDossier()
/** poppler reads the file as a person's viewer would; without it these tests say that they were skipped. */
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

const pages = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length
function read(pdf: Uint8Array, tool: 'pdftotext' | 'pdffonts'): string {
  const done = spawnSync(tool, tool === 'pdftotext' ? ['-raw', '-', '-'] : ['-'], { input: pdf, encoding: 'utf8' })
  return done.stdout.replace(/\s+/g, ' ')
}
const make = (changes: Partial<Dossier>, size: PageSize = 'A5', options: ReceiptOptions = {}) => receiptPdf({ ...sample, ...changes }, office, size, options)

/** Every label and value of Mẫu 01 in the order of domain.md 2.2. */
const inOrder = [
  'ỦY BAN NHÂN DÂN XÃ HÒA PHÚ',
  'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập - Tự do - Hạnh phúc',
  'Mã hồ sơ: H15.50.05.13-261123-0042',
  'Quyển số: 01/2026 Số thứ tự: 1187',
  'Hòa Phú, ngày 23 tháng 11 năm 2026',
  'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
  'Liên 2: Giao người nộp hồ sơ',
  'Bộ phận tiếp nhận và trả kết quả:',
  'Tiếp nhận hồ sơ của Bà: H’HƯƠNG NIÊ KDĂM',
  'Địa chỉ: Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk',
  'Số điện thoại: 0905 123 456',
  'Email: không có',
  'Hộ chiếu: 066187003095',
  'Nội dung yêu cầu giải quyết: Xác nhận thông tin hộ tịch (2.002516)',
  '1. Thành phần hồ sơ',
  'TT Tên giấy tờ, tài liệu Bản chính Bản sao',
  '1 Tờ khai đề nghị xác nhận thông tin hộ tịch 1 0',
  'xuất trình, đã trả lại',
  '2. Số lượng hồ sơ: 01 (bộ)',
  'là: 03 ngày làm việc',
  '4. Thời gian nhận hồ sơ: 09 giờ 34 phút, ngày 23 tháng 11 năm 2026',
  '5. Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 34 phút, ngày 27 tháng 11 năm 2026',
  '6. Đăng ký nhận kết quả tại:',
  '7. Phí, lệ phí: 16.000 đ (Mười sáu nghìn đồng). Đã thu bằng VietQR.',
  'Vào Sổ theo dõi hồ sơ, Quyển số 01/2026, Số thứ tự 1187',
  'NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên)',
  'NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Trần Thị Mỹ Hạnh ĐT 0262 355 5123',
  'Ghi chú:',
]

describe('Mẫu 01 as PDF', () => {
  it('is one page for an ordinary dossier, on A5 and A4, and two for two liên', async () => {
    expect(pages(await make({}))).toBe(1)
    expect(pages(await make({}, 'A4'))).toBe(1)
    expect(pages(await make({}, 'A5', { copies: [1, 2] }))).toBe(2)
  })
  it('gives the same bytes for the same dossier', async () => {
    const id = /\/ID \[.*?\]/s
    const text = async () => Buffer.from(await make({})).toString('latin1').replace(id, '')
    expect(await text()).toBe(await text())
  })
  it.skipIf(!hasPoppler)('holds every field as selectable text in the order of the form', async () => {
    const text = read(await make({}), 'pdftotext')
    let from = 0
    for (const part of inOrder) {
      const at = text.indexOf(part, from)
      expect(at, part).toBeGreaterThanOrEqual(from)
      from = at + part.length
    }
  })
  it.skipIf(!hasPoppler)('embeds its fonts', async () => {
    const lines = read(await make({}), 'pdffonts').match(/Tinos-\w+ CID TrueType Identity-H (yes|no) (yes|no) (yes|no)/g)
    expect(lines).toHaveLength(3)
    expect(lines?.every((line) => line.endsWith('yes yes yes'))).toBe(true)
  })
  it.skipIf(!hasPoppler)('says what is different: no date, unpaid, relative, reprint, province', async () => {
    const text = read(
      await make(
        {
          due: { ...sample.due, due: null, rule: 'theo thông báo', changedBecause: 'Chờ xác minh' },
          paid: 0,
          paidBy: null,
          submitter: 'relative',
          resultBy: 'post',
          person: { ...sample.person, sex: '', phone: '', email: 'a@b.vn' },
        },
        'A4',
        { reprint: 'In lại lần 1, 09:41' },
      ),
      'pdftotext',
    )
    for (const part of ['In lại lần 1, 09:41', 'theo thông báo của cơ quan giải quyết', 'Chưa thu.', 'Người thân của chủ hồ sơ', 'bưu chính công ích', 'Ông/Bà/Tổ chức:', 'Email: a@b.vn', 'Chờ xác minh']) {
      expect(text).toContain(part)
    }
    const province = read(await make({ feeTotal: 0, fee: [{ name: 'Lệ phí (do tỉnh quy định)', unitPrice: 0, quantity: 1, amount: 0 }] }), 'pdftotext')
    expect(province).toContain('7. Phí, lệ phí: theo mức do tỉnh quy định')
  })
  it.skipIf(!hasPoppler)('goes on to a second page with the heading of the table again', async () => {
    const papers = Array.from({ length: 30 }, (_, i) => ({ name: `Giấy tờ số ${i + 1}`, original: 1, copy: 0, kind: 'submit' as const }))
    const pdf = await make({ papers })
    const text = read(pdf, 'pdftotext')
    expect(pages(pdf)).toBe(2)
    expect(text.split('TT Tên giấy tờ, tài liệu Bản chính Bản sao')).toHaveLength(3)
    for (const paper of papers) expect(text).toContain(paper.name)
  })
})
