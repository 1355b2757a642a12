/** Answers of a station that is not there, for pictures of the counter: quick, friendly, and always the same. */
import type { AppointmentView } from '#contract/appointment.ts'
import type { AcceptedDossier, IntakePreview } from '#contract/counter.ts'
import type { PaymentShown } from '#contract/touchpad.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { CounterCommands } from '../counter/commands.ts'
import type { Result } from '../state/use-command.ts'
import { confirmCivil, counterProcedures } from './counter-procedures.ts'
import { card, serving } from './counter-views.ts'

const ok = <Data>(data: Data): Promise<Result<Data>> => Promise.resolve({ ok: true, data })
const at = (day: string, clock = '09:34') => Date.parse(`${day}T${clock}:00+07:00`)

export const samplePreview: IntakePreview = {
  due: { start: at('2026-11-23'), due: at('2026-11-27'), skipped: [{ date: '2026-11-24', why: 'Ngày Văn hóa Việt Nam, NQ 28/2026' }], rule: '3 ngày làm việc', changedBecause: null },
  days: [
    { date: '2026-11-23', kind: 'received', nth: null, why: null }, { date: '2026-11-24', kind: 'skipped', nth: null, why: 'Nghỉ lễ' },
    { date: '2026-11-25', kind: 'counted', nth: 1, why: null }, { date: '2026-11-26', kind: 'counted', nth: 2, why: null }, { date: '2026-11-27', kind: 'due', nth: 3, why: null },
  ],
  fee: [{ name: 'Văn bản xác nhận', unitPrice: 8000, quantity: 2, amount: 16_000 }], feeTotal: 16_000,
}

export const sampleDossier: Dossier = {
  code: 'H15.50.05.13-261123-0042', procedure: confirmCivil.code, procedureName: confirmCivil.shortName, decisionNo: confirmCivil.decisionNo, field: 'Hộ tịch', channel: 'DIRECT',
  status: 'accepted', receivedAt: at('2026-11-23'), due: samplePreview.due, papers: [], sets: 1, submitter: 'owner', resultBy: 'counter', fee: samplePreview.fee, feeTotal: 16_000, paid: 0, paidBy: null,
  register: { volume: '01/2026', number: 42 }, counter: 3, staff: 's3', staffName: 'Trần Thị Mỹ Hạnh', ticketId: 't-A012', person: { ...card.person, phone: '0905123456' },
}

export const samplePayment: PaymentShown = {
  paymentId: 'pay-1', amount: 16_000, bank: 'Vietcombank', account: '0123456789', accountName: 'UBND XA HOA PHU', purpose: 'HS 2611230042', state: 'waiting',
  payload: '00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA530370454051600058' + '02VN62170813HS 26112300426304ABCD',
}

export const sampleAccepted: AcceptedDossier = { dossier: sampleDossier, print: 'printing' }
export const sampleBooked: AppointmentView = {
  code: 'LH-261123-0042', at: at('2026-11-23', '09:30'), window: { from: at('2026-11-23', '09:00'), to: at('2026-11-23', '09:45') }, first: true, service: 'A', title: 'Đăng ký kết hôn', name: 'Nguyễn Thị Hoa', number: null,
}
const refuse = (reason: string): Promise<Result<never>> => Promise.resolve({ ok: false, code: 'REFUSED', reason, details: {} })
const never = <Data>() => new Promise<Result<Data>>(() => undefined)

export const devCommands: CounterCommands = {
  act: (action) => (action.kind === 'call-next' ? never() : action.kind === 'recall' ? refuse('calls-exhausted') : ok({ ticketId: null })),
  procedures: () => ok(counterProcedures),
  preview: (ask) => {
    const quantity = ask.fees[0]?.quantity ?? 0
    const free = ask.procedure !== confirmCivil.code
    const fee = ask.fees.map((choice) => ({ name: 'Phí', unitPrice: 8000, quantity: choice.quantity, amount: free ? 0 : choice.quantity * 8000 }))
    return ok({ ...samplePreview, fee, feeTotal: free ? 0 : quantity * 8000 })
  },
  accept: () => ok(sampleAccepted),
  saveDraft: () => ok({ savedAt: at('2026-11-23') + 12_000 }),
  loadDraft: () => ok(null),
  reveal: () => ok(sampleDossier.person),
  find: (text) => ok(text.startsWith('x') ? [] : [...serving.recent, ...serving.recent.map((row) => ({ ...row, code: `${row.code}9`, status: 'need-supplement' as const }))]),
  appointment: (code) => (code.toUpperCase().startsWith('LH') ? ok(sampleBooked) : refuse('appointment-unknown')),
  admit: () => ok({ number: 'A018', printed: true }),
  dossier: () => ok(sampleDossier),
  receiptPdf: () => ok({ base64: '' }),
  payCash: (_id, _code, amount, given) => ok({ change: given - amount, paymentId: 'pay-1' }),
  askVietQr: () => ok(samplePayment),
  confirmVietQr: () => ok({ ok: true }),
  cancelVietQr: () => ok({ ok: true }),
  payCard: () => ok({ paymentId: 'pay-2' }),
  askTerminal: () => ok({ ok: true }),
  settleCard: () => ok({ ok: true }),
  reprint: () => ok({ jobId: 'p2' }),
  confirmPrinted: () => ok({ ok: true }),
  printReceipt: () => ok({ jobId: 'p3' }),
}
