/** What the counter's screens ask of the station. Nothing here throws: a refusal comes back as data. */
import type { AppointmentView } from '#contract/appointment.ts'
import type { AcceptInput, AcceptedDossier, CounterAction, DossierRow, IntakePreview } from '#contract/counter.ts'
import type { PaymentShown } from '#contract/touchpad.ts'
import type { Dossier, Person, TerminalMethod } from '#domain/dossier.ts'
import type { Procedure } from '#domain/procedure.ts'
import type { Result } from '../state/use-command.ts'

export interface PreviewAsk {
  readonly procedure: string
  readonly channel: AcceptInput['channel']
  readonly processing: number
  readonly fees: AcceptInput['fees']
}

export interface StoredDraft {
  readonly form: Readonly<Record<string, unknown>>
  readonly savedAt: number
}

/** Amounts in đồng; `commandId` where an act must happen once however often it is sent. */
export interface CounterCommands {
  readonly act: (action: CounterAction) => Promise<Result<{ readonly ticketId: string | null }>>
  readonly procedures: () => Promise<Result<readonly Procedure[]>>
  readonly preview: (ask: PreviewAsk) => Promise<Result<IntakePreview>>
  readonly accept: (input: AcceptInput) => Promise<Result<AcceptedDossier>>
  readonly saveDraft: (ticketId: string | null, form: object) => Promise<Result<{ readonly savedAt: number }>>
  readonly loadDraft: (ticketId: string | null) => Promise<Result<StoredDraft | null>>
  readonly reveal: (code: string) => Promise<Result<Person>>
  readonly find: (text: string) => Promise<Result<readonly DossierRow[]>>
  readonly appointment: (code: string) => Promise<Result<AppointmentView>>
  /** Gives the holder of an appointment a number; `printed`: the slip is on its way here. */
  readonly admit: (code: string) => Promise<Result<{ readonly number: string; readonly printed: boolean }>>
  readonly dossier: (code: string) => Promise<Result<Dossier>>
  readonly receiptPdf: (code: string) => Promise<Result<{ readonly base64: string }>>
  readonly payCash: (commandId: string, code: string, amount: number, given: number) => Promise<Result<{ readonly change: number; readonly paymentId: string }>>
  readonly askVietQr: (commandId: string, code: string, amount: number) => Promise<Result<PaymentShown>>
  readonly confirmVietQr: (paymentId: string, bankReference: string) => Promise<Result<{ readonly ok: true }>>
  readonly cancelVietQr: (paymentId: string) => Promise<Result<{ readonly ok: true }>>
  readonly payCard: (commandId: string, code: string, amount: number, method: TerminalMethod) => Promise<Result<{ readonly paymentId: string }>>
  readonly askTerminal: (paymentId: string, what: 'outcome' | 'abort') => Promise<Result<{ readonly ok: true }>>
  /** `approval`: the code on the terminal's slip; null when it says that nothing was charged. */
  readonly settleCard: (paymentId: string, approval: string | null) => Promise<Result<{ readonly ok: true }>>
  readonly reprint: (jobId: string) => Promise<Result<{ readonly jobId: string }>>
  readonly confirmPrinted: (jobId: string) => Promise<Result<{ readonly ok: true }>>
  readonly printReceipt: (code: string) => Promise<Result<{ readonly jobId: string }>>
}
