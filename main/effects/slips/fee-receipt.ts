import type { FeeLine, PaymentMethod } from '#domain/dossier.ts'
import type { CardSlip } from '#domain/event.ts'
import { formatDateForm, localDay, localTime } from '#domain/local-time.ts'
import { formatMoney, formatNumber, moneyInWords } from '#domain/money.ts'
import type { Block, Slip } from '#native/printer/slip.ts'
import { agencyOf, capitals, localityOf, type Reprint, type SlipOffice } from './office.ts'
import { reprintBlocks } from './reprint-box.ts'

/**
 * A fee receipt on thermal paper. With `official` it carries the marks that the e-receipt provider gave; without it is only a slip that money was taken:
 * the product never makes up receipt numbers (domain.md 7.3).
 */
export interface FeeReceiptSlip {
  readonly office: SlipOffice
  readonly taxCode: string
  readonly official: { readonly template: string; readonly symbol: string; readonly number: string } | null
  readonly dossierCode: string
  readonly payerName: string
  readonly payerAddress: string
  readonly lines: readonly FeeLine[]
  readonly total: number
  readonly method: PaymentMethod
  /** The bank's reference of a VietQR payment, or null. */
  readonly bankReference: string | null
  /** What the terminal said of a payment there, or null. */
  readonly card: CardSlip | null
  readonly paidAt: number
  readonly staffName: string
  readonly copy: 1 | 2
  /** Opens the drawer with the slip (cash). */
  readonly openDrawer: boolean
  readonly reprint: Reprint | null
}

const copyNames = { 1: '(Liên 1: Lưu tại cơ quan thu)', 2: '(Liên 2: Giao cho người nộp)' } as const
const methodNames: Readonly<Record<PaymentMethod, string>> = { cash: 'Tiền mặt', vietqr: 'Chuyển khoản VietQR', card: 'Thẻ', 'terminal-qr': 'QR trên máy thẻ' }

function methodText({ method, bankReference, card }: FeeReceiptSlip): string {
  const details = [
    card?.maskedPan && `số •••• ${card.maskedPan.slice(-4)}`,
    bankReference && `mã giao dịch ${bankReference}`,
    card?.approval && `mã chuẩn chi ${card.approval}`,
    card?.receipt && `số hóa đơn máy thẻ ${card.receipt}`,
  ]
  return [methodNames[method], ...details.filter(Boolean)].join(', ')
}

function headBlocks(receipt: FeeReceiptSlip): readonly Block[] {
  const { official } = receipt
  const marks = official ? [`Mẫu số: ${official.template}`, `Ký hiệu: ${official.symbol}   Số: ${official.number}`] : []
  return [
    { kind: 'text', text: capitals(agencyOf(receipt.office)), align: 'center', bold: true },
    { kind: 'text', text: `Đơn vị thu: ${receipt.office.unit}`, align: 'center', size: 'note' },
    { kind: 'text', text: `Mã số thuế: ${receipt.taxCode || 'không có'}`, align: 'center', size: 'note' },
    ...marks.map((text): Block => ({ kind: 'text', text, align: 'center', size: 'note' })),
    { kind: 'rule' },
    { kind: 'text', text: official ? 'BIÊN LAI THU TIỀN' : 'PHIẾU THU', align: 'center', size: 'title' },
    { kind: 'text', text: 'PHÍ, LỆ PHÍ', align: 'center', size: 'lead' },
    { kind: 'text', text: copyNames[receipt.copy], align: 'center', size: 'fine' },
    ...reprintBlocks(receipt.reprint),
  ]
}

function amountTable(lines: readonly FeeLine[]): Block {
  return {
    kind: 'table',
    columns: [
      { head: 'Tên loại phí, lệ phí', width: 0.5 },
      { head: 'SL', width: 0.12, align: 'center' },
      { head: 'Đơn giá', width: 0.18, align: 'right' },
      { head: 'Thành tiền', width: 0.2, align: 'right' },
    ],
    rows: lines.map((line) => [line.name, String(line.quantity), formatNumber(line.unitPrice), formatNumber(line.amount)]),
  }
}

/** Composes the slip a payer gets for phí and lệ phí, in the order of the paper form. */
export function feeReceiptSlip(receipt: FeeReceiptSlip): Slip {
  const field = (label: string, value: string): Block => ({ kind: 'text', before: 6, text: [{ text: `${label}: ` }, { text: value, bold: true }] })
  return {
    blocks: [
      ...headBlocks(receipt),
      { kind: 'gap', dots: 6 },
      field('Tên đơn vị hoặc người nộp tiền', receipt.payerName),
      field('Địa chỉ', receipt.payerAddress || 'không có'),
      field('Mã hồ sơ', receipt.dossierCode),
      { kind: 'gap', dots: 10 },
      amountTable(receipt.lines),
      { kind: 'gap', dots: 10 },
      {
        kind: 'box',
        thick: true,
        lines: [
          { kind: 'text', text: 'Số tiền' },
          { kind: 'text', text: formatMoney(receipt.total), size: 'bigValue' },
        ],
      },
      { kind: 'text', text: `(Viết bằng chữ: ${moneyInWords(receipt.total)})`, before: 8 },
      field('Hình thức thanh toán', methodText(receipt)),
      { kind: 'text', text: `${localityOf(receipt.office)}, ${localTime(receipt.paidAt)} ${formatDateForm(localDay(receipt.paidAt))}`, align: 'center', size: 'fine', before: 14 },
      {
        kind: 'columns',
        columns: [
          [
            { kind: 'text', text: 'Người thu tiền', bold: true, size: 'note' },
            { kind: 'text', text: '(Ký, ghi rõ họ tên)', size: 'fine' },
            { kind: 'text', text: receipt.staffName, bold: true, size: 'note', before: 86 },
          ],
        ],
      },
      ...(receipt.openDrawer ? [{ kind: 'drawer' } as const] : []),
      { kind: 'cut' },
    ],
  }
}
