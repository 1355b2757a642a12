import type { Ticket } from '#domain/ticket.ts'
import { localTime } from '#domain/local-time.ts'
import type { CardSlip } from '#domain/event.ts'
import type { Slip } from '#native/printer/slip.ts'
import type { DossierStore } from '#usecases/dossier-store.ts'
import type { Payments } from '#usecases/payments.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import type { PrintJob } from '#effects/print-desk.ts'
import { feeReceiptSlip } from '#effects/slips/fee-receipt.ts'
import { receiptSlip } from '#effects/slips/receipt.ts'
import { ticketSlip } from '#effects/slips/ticket.ts'
import type { StationConfig } from '#main/config.ts'

export interface ComposeParts {
  readonly config: StationConfig
  readonly queue: QueuePort
  readonly dossiers: DossierStore
  readonly payments: Payments
  readonly followUrl: (key: string) => string
  readonly lookupUrl: (code: string) => string
  readonly now: () => number
}

const priorityWords: Readonly<Record<string, string>> = {
  disabled: 'người khuyết tật',
  elderly: 'người cao tuổi',
  pregnant: 'phụ nữ có thai',
  child: 'trẻ em dưới 6 tuổi',
  merit: 'người có công',
  urgent: 'việc khẩn',
  appointment: 'đã hẹn trước',
}

const resultWords = { counter: 'Quầy', post: 'Gửi về nhà qua bưu chính', electronic: 'Bản điện tử' } as const

/** The slip that a job names, out of what is stored now; null when that is gone. */
export function slipComposer(parts: ComposeParts): (job: PrintJob) => Slip | null {
  return (job) => {
    const reprint = job.copy === 0 ? null : { times: job.copy, at: job.at }
    if (job.kind === 'ticket') return ticket(parts, job.what, reprint)
    return job.kind === 'receipt' ? receipt(parts, job.what, reprint) : feeReceipt(parts, job.what, reprint)
  }
}

type Reprint = { readonly times: number; readonly at: number } | null

function ticket(parts: ComposeParts, ticketId: string, reprint: Reprint): Slip | null {
  const standing = parts.queue.standing(ticketId)
  if (!standing) return null
  const { ticket: one, ahead, counters } = standing
  const missing = one.papers.filter((paper) => !paper.have).map((paper) => paper.name)
  return ticketSlip({
    office: parts.config.office,
    number: one.number,
    title: one.title,
    priority: laneOf(one),
    ahead,
    counters,
    expected: one.promised && { from: one.issuedAt + one.promised.from * 60_000, to: one.issuedAt + one.promised.to * 60_000 },
    followUrl: parts.followUrl(one.key),
    missing,
    missingHelp: missing.some((name) => /tờ khai/i.test(name)) ? 'Cán bộ in giúp tại quầy.' : '',
    receptionCounter: parts.config.receptionCounter,
    printedAt: parts.now(),
    stationName: parts.config.station.name,
    reprint,
  })
}

/** The booked time, or why the holder goes first. */
function laneOf({ appointment, priority }: Ticket): string | null {
  if (appointment) return `Hẹn ${localTime(appointment.at)}`
  return priority ? `Ưu tiên: ${priorityWords[priority] ?? ''}` : null
}

function receipt(parts: ComposeParts, code: string, reprint: Reprint): Slip | null {
  const dossier = parts.dossiers.find(code)
  if (!dossier) return null
  const { resultBy } = dossier
  return receiptSlip({
    office: parts.config.office,
    dossier,
    submitterName: null,
    resultAt: resultBy === 'counter' ? `${resultWords.counter} ${parts.config.receptionCounter}` : resultWords[resultBy],
    staffPhone: parts.config.office.phone,
    lookupUrl: parts.lookupUrl(code),
    copy: 2,
    reprint,
  })
}

function feeReceipt(parts: ComposeParts, paymentId: string, reprint: Reprint): Slip | null {
  const payment = parts.payments.find(paymentId)
  const dossier = payment && parts.dossiers.find(payment.code)
  if (!payment || !dossier) return null
  return feeReceiptSlip({
    office: parts.config.office,
    taxCode: '',
    official: null,
    dossierCode: dossier.code,
    payerName: dossier.person.fullName,
    payerAddress: dossier.person.address,
    lines: dossier.fee,
    total: payment.amount,
    method: payment.method,
    card: payment.card === null ? null : (JSON.parse(payment.card) as CardSlip),
    bankReference: payment.method === 'vietqr' ? payment.reference : null,
    paidAt: payment.requested_at,
    staffName: dossier.staffName,
    copy: 2,
    openDrawer: payment.method === 'cash' && reprint === null,
    reprint,
  })
}

