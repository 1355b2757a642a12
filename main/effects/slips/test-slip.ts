import { formatDateVi, localDay, localTime, weekdayName } from '#domain/local-time.ts'
import type { Slip } from '#native/printer/slip.ts'

/** What the standard slip says about itself. */
export interface TestSlip {
  readonly printerName: string
  readonly address: string
  readonly printedAt: number
}

/** Every letter of Vietnamese, all tones, both cases, in lines short enough for 58 mm paper. */
export const letterLines: readonly string[] = [
  'aàảãáạ ăằẳẵắặ âầẩẫấậ', 'eèẻẽéẹ êềểễếệ iìỉĩíị', 'oòỏõóọ ôồổỗốộ ơờởỡớợ', 'uùủũúụ ưừửữứự yỳỷỹýỵ đ',
  'AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ', 'EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ', 'OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ', 'UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ',
]

/** The standard slip: letters, sizes, a table and both kinds of codes, so that a technician sees at once what this printer can't do. */
export function testSlip(test: TestSlip): Slip {
  const day = localDay(test.printedAt)
  return {
    blocks: [
      { kind: 'text', text: 'PHIẾU IN THỬ', align: 'center', size: 'title' },
      { kind: 'text', text: test.printerName, align: 'center', bold: true },
      { kind: 'text', text: test.address, align: 'center', size: 'fine' },
      { kind: 'rule' },
      ...letterLines.map((text) => ({ kind: 'text', text }) as const),
      { kind: 'text', text: 'ấ Ấ ươ ĐƯỜNG đường 16.000 đ', bold: true, before: 8 },
      { kind: 'text', text: 'Đăng ký khai sinh', align: 'center', size: 'work', before: 8 },
      {
        kind: 'table',
        columns: [{ head: 'Giấy tờ', width: 0.7 }, { head: 'Bản chính', width: 0.3, align: 'center' }],
        rows: [['Tờ khai đề nghị xác nhận thông tin hộ tịch', '1']],
      },
      { kind: 'gap', dots: 8 },
      { kind: 'code128', digits: '2611230042', text: '261123-0042' },
      { kind: 'qr', data: 'https://motcua.invalid/in-thu', caption: 'Máy in đạt khi mọi dòng trên đọc rõ và mã này quét được.' },
      { kind: 'rule', dashed: true },
      { kind: 'text', text: `In lúc ${localTime(test.printedAt)}, ${weekdayName(day)} ${formatDateVi(day)}.`, align: 'center', size: 'note' },
      { kind: 'cut' },
    ],
  }
}
