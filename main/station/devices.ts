import { resolve } from 'node:path'
import type { Person } from '#domain/dossier.ts'
import type { DeviceView } from '#contract/shared.ts'
import { PrintDesk, type PrintJob } from '#effects/print-desk.ts'
import type { Journal } from '#journal/journal.ts'
import type { Connections } from '#lan/connections.ts'
import type { CardScanned, MrzScanned } from '#native/reader/scan.ts'
import { openScanner, type Scanner } from '#native/reader/scanner.ts'
import type { Slip } from '#native/printer/slip.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'
import { CardDesk } from '#usecases/card-desk.ts'
import { LastContact } from './last-contact.ts'
import { openSlipPrinter, withLogo, type OpenSlipPrinter, type PrinterUnit } from './printer.ts'
import { startSampleDevices } from './sample-devices.ts'
import type { TestedDevice } from './self-test.ts'

/** A card's data as the form takes it. */
export function personOf(card: CardScanned): Person {
  return {
    fullName: card.fullName,
    idNumber: card.id,
    oldIdNumber: card.oldId ?? '',
    dob: card.dob,
    sex: card.sex,
    address: card.address,
    idIssued: card.issued,
    phone: '',
    email: '',
  }
}

/** What a scan is for: a card's QR code gives the person, its back opens the chip; another code names a dossier or an appointment. */
export interface CardScans {
  readonly onCard: (person: Person, warnings: readonly string[]) => void
  readonly onZone: (mrz: MrzScanned) => void
  readonly onCode: (text: string) => void
}

/** The scanner of a station; null when none is set. */
export function openCardScanner(address: string | null, { onCard, onZone, onCode }: CardScans, changed: () => void): Scanner | null {
  if (address === null) return null
  const scanner = openScanner({ address })
  scanner.onStatus(changed)
  scanner.onScan((scan) => {
    if (scan.kind === 'cccd') onCard(personOf(scan), scan.warnings)
    if (scan.kind === 'mrz') onZone(scan)
    if (scan.kind === 'dossier') onCode(scan.code)
    if (scan.kind === 'other' && scan.vietqr === undefined) onCode(scan.text)
  })
  return scanner
}

export interface DevicesHost {
  readonly journal: Journal
  readonly compose: (job: PrintJob) => Slip | null
  readonly now: () => number
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
  readonly closer: AsyncDisposableStack
}

/** Printer and scanner of a station, simulated where a sample has none, and the desks that use them. */
export async function openDevices(config: StationConfig, files: DataFiles, { journal, compose, now, changed, log, closer }: DevicesHost) {
  const sampleDevices = await startSampleDevices(config, files)
  if (sampleDevices) closer.defer(sampleDevices.stop)
  const composed = await withLogo(compose, config.logo === null ? null : resolve(files.dir, config.logo), log)
  const printer = openSlipPrinter({ primary: config.printer ?? sampleDevices?.printer ?? null, backup: config.backupPrinter }, composed)
  const prints = new PrintDesk(journal, printer, now, log)
  // The printer first: jobs that wait for paper end with it, and their outcome is still to be stored.
  closer.defer(async () => {
    await printer?.close()
    await prints.idle()
  })
  printer?.onState(changed)
  const cards = new CardDesk(now, changed)
  // Certificates and curves are loaded only where a chip reader stands: they would cost every start some 200 ms.
  const chipReader = new LastContact()
  chipReader.onChange(changed)
  const chip = config.chipReader && (await import('./chip-desk.ts')).openChipDesk(config.chipReader, { cards, reader: chipReader, now, log })
  closer.defer(() => chip?.close())
  const scans: CardScans = { onCard: cards.read, onZone: (mrz) => chip?.scanned(mrz), onCode: cards.readCode }
  const scanner = openCardScanner((config.scanner ?? sampleDevices?.scanner)?.address ?? null, scans, changed)
  closer.defer(() => scanner?.close())
  return { sampleDevices, printer, prints, cards, scanner, chipReader }
}

/** Devices and screens in the status bar; of `tested` those that are spoken with only when needed, as the page of the devices has them. */
export function deviceViews(config: StationConfig, printer: OpenSlipPrinter | null, scanner: Scanner | null, screens: Connections, tested: readonly TestedDevice[]): readonly DeviceView[] {
  // Boards hang on the hub; another station cannot know of them.
  const board = config.roles.includes('hub') ? [screenView('board', screens)] : []
  const onDemand = tested.filter(({ id }) => id === 'terminal' || id === 'chip-reader').map(({ view }) => view())
  return [...printerViews(config, printer), scannerView(config, scanner), ...onDemand, ...board, screenView('touchpad', screens)]
}

function printerViews(config: StationConfig, printer: OpenSlipPrinter | null): readonly DeviceView[] {
  const simulated = config.sample && config.printer === null
  return printer?.units.map((unit) => printerView(unit, simulated)) ?? [{ kind: 'printer', name: '', state: 'absent', code: 'absent', simulated }]
}

/** What a printer reports; while it can't be reached, why. */
export function printerView({ name, device }: PrinterUnit, simulated: boolean): DeviceView {
  const { paper, online, error } = device.lastStatus()
  const base = { kind: 'printer', name, simulated } as const
  if (error !== null || !online) return { ...base, state: 'down', code: (error === 'unreachable' ? device.trouble() : error) ?? 'unreachable' }
  return paper === 'near-end' ? { ...base, state: 'warning', code: 'near-end' } : { ...base, state: 'ok', code: 'ok' }
}

/** The scanner, and while it can't be reached, why. */
export function scannerView(config: StationConfig, scanner: Scanner | null): DeviceView {
  const base = { kind: 'scanner', name: config.scanner?.address ?? '', simulated: config.sample && config.scanner === null } as const
  if (!scanner) return { ...base, state: 'absent', code: 'absent' }
  const status = scanner.status()
  if (status.state === 'connected') return { ...base, state: 'ok', code: 'ok' }
  return { ...base, state: 'down', code: status.state === 'lost' ? status.code : 'offline' }
}

function screenView(kind: 'board' | 'touchpad', screens: Connections): DeviceView {
  const { now, lastSeen } = screens.presence(kind)
  const state = now > 0 ? 'ok' : lastSeen === null ? 'absent' : 'down'
  return { kind, name: '', state, code: state === 'down' ? 'offline' : state, simulated: false }
}
