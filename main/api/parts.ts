import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { QueueRules } from '#domain/queue/state.ts'
import type { PriorityGroup } from '#domain/ticket.ts'
import type { BoardVoice } from '#contract/board.ts'
import type { KioskProcedure } from '#contract/kiosk.ts'
import type { DeviceTest, DeviceTestOutcome, SelfTestView } from '#contract/self-test.ts'
import type { DeviceView, OfficeView, SyncView } from '#contract/shared.ts'
import type { SampleAction, SetupView, StationSetup } from '#contract/supervisor.ts'
import type { ChargeDesk } from '#effects/charge-desk.ts'
import type { DayClosing } from '#effects/day-closing.ts'
import type { HandEntry } from '#effects/hand-entry.ts'
import type { QuarantineLine, QuarantineRetry, ReplicationView } from '#contract/replication.ts'
import type { PrintDesk, SlipPrinter } from '#effects/print-desk.ts'
import type { Appointments } from '#usecases/appointments.ts'
import type { CardDesk } from '#usecases/card-desk.ts'
import type { DayFigures } from '#usecases/day-figures.ts'
import type { DossierStore } from '#usecases/dossier-store.ts'
import type { Drafts } from '#usecases/drafts.ts'
import type { Intake } from '#usecases/intake.ts'
import type { OnlineDossiers } from '#usecases/online-dossiers.ts'
import type { Payments } from '#usecases/payments.ts'
import type { Erasure } from '#usecases/person-eraser.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import type { StaffList } from '#usecases/staff-list.ts'
import type { TerminalDays } from '#usecases/terminal-days.ts'
import type { Changes } from './changes.ts'
import type { StationsDesk } from './stations.ts'

export interface BankAccount {
  readonly bin: string
  readonly name: string
  readonly account: string
  readonly accountName: string
}

/** Everything the contract's implementation stands on; made once by the composition root. */
export interface ApiParts {
  readonly now: () => number
  readonly station: { readonly id: string; readonly name: string; readonly counter: number | null }
  readonly sample: boolean
  /** This station owns the queue and gets every journal of the office. */
  readonly isHub: boolean
  readonly office: OfficeView
  readonly rules: QueueRules
  readonly priorities: readonly PriorityGroup[]
  readonly receptionCounter: number
  readonly voice: BoardVoice
  readonly calendar: OfficeCalendar
  readonly procedures: readonly KioskProcedure[]
  /** Another text whenever `procedures` may be others. */
  readonly catalogue: string
  readonly bank: BankAccount | null
  readonly queue: QueuePort
  readonly prints: PrintDesk
  readonly printer: SlipPrinter | null
  readonly dossiers: DossierStore
  readonly intake: Intake
  readonly payments: Payments
  readonly charges: ChargeDesk
  readonly handEntry: HandEntry
  readonly terminalDays: TerminalDays
  readonly dayClosing: DayClosing
  readonly drafts: Drafts
  readonly cards: CardDesk
  readonly figures: DayFigures
  readonly changes: Changes
  readonly devices: () => readonly DeviceView[]
  readonly sync: () => readonly SyncView[]
  readonly replication: {
    readonly quarantine: () => readonly QuarantineLine[]
    readonly received: () => ReplicationView['received']
    readonly retry: () => void
    /** Answers how many events are well now. */
    readonly retryQuarantine: () => Promise<QuarantineRetry>
    /** What an event put aside meant was mended by hand: it is listed no more. */
    readonly settle: (actor: string, place: { readonly origin: string; readonly seq: number }) => void
  }
  /** Dossiers submitted online that wait to be taken in. */
  readonly online: OnlineDossiers
  readonly appointments: Appointments
  readonly staff: StaffList
  readonly persons: {
    readonly export: (actor: string, idNumber: string) => Promise<Readonly<Record<string, unknown>>>
    readonly erase: (actor: string, idNumber: string) => Promise<Erasure>
  }
  /** The machines of the office, for the supervisor. */
  readonly stations: StationsDesk
  /** What a hub tells its stations of the office, and another text when that has changed. */
  readonly linked: {
    readonly revision: () => string
    readonly read: (station: string) => { readonly spares: readonly { readonly url: string; readonly cert?: string | undefined }[]; readonly takeOver: unknown }
  }
  readonly addresses: () => Readonly<Record<string, string>>
  /** Where a sample station is set up as a real one; null at a real station. */
  readonly setupUrl: () => string | null
  /** Address behind the QR of a ticket. */
  readonly followUrl: (key: string) => string
  readonly vietQr: (bank: BankAccount, amount: number, purpose: string) => string
  readonly receiptPdf: (dossier: Dossier, size: 'A5' | 'A4') => Promise<Uint8Array>
  readonly journalReveal: (code: string, staff: string) => void
  /** Simulated devices of a sample station; null at a real one. */
  readonly sampleDevices: {
    readonly act: (action: SampleAction) => Promise<void>
    readonly lastSlip: () => { readonly base64: string; readonly at: number } | null
  } | null
  /** Devices looked at and tried one by one. */
  readonly selfTest: { readonly view: () => Promise<SelfTestView>; readonly run: (commandId: string, id: string, test: DeviceTest) => Promise<DeviceTestOutcome> }
  readonly setup: {
    readonly read: () => Pick<SetupView, 'setup' | 'kept'>
    /** The supervisor's page of the station that starts anew, when its key changes; else null. */
    readonly save: (setup: StationSetup) => string | null
    readonly profiles: () => readonly { readonly id: string; readonly name: string }[]
    readonly terminalProfiles: () => readonly { readonly id: string; readonly name: string }[]
    readonly serialPorts: () => Promise<SetupView['serialPorts']>
    readonly testPrint: (commandId: string, address: string, profile: string) => Promise<{ readonly outcome: string; readonly reason: string | null }>
  }
}
