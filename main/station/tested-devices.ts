import { randomUUID } from 'node:crypto'
import type { DeviceTestOutcome } from '#contract/self-test.ts'
import type { DeviceView } from '#contract/shared.ts'
import { testSlip } from '#effects/slips/test-slip.ts'
import type { StationConfig } from '#main/config.ts'
import { beepBytes, drawerBytes } from '#native/printer/encode.ts'
import type { Slip } from '#native/printer/slip.ts'
import type { Scanner } from '#native/reader/scanner.ts'
import { TerminalError, type CardTerminal } from '#native/terminal/port.ts'
import { openNotedReader } from './chip-contact.ts'
import { printerView, scannerView } from './devices.ts'
import type { LastContact } from './last-contact.ts'
import type { OpenSlipPrinter, PrinterUnit } from './printer.ts'
import type { TestedDevice } from './self-test.ts'

const waitSeconds = 5
/** How long the person has to hold a code before the scanner. */
const scanMs = 20_000
/** A contactless reader that is there has answered by then. */
const chipMs = 4_000

export interface OpenedDevices {
  readonly printer: OpenSlipPrinter | null
  readonly scanner: Scanner | null
  readonly chipReader: LastContact
  readonly terminal: CardTerminal | null
  readonly terminalContact: LastContact
}

/** Every device of the station that can be tried; a new kind is a line here. */
export function testedDevices(config: StationConfig, { printer, scanner, chipReader, terminal, terminalContact }: OpenedDevices, now: () => number): readonly TestedDevice[] {
  const simulated = config.sample && config.printer === null
  return [
    ...(printer?.units.map((unit) => testedPrinter(unit, simulated, now)) ?? []),
    ...(scanner ? [testedScanner(config, scanner)] : []),
    ...(config.chipReader ? [testedChipReader(config.chipReader, chipReader)] : []),
    ...(terminal ? [config.terminal?.protocol === 'hand' ? handTerminal : testedTerminal(config.terminal?.address ?? null, terminal, terminalContact)] : []),
  ]
}

/** A printer of the station: slip, drawer where one may hang, beeper where the model has one; over the very connection that prints. */
function testedPrinter(unit: PrinterUnit, simulated: boolean, now: () => number): TestedDevice {
  const { device, profile, target } = unit
  const send = async (what: Slip | Uint8Array): Promise<DeviceTestOutcome> => {
    const { outcome, reason } = await device.print(what, { jobId: randomUUID(), waitSeconds })
    return { outcome, reason }
  }
  return {
    id: unit.id,
    address: simulated ? null : target.address,
    onChange: (listener) => device.onStatus(listener),
    view: () => printerView(unit, simulated),
    firmware: async () => Object.values(await device.name()).filter(Boolean).join(' ') || null,
    tests: {
      print: () => send(testSlip({ printerName: unit.name, address: target.address, printedAt: now() })),
      ...(profile.drawer && target.drawer !== 'none' ? { drawer: () => send(drawerBytes(target.drawer)) } : {}),
      ...(profile.beeper === null ? {} : { beep: () => send(beepBytes(profile)) }),
    },
  }
}

/** The scanner: the next code is waited for and named by its kind; what it says of a person stays out of this. */
function testedScanner(config: StationConfig, scanner: Scanner): TestedDevice {
  const echo = (): Promise<DeviceTestOutcome> =>
    new Promise((resolve) => {
      const end = (result: DeviceTestOutcome): void => {
        clearTimeout(timer)
        stop()
        resolve(result)
      }
      const timer = setTimeout(() => end({ outcome: 'failed', reason: 'nothing-scanned' }), scanMs)
      const stop = scanner.onScan((scan) => end({ outcome: scan.kind === 'invalid' ? 'failed' : 'ok', reason: scan.kind }))
    })
  return { id: 'scanner', address: config.scanner?.address ?? null, onChange: (listener) => scanner.onStatus(listener), view: () => scannerView(config, scanner), firmware: () => Promise.resolve(null), tests: { echo } }
}

/** What is shown of a device that is spoken with only when somebody needs it. */
const lastKnown = (kind: DeviceView['kind'], contact: LastContact, simulated = false) => ({
  onChange: (listener: () => void) => contact.onChange(listener),
  view: (): DeviceView => ({ kind, name: '', simulated, ...contact.contact }),
  firmware: () => Promise.resolve(contact.firmware),
})

/** The contactless reader, opened for the question and closed again, as for each card. */
function testedChipReader(config: NonNullable<StationConfig['chipReader']>, contact: LastContact): TestedDevice {
  const echo = async (): Promise<DeviceTestOutcome> => {
    try {
      await (await openNotedReader(config, contact, AbortSignal.timeout(chipMs))).close()
      return { outcome: 'ok', reason: null }
    } catch {
      return { outcome: 'failed', reason: contact.contact.code }
    }
  }
  return { id: 'chip-reader', address: config.address, ...lastKnown('chip-reader', contact), tests: { echo } }
}

/** A terminal without a cable: a person works it, there is nothing to ask. */
const handTerminal: TestedDevice = {
  id: 'terminal',
  address: null,
  onChange: () => undefined,
  view: () => ({ kind: 'terminal', name: '', simulated: false, state: 'ok', code: 'by-hand' }),
  firmware: () => Promise.resolve(null),
  tests: {},
}

/** The card terminal: it is asked how it is, nothing is charged. */
function testedTerminal(address: string | null, terminal: CardTerminal, contact: LastContact): TestedDevice {
  const echo = async (): Promise<DeviceTestOutcome> => {
    try {
      const { ready, state } = await terminal.status()
      return { outcome: ready ? 'ok' : 'failed', reason: ready ? null : state }
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error
      return { outcome: 'failed', reason: error.code }
    }
  }
  return { id: 'terminal', address, ...lastKnown('terminal', contact, address === null), tests: { echo } }
}
