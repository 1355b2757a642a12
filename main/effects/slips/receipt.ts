import type { Dossier, ReceivedPaper } from '#domain/dossier.ts'
import { maskId } from '#domain/identity.ts'
import { formatDateForm, formatDayMonth, formatMomentForm, localDay, localTime, weekdayName } from '#domain/local-time.ts'
import { formatNumber, moneyInWords } from '#domain/money.ts'
import { formatPhone } from '#domain/phone.ts'
import type { Block, Inline, Slip, TextBlock } from '#native/printer/slip.ts'
import { agencyOf, capitals, localityOf, type Reprint, type SlipOffice } from './office.ts'
import { reprintBlocks } from './reprint-box.ts'

/** Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả, on 80 mm paper. */
export interface ReceiptSlip {
  readonly office: SlipOffice
  readonly dossier: Dossier
  /** Who handed the papers in, where that is not the applicant. */
  readonly submitterName: string | null
  /** Where the result is fetched, as the form says it: `Quầy 1`, `Gửi về nhà qua bưu chính`, `Bản điện tử`. */
  readonly resultAt: string
  readonly staffPhone: string
  /** Address of the look-up page of this dossier; it must not hold an ID number. */
  readonly lookupUrl: string
  /** 1: kept with the dossier, 2: for the applicant. */
  readonly copy: 1 | 2
  readonly reprint: Reprint | null
}

const salutation = { male: 'Ông', female: 'Bà', '': 'Ông/Bà' } as const
const copyNames = { 1: 'Liên 1: lưu cùng hồ sơ', 2: 'Liên 2: giao người nộp' } as const
const paidWords = { cash: 'Đã thu bằng tiền mặt.', vietqr: 'Đã thu bằng VietQR.', card: 'Đã thu bằng thẻ.', 'terminal-qr': 'Đã thu bằng QR trên máy thẻ.' } as const
const paperNotes: Readonly<Record<ReceivedPaper['kind'], string>> = { submit: '', present: ' (xuất trình, đã trả lại)', declare: ' (khai tại quầy)' }

const field = (label: string, value: string): TextBlock => ({ kind: 'text', before: 7, text: [{ text: `${label}: ` }, { text: value, bold: true }] })
/** The time of a form, its hour never parted from the word after it. */
const clock = (moment: number): string => formatMomentForm(moment).replace(' giờ', '\u00a0giờ')
const line = (text: Inline, before = 7): TextBlock => ({ kind: 'text', text, before })

function headBlocks({ office, dossier, copy, reprint }: ReceiptSlip): readonly Block[] {
  const number = dossier.code.split('-')
  const short = number.slice(-2).join('-')
  const digits = short.replaceAll(/\D/g, '').slice(-10)
  return [
    { kind: 'text', text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', align: 'center', bold: true },
    { kind: 'text', text: 'Độc lập - Tự do - Hạnh phúc', align: 'center', bold: true, underline: true },
    { kind: 'text', text: capitals(agencyOf(office)), align: 'center', before: 18 },
    { kind: 'text', text: capitals(office.unit), align: 'center', bold: true },
    { kind: 'rule' },
    { kind: 'text', text: 'Mã hồ sơ', align: 'center', size: 'note' },
    { kind: 'text', text: dossier.code, align: 'center', size: 'code' },
    { kind: 'code128', digits: digits.length % 2 === 0 ? digits : digits.slice(1), text: short },
    { kind: 'text', text: `Quyển số: ${dossier.register.volume}   Số thứ tự: ${dossier.register.number}`, align: 'center', size: 'fine', before: 8 },
    { kind: 'text', text: `${localityOf(office)}, ${formatDateForm(localDay(dossier.receivedAt))}`, align: 'center', size: 'fine' },
    { kind: 'text', text: 'GIẤY TIẾP NHẬN HỒ SƠ', align: 'center', size: 'title', before: 10 },
    { kind: 'text', text: 'VÀ HẸN TRẢ KẾT QUẢ', align: 'center', size: 'title' },
    ...reprintBlocks(reprint),
    { kind: 'text', text: copyNames[copy], align: 'center', size: 'fine' },
  ]
}

function personBlocks({ office, dossier, submitterName }: ReceiptSlip): readonly Block[] {
  const { person } = dossier
  return [
    field('Bộ phận tiếp nhận và trả kết quả', `${office.unit} ${office.commune}`),
    field('Tiếp nhận hồ sơ của', salutation[person.sex]),
    { kind: 'text', text: capitals(person.fullName), bold: true },
    ...(submitterName ? [field('Người nộp', submitterName)] : []),
    line(`Địa chỉ: ${person.address || 'không có'}`),
    line(`Số điện thoại: ${person.phone ? formatPhone(person.phone) : 'không có'}.`),
    line(`Email: ${person.email || 'không có'}`, 0),
    line(`Số thẻ căn cước: ${maskId(person.idNumber) || 'không có'}`),
    field('Nội dung yêu cầu giải quyết', `${dossier.procedureName} (${dossier.procedure})`),
    line('1. Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ gồm:'),
  ]
}

function papersTable(papers: readonly ReceivedPaper[]): Block {
  return {
    kind: 'table',
    columns: [
      { head: 'TT', width: 0.09, align: 'center' },
      { head: 'Tên giấy tờ, tài liệu', width: 0.58 },
      { head: 'Bản chính', width: 0.18, align: 'center' },
      { head: 'Bản sao', width: 0.15, align: 'center' },
    ],
    rows: papers.map((paper, index) => [String(index + 1), `${paper.name}${paperNotes[paper.kind]}`, String(paper.original), String(paper.copy)]),
  }
}

/** Days that did not count, several of one reason together: `Không tính 24/11 (ngày nghỉ lễ).` */
function skippedLine(dossier: Dossier): readonly TextBlock[] {
  const byReason = new Map<string, string[]>()
  for (const day of dossier.due.skipped) byReason.set(day.why, [...(byReason.get(day.why) ?? []), formatDayMonth(day.date)])
  if (byReason.size === 0) return []
  const parts = [...byReason].map(([why, days]) => `${days.join(', ')} (${why})`)
  return [{ kind: 'text', text: `Không tính ${parts.join('; ')}.`, size: 'note' }]
}

function dueBlocks({ dossier }: ReceiptSlip): readonly Block[] {
  const { due } = dossier
  const first = line(`3. Thời gian giải quyết hồ sơ theo quy định là: ${due.rule.replace(/^(\d)(?=\s)/, '0$1')}`)
  const received = line(`4. Thời gian nhận hồ sơ: ${clock(dossier.receivedAt)}`)
  if (due.due === null) return [first, received, line('5. Thời gian trả kết quả giải quyết hồ sơ: theo thông báo')]
  const day = localDay(due.due)
  return [
    first,
    received,
    line(`5. Thời gian trả kết quả giải quyết hồ sơ: ${clock(due.due)}`),
    { kind: 'gap', dots: 10 },
    {
      kind: 'box',
      thick: true,
      lines: [
        { kind: 'text', text: 'Mời đến nhận từ' },
        { kind: 'text', text: `${localTime(due.due)} ${weekdayName(day)} ${formatDayMonth(day)}`, size: 'due' },
        ...skippedLine(dossier),
      ],
    },
  ]
}

function feeLine(dossier: Dossier): TextBlock {
  if (dossier.feeTotal === 0) return line('7. Phí, lệ phí: không thu.')
  const amount = { text: `${formatNumber(dossier.feeTotal)} đồng`, bold: true }
  const paid = dossier.paid >= dossier.feeTotal && dossier.paidBy ? paidWords[dossier.paidBy] : 'Chưa thu.'
  return line([{ text: '7. Phí, lệ phí: ' }, amount, { text: ` (${moneyInWords(dossier.feeTotal)}). ${paid}` }])
}

function signatureBlocks({ dossier, submitterName, staffPhone }: ReceiptSlip): readonly Block[] {
  const stack = (title: string, lines: readonly string[]): readonly TextBlock[] => [
    { kind: 'text', text: title, size: 'sign' },
    { kind: 'text', text: '(Ký và ghi rõ họ tên)', size: 'fine' },
    ...lines.map((text, index): TextBlock => ({ kind: 'text', text, size: 'fine', bold: index === 0, before: index === 0 ? 86 : 0 })),
  ]
  const staff = staffPhone ? [dossier.staffName, `ĐT ${formatPhone(staffPhone)}`] : [dossier.staffName]
  return [
    { kind: 'gap', dots: 10 },
    {
      kind: 'columns',
      columns: [stack('NGƯỜI NỘP HỒ SƠ', [submitterName ?? dossier.person.fullName]), stack('NGƯỜI TIẾP NHẬN HỒ SƠ', staff)],
    },
  ]
}

/** Composes Mẫu 01 with its fields in the order of the form (domain.md 2.2) and the due date once more in a frame. The ID number is masked. */
export function receiptSlip(receipt: ReceiptSlip): Slip {
  const { dossier } = receipt
  const book = dossier.register
  return {
    blocks: [
      ...headBlocks(receipt),
      ...personBlocks(receipt),
      { kind: 'gap', dots: 8 },
      papersTable(dossier.papers),
      line(`2. Số lượng hồ sơ: ${String(dossier.sets).padStart(2, '0')} (bộ)`),
      ...dueBlocks(receipt),
      line(`6. Đăng ký nhận kết quả tại: ${receipt.resultAt}`),
      feeLine(dossier),
      line(`Vào Sổ theo dõi hồ sơ, Quyển số ${book.volume}, Số thứ tự ${book.number}`),
      ...signatureBlocks(receipt),
      { kind: 'rule', dashed: true },
      {
        kind: 'qr',
        data: receipt.lookupUrl,
        caption: [{ text: 'Quét để xem hồ sơ đang ở đâu.', bold: true }, { text: ' Hoặc đưa giấy này vào ki-ốt.' }],
        module: 6,
      },
      { kind: 'rule' },
      {
        kind: 'text',
        size: 'fine',
        text: 'Khi nhận kết quả, mang giấy này và thẻ căn cước. Người khác nhận thay cần văn bản ủy quyền. Giấy in 2 liên: một liên lưu cùng hồ sơ.',
      },
      { kind: 'cut' },
    ],
  }
}
