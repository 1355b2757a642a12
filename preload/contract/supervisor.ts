import { eventIterator, type } from '@orpc/contract'
import { z } from 'zod'
import type { CounterState, ServiceLoad } from '#domain/ticket.ts'
import type { UnknownPrint } from './counter.ts'
import { deviceTest, type DeviceTestOutcome, type SelfTestView } from './self-test.ts'
import { commandId, procedureFor, type DeviceView, type OfficeView, type SyncView } from './shared.ts'

export interface SupervisorView {
  readonly now: number
  readonly asOf: number
  readonly office: OfficeView
  readonly sample: boolean
  readonly station: string
  readonly waiting: number
  readonly longestWait: { readonly minutes: number; readonly service: string } | null
  readonly services: readonly (ServiceLoad & { readonly waits: readonly { readonly number: string; readonly minutes: number; readonly priority: boolean }[] })[]
  readonly counters: readonly CounterState[]
  /** Clerks of counters who have left, by the province's list. */
  readonly goneClerks?: readonly { readonly counter: number; readonly name: string }[]
  /** Numbers called or being served, by counter. */
  readonly visits?: readonly { readonly counter: number; readonly number: string; readonly state: 'called' | 'serving'; readonly since: number }[]
  readonly today: {
    /** Dossiers, money and answers of this station only; those of the whole office are counted at its hub. */
    readonly ownOnly?: boolean
    readonly tickets: number
    readonly dossiers: number
    readonly cash: number
    readonly vietqr: number
    /** At the card terminal: by card, and by its QR code. */
    readonly card: number
    readonly terminalQr: number
    /** Answers 5…1. */
    readonly ratings: readonly [number, number, number, number, number]
  }
  readonly prints: readonly UnknownPrint[]
  /** Today's card payments that nobody can place; card payments in doubt. Amounts in đồng. */
  readonly cardOrphans: readonly { readonly at: number; readonly amount: number; readonly receipt: string | null }[]
  readonly cardDoubts: readonly { readonly at: number; readonly amount: number; readonly code: string }[]
  readonly devices: readonly DeviceView[]
  readonly sync: readonly SyncView[]
  /** Events put aside, here or at central. */
  readonly quarantined?: number
  readonly addresses: Readonly<Record<string, string>>
}

/** `drawer`: the pin of the printer's socket that pushes a cash drawer open (ESC p m), `none` where none hangs on it; left out, it stays as it is. */
const printerTarget = z.object({ address: z.string().max(200), profile: z.string().max(60), drawer: z.enum(['none', 'pin2', 'pin5']).optional() })

/** What a technician sets on a Friday evening. Addresses of devices as in the command line. */
export const stationSetup = z.object({
  stationName: z.string().trim().min(1).max(60),
  roles: z.array(z.enum(['hub', 'kiosk', 'counter', 'board', 'touchpad', 'supervisor'])).min(1),
  hubUrl: z.string().max(200),
  /** Empty: the one that is kept, as long as the address stays; keys go out to a page never again. */
  hubToken: z.string().max(200),
  counter: z.int().min(1).max(99).nullable(),
  staffName: z.string().trim().max(80),
  office: z.object({
    unit: z.string().trim().min(1).max(120),
    commune: z.string().trim().min(1).max(80),
    province: z.string().trim().min(1).max(80),
    agency: z.string().regex(/^[A-Z]\d{2}(\.\d{2,3}){0,4}$/),
    phone: z.string().max(20),
  }),
  printer: printerTarget.nullable(),
  /** Prints what the first one can't begin. */
  backupPrinter: printerTarget.nullable().default(null),
  scanner: z.object({ address: z.string().max(200) }).nullable(),
  /** The account that VietQR pays into: BIN of the bank as NAPAS gives it, names as on its papers. */
  bank: z
    .object({ bin: z.string().regex(/^\d{6}$/), name: z.string().trim().min(1).max(60), account: z.string().regex(/^[0-9A-Za-z]{4,19}$/), accountName: z.string().trim().min(1).max(80) })
    .nullable()
    .default(null),
  terminal: z
    .object({ protocol: z.enum(['zvt', 'ecr', 'hand']), address: z.string().max(200), profile: z.string().max(40).nullable(), exponent: z.union([z.literal(0), z.literal(2)]) })
    .nullable()
    .default(null),
  /** `key` as `hubToken`: empty keeps the one there is. */
  central: z.object({ url: z.string().max(200), key: z.string().max(200) }).nullable(),
})
export type StationSetup = z.infer<typeof stationSetup>

/** What the set-up page starts from. */
export interface SetupView {
  readonly setup: StationSetup
  /** Which keys the station holds; they are not shown. */
  readonly kept: { readonly hubToken: boolean; readonly centralKey: boolean }
  readonly sample: boolean
  readonly profiles: readonly { readonly id: string; readonly name: string }[]
  /** Banks' dialects of the ECR link. */
  readonly terminalProfiles: readonly { readonly id: string; readonly name: string }[]
  /** What is plugged in: today's path, and the address that finds it again in another socket. */
  readonly serialPorts: readonly { readonly path: string; readonly address: string; readonly maker: string | null }[]
}

/** What can be tried on the simulated devices of a sample station. */
export const sampleAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scan-card'), card: z.int().min(1).max(6) }),
  z.object({ kind: z.literal('printer'), state: z.enum(['ok', 'near-end', 'paper-out', 'cover-open', 'offline']) }),
])
export type SampleAction = z.infer<typeof sampleAction>

export const supervisorContract = {
  /** Does something to a simulated device; refused at a real station. */
  sample: procedureFor('supervisor').input(sampleAction).output(type<{ readonly ok: true }>()),
  /** The newest paper of the simulated printer as PNG in base64; null when nothing was printed. */
  lastSlip: procedureFor('supervisor').output(type<{ readonly base64: string; readonly at: number } | null>()),
  live: procedureFor('supervisor').output(eventIterator(type<SupervisorView>())),
  setup: procedureFor('supervisor').output(type<SetupView>()),
  /** Writes the configuration; the station starts anew with it, `next` is this page's address there when its key changes. The sample's data stays in its own folder. */
  saveSetup: procedureFor('supervisor').input(stationSetup).output(type<{ readonly restart: true; readonly next: string | null }>()),
  /** Each device with what it says of itself; asked anew at each call. */
  selfTest: procedureFor('supervisor').output(type<SelfTestView>()),
  /** Tries one device, once a command; answers when it is over. */
  testDevice: procedureFor('supervisor').input(z.object({ commandId, id: z.string().max(40), test: deviceTest })).output(type<DeviceTestOutcome>()),
  testPrint: procedureFor('supervisor')
    .input(z.object({ commandId, address: z.string().max(200), profile: z.string().max(60) }))
    .output(type<{ readonly outcome: string; readonly reason: string | null }>()),
}
