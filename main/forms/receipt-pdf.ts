import type { Dossier, ReceivedPaper, ResultBy, PaymentMethod } from '#domain/dossier.ts'
import { formatDateForm, formatMomentForm, localDay } from '#domain/local-time.ts'
import { formatMoney, moneyInWords } from '#domain/money.ts'
import { formatPhone } from '#domain/phone.ts'
import { barcode, block, closeSheet, field, fonts, need, openSheet, qr, rule, type PageSize, type Sheet } from './sheet.ts'

/** What the header says; the contract's `OfficeView` is one. */
export interface FormOffice {
  readonly unit: string
  readonly commune: string
  readonly province: string
  readonly phone: string
}

/** Which liên: 1 is archived with the Phiếu kiểm soát, 2 goes to the applicant. */
export type Copy = 1 | 2

export interface ReceiptOptions {
  /** In this order, each on pages of its own; by default the applicant's alone. */
  readonly copies?: readonly Copy[]
  /** What the QR holds: the look-up address with the code. Without it the code alone. Never an ID number. */
  readonly lookUpUrl?: string
  /** `In lại lần 1, 09:41`, boxed under the title. */
  readonly reprint?: string
}

const copyNames: Record<Copy, string> = { 1: 'Liên 1: Lưu', 2: 'Liên 2: Giao người nộp hồ sơ' }
const resultAt: Record<ResultBy, (office: FormOffice) => string> = {
  counter: (office) => `${office.unit} ${office.commune}`,
  post: () => 'Nhà riêng, qua dịch vụ bưu chính công ích',
  electronic: () => 'Bản điện tử, trên Cổng Dịch vụ công quốc gia',
}
const submitterNames = { owner: '', relative: 'Người thân của chủ hồ sơ', authorised: 'Người được ủy quyền' } as const
const two = (value: number) => String(value).padStart(2, '0')

/**
 * Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 03/2025/TT-VPCP Phụ lục I; fields as in domain.md 2.2), A5 or A4, with the whole code as
 * Code 128. Holds personal data: for the applicant and the archive only.
 */
export async function receiptPdf(dossier: Dossier, office: FormOffice, size: PageSize, options: ReceiptOptions = {}): Promise<Uint8Array> {
  const sheet = openSheet(size, `Giấy tiếp nhận hồ sơ và hẹn trả kết quả ${dossier.code}`, dossier.receivedAt)
  for (const copy of options.copies ?? [2]) {
    sheet.doc.addPage()
    header(sheet, dossier, office, options)
    title(sheet, copy, options.reprint)
    applicant(sheet, dossier, office)
    papers(sheet, dossier.papers)
    times(sheet, dossier, office)
    signatures(sheet, dossier, office)
    notes(sheet)
  }
  return closeSheet(sheet)
}

function header(sheet: Sheet, dossier: Dossier, office: FormOffice, options: ReceiptOptions): void {
  const { doc, left, width, size } = sheet
  const top = doc.y
  const leftWidth = width * 0.43
  const rightWidth = width * 0.55
  const right = left + width - rightWidth
  const half = { x: left, width: leftWidth }
  let y = block(sheet, `ỦY BAN NHÂN DÂN ${office.commune.toUpperCase()}`, { ...half, y: top }, { align: 'center', size: size - 0.5 })
  y = block(sheet, office.unit.toUpperCase(), { ...half, y }, { align: 'center', font: fonts.bold, size: size - 0.5 })
  rule(sheet, left + leftWidth * 0.32, y + 2, leftWidth * 0.36)
  const nation = block(sheet, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { x: right, y: top, width: rightWidth }, { align: 'center', font: fonts.bold, size: size - 0.5, oneLine: true })
  const motto = 'Độc lập - Tự do - Hạnh phúc'
  const mottoEnd = block(sheet, motto, { x: right, y: nation, width: rightWidth }, { align: 'center', font: fonts.bold })
  const mottoWidth = doc.widthOfString(motto)
  rule(sheet, right + (rightWidth - mottoWidth) / 2, mottoEnd + 1, mottoWidth)
  doc.y = Math.max(y, mottoEnd) + size * 0.9
  code(sheet, dossier, office, options)
}

/** The code with its bars at the left, the QR at the right, the register and the place and date between. */
function code(sheet: Sheet, dossier: Dossier, office: FormOffice, options: ReceiptOptions): void {
  const { doc, left, width, size } = sheet
  const top = doc.y
  const side = size * 7
  const textWidth = width - side - 8
  let y = block(sheet, `Mã hồ sơ: ${dossier.code}`, { x: left, y: top, width: textWidth }, { font: fonts.bold, size: size + 1 })
  barcode(sheet, dossier.code, left + 2, y + 2, Math.min(textWidth - 20, size * 21), size * 2.1)
  y += size * 2.1 + 5
  y = block(sheet, `Quyển số: ${dossier.register.volume}   Số thứ tự: ${dossier.register.number}`, { x: left, y, width: textWidth })
  qr(sheet, options.lookUpUrl ?? dossier.code, left + width - side, top - 3, side)
  const placeY = Math.max(y, top + side - 6)
  const place = `${placeName(office.commune)}, ${formatDateForm(localDay(dossier.receivedAt))}`
  doc.y = block(sheet, place, { x: left, y: placeY, width }, { align: 'right', font: fonts.italic }) + size * 0.3
}

/** `xã Hòa Phú` → `Hòa Phú`. */
const placeName = (commune: string) => commune.replace(/^(xã|phường|đặc khu)\s+/iu, '')

function title(sheet: Sheet, copy: Copy, reprint: string | undefined): void {
  const { doc, left, width, size } = sheet
  const at = { x: left, width }
  let y = block(sheet, 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', { ...at, y: doc.y }, { align: 'center', font: fonts.bold, size: size + 2.5 })
  y = block(sheet, copyNames[copy], { ...at, y }, { align: 'center', font: fonts.italic })
  if (reprint !== undefined) {
    const boxWidth = doc.font(fonts.bold).fontSize(size).widthOfString(reprint) + 14
    doc.lineWidth(0.8).rect(left + (width - boxWidth) / 2, y + 2, boxWidth, size * 1.6).stroke()
    y = block(sheet, reprint, { ...at, y: y + 2 + size * 0.25 }, { align: 'center', font: fonts.bold }) + 4
  }
  doc.y = y + size * 0.4
}

function applicant(sheet: Sheet, dossier: Dossier, office: FormOffice): void {
  const { person } = dossier
  const address = person.sex === 'male' ? 'Ông' : person.sex === 'female' ? 'Bà' : 'Ông/Bà/Tổ chức'
  field(sheet, 'Bộ phận tiếp nhận và trả kết quả:', `${office.unit} ${office.commune}, ${office.province}`)
  field(sheet, `Tiếp nhận hồ sơ của ${address}:`, person.fullName.toUpperCase())
  if (dossier.submitter !== 'owner') field(sheet, 'Người nộp:', submitterNames[dossier.submitter])
  field(sheet, 'Địa chỉ:', person.address)
  field(sheet, 'Số điện thoại:', person.phone === '' ? 'không có' : formatPhone(person.phone))
  field(sheet, 'Email:', person.email === '' ? 'không có' : person.email)
  field(sheet, 'Số định danh/Thẻ căn cước/Hộ chiếu:', person.idNumber)
  field(sheet, 'Nội dung yêu cầu giải quyết:', `${dossier.procedureName} (${dossier.procedure})`)
}

const columns = [0.07, 0.65, 0.14, 0.14] as const
const headings = ['TT', 'Tên giấy tờ, tài liệu', 'Bản chính', 'Bản sao'] as const

function row(sheet: Sheet, cells: readonly string[], bold: boolean): void {
  const { doc, left, width, size } = sheet
  const text = size - 0.5
  doc.font(bold ? fonts.bold : fonts.regular).fontSize(text)
  const heights = cells.map((cell, i) => doc.heightOfString(cell, { width: (columns[i] ?? 0) * width - 8 }))
  const height = Math.max(...heights) + 5
  if (need(sheet, height) && !bold) row(sheet, headings, true)
  const top = doc.y
  let x = left
  cells.forEach((cell, i) => {
    const cellWidth = (columns[i] ?? 0) * width
    doc.lineWidth(0.6).rect(x, top, cellWidth, height).stroke()
    block(sheet, cell, { x: x + 4, y: top + 2.5, width: cellWidth - 8 }, { font: bold ? fonts.bold : fonts.regular, size: text, align: i === 1 && !bold ? 'left' : 'center' })
    x += cellWidth
  })
  doc.y = top + height
}

const kinds: Record<ReceivedPaper['kind'], string> = { submit: '', present: ' (xuất trình, đã trả lại)', declare: ' (khai tại chỗ)' }

function papers(sheet: Sheet, all: readonly ReceivedPaper[]): void {
  const { doc, left, width, size } = sheet
  need(sheet, size * 6)
  doc.y = block(sheet, '1. Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ gồm:', { x: left, y: doc.y, width }) + 3
  row(sheet, headings, true)
  all.forEach((paper, i) => row(sheet, [String(i + 1), `${paper.name}${kinds[paper.kind]}`, String(paper.original), String(paper.copy)], false))
  doc.y += size * 0.5
}

const paidWords: Readonly<Record<PaymentMethod, string>> = { cash: 'tiền mặt', vietqr: 'VietQR', card: 'thẻ', 'terminal-qr': 'QR trên máy thẻ' }

function feeText(dossier: Dossier): string {
  if (dossier.feeTotal === 0) return dossier.fee.some((line) => line.name.includes('do tỉnh quy định')) ? 'theo mức do tỉnh quy định' : 'không thu'
  const how = dossier.paidBy ? paidWords[dossier.paidBy] : ''
  const paid = dossier.paid >= dossier.feeTotal ? `Đã thu bằng ${how}.` : dossier.paid > 0 ? `Đã thu ${formatMoney(dossier.paid)}.` : 'Chưa thu.'
  return `${formatMoney(dossier.feeTotal)} (${moneyInWords(dossier.feeTotal)}). ${paid}`
}

/** `3 ngày làm việc` → `03 ngày làm việc`, as forms write it. */
const limitText = (text: string) => text.replace(/^\d(?= )/, '0$&')

function times(sheet: Sheet, dossier: Dossier, office: FormOffice): void {
  const { due } = dossier
  field(sheet, '2. Số lượng hồ sơ:', `${two(dossier.sets)} (bộ)`)
  field(sheet, '3. Thời gian giải quyết hồ sơ theo quy định là:', limitText(due.rule))
  field(sheet, '4. Thời gian nhận hồ sơ:', formatMomentForm(dossier.receivedAt))
  field(sheet, '5. Thời gian trả kết quả giải quyết hồ sơ:', due.due === null ? 'theo thông báo của cơ quan giải quyết' : formatMomentForm(due.due))
  if (due.changedBecause !== null) field(sheet, 'Lý do hẹn khác thời hạn quy định:', due.changedBecause)
  field(sheet, '6. Đăng ký nhận kết quả tại:', resultAt[dossier.resultBy](office))
  field(sheet, '7. Phí, lệ phí:', feeText(dossier))
  field(sheet, 'Vào Sổ theo dõi hồ sơ, Quyển số', `${dossier.register.volume}, Số thứ tự ${dossier.register.number}`)
}

function signatures(sheet: Sheet, dossier: Dossier, office: FormOffice): void {
  const { doc, left, width, size } = sheet
  need(sheet, size * 9.5)
  const top = doc.y + size * 0.5
  const half = width / 2 - 6
  const sides = [
    { x: left, who: 'NGƯỜI NỘP HỒ SƠ', name: dossier.submitter === 'owner' ? dossier.person.fullName : '', below: '' },
    { x: left + width - half, who: 'NGƯỜI TIẾP NHẬN HỒ SƠ', name: dossier.staffName, below: `ĐT ${formatPhone(office.phone)}` },
  ]
  const ends = sides.map(({ x, who, name, below }) => {
    const at = { x, width: half }
    let y = block(sheet, who, { ...at, y: top }, { align: 'center', font: fonts.bold })
    y = block(sheet, '(Ký và ghi rõ họ tên)', { ...at, y }, { align: 'center', font: fonts.italic }) + size * 3.2
    y = name === '' ? y : block(sheet, name, { ...at, y }, { align: 'center', font: fonts.bold })
    return below === '' ? y : block(sheet, below, { ...at, y }, { align: 'center' })
  })
  doc.y = Math.max(...ends) + size * 0.6
}

const noteText =
  'Ghi chú: Giấy này lập thành 2 liên: một liên chuyển kèm Phiếu kiểm soát và lưu, một liên giao người nộp hồ sơ. Có thể đăng ký nhận kết quả tại nơi ' +
  'tiếp nhận hoặc tại nhà qua dịch vụ bưu chính công ích. Khi nhận kết quả, mang theo giấy này và thẻ căn cước; người khác nhận thay cần văn bản ủy quyền.'

function notes(sheet: Sheet): void {
  const { doc, left, width, size } = sheet
  doc.font(fonts.italic).fontSize(size - 1.5)
  need(sheet, doc.heightOfString(noteText, { width }) + 4)
  rule(sheet, left, doc.y, width * 0.3, 0.5)
  block(sheet, noteText, { x: left, y: doc.y + 4, width }, { font: fonts.italic, size: size - 1.5 })
}
