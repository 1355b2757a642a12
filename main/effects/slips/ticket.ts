import { formatDateVi, localDay, localTime, weekdayName } from '#domain/local-time.ts'
import type { Block, Cell, Slip } from '#native/printer/slip.ts'
import { capitals, type Reprint, type SlipOffice } from './office.ts'
import { reprintBlocks } from './reprint-box.ts'

/** Everything on a queue ticket (domain.md 6.2). Times are epoch ms. No name and no ID number: a ticket gets lost. */
export interface TicketSlip {
  readonly office: SlipOffice
  readonly number: string
  /** What it is for, by its short name. */
  readonly title: string
  /** `Ưu tiên: người cao tuổi`, or null. */
  readonly priority: string | null
  readonly ahead: number
  readonly counters: readonly number[]
  /** When the call is expected, or null when nobody can tell. */
  readonly expected: { readonly from: number; readonly to: number } | null
  /** What the QR opens. */
  readonly followUrl: string
  /** Names of papers the citizen said are missing. */
  readonly missing: readonly string[]
  /** What helps with them, a sentence: `Cán bộ in giúp tại quầy.`; empty for none. */
  readonly missingHelp: string
  /** Counter that puts people back in line. */
  readonly receptionCounter: number
  readonly printedAt: number
  /** `Ki-ốt 1`. */
  readonly stationName: string
  readonly reprint: Reprint | null
}

function factRows(ticket: TicketSlip): readonly (readonly Cell[])[] {
  const ahead: Cell = { label: 'Chờ trước', value: ticket.ahead === 0 ? 'Không ai' : `${ticket.ahead} người` }
  const at: Cell = { label: 'Gọi tại quầy', value: ticket.counters.length === 0 ? 'Xem bảng' : ticket.counters.join(', ') }
  if (!ticket.expected) return [[ahead, at]]
  const range = `${localTime(ticket.expected.from)} – ${localTime(ticket.expected.to)}`
  return [[ahead, at], [{ label: 'Dự kiến được gọi', value: range, big: true }]]
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
}

function missingBlocks(ticket: TicketSlip): readonly Block[] {
  if (ticket.missing.length === 0) return []
  const names = ticket.missing.map(lowerFirst).join('; ')
  const help = ticket.missingHelp ? ` ${ticket.missingHelp}` : ''
  return [{ kind: 'text', text: [{ text: 'Còn thiếu:', bold: true }, { text: ` ${names}.${help}` }] }]
}

/** Composes the ticket as in the picture `slip-ticket.png`; at most 150 mm long. */
export function ticketSlip(ticket: TicketSlip): Slip {
  const day = localDay(ticket.printedAt)
  const printed = `In lúc ${localTime(ticket.printedAt)}, ${weekdayName(day)} ${formatDateVi(day)}. ${ticket.stationName}.`
  return {
    blocks: [
      { kind: 'text', text: capitals(ticket.office.unit), align: 'center', size: 'head' },
      { kind: 'text', text: capitals(`${ticket.office.commune}, ${ticket.office.province}`), align: 'center', size: 'body', bold: true },
      { kind: 'rule' },
      { kind: 'text', text: 'PHIẾU SỐ THỨ TỰ', align: 'center', size: 'lead' },
      ...reprintBlocks(ticket.reprint),
      { kind: 'number', text: ticket.number },
      { kind: 'text', text: ticket.title, align: 'center', size: 'work', before: 6 },
      ...(ticket.priority ? [{ kind: 'text', text: ticket.priority, align: 'center', bold: true } as const] : []),
      { kind: 'gap', dots: 14 },
      { kind: 'cells', rows: factRows(ticket) },
      { kind: 'gap', dots: 18 },
      { kind: 'qr', data: ticket.followUrl, caption: [{ text: 'Quét để xem còn mấy người chờ.', bold: true }] },
      { kind: 'rule', dashed: true },
      ...missingBlocks(ticket),
      { kind: 'text', text: `Số được gọi 3 lần. Lỡ lượt, mời báo quầy ${ticket.receptionCounter} để được xếp lại.`, before: 8 },
      { kind: 'rule' },
      { kind: 'text', text: printed, align: 'center', size: 'note' },
      { kind: 'cut' },
    ],
  }
}
