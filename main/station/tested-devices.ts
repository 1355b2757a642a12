import { randomUUID } from 'node:crypto'
import type { DeviceTestOutcome } from '#contract/self-test.ts'
import type { DeviceView } from '#contract/shared.ts'
import { testSlip } from '#effects/slips/test-slip.ts'
import type { StationConfig } from '#main/config.ts'
import { beepBytes, drawerBytes } from '#native/printer/encode.ts'
import type { Slip } from '#native/printer/slip.ts'
import { openChipReader } from '#native/reader/chip/open-reader.ts'
import type { Scanner } from '#native/reader/scanner.ts'
import { TerminalError, type CardTerminal } from '#native/terminal/port.ts'
import { TransportError } from '#native/transport/transport.ts'
import { printerView, scannerView } from './devices.ts'
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
  readonly terminal: CardTerminal | null
}

/** Every device of the station that can be tried; a new kind is a line here. */
export function testedDevices(config: StationConfig, { printer, scanner, terminal }: OpenedDevices, now: () => number): readonly TestedDevice[] {
  const simulated = config.sample && config.printer === null
  return [
    ...(printer?.units.map((unit) => testedPrinter(unit, simulated, now)) ?? []),
    ...(scanner ? [testedScanner(config, scanner)] : []),
    ...(config.chipReader ? [testedChipReader(config.chipReader)] : []),
    ...(terminal ? [config.terminal?.protocol === 'hand' ? handTerminal : testedTerminal(config.terminal?.address ?? null, terminal)] : []),
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

type Asked = Pick<DeviceView, 'state' | 'code'>
const notAsked: Asked = { state: 'absent', code: 'not-asked' }

/** The contactless reader, opened for the question and closed again, as for each card. */
function testedChipReader({ kind, address }: NonNullable<StationConfig['chipReader']>): TestedDevice {
  let changed: () => void = () => undefined
  let known: { readonly view: Asked; readonly firmware: string | null } = { view: notAsked, firmware: null }
  const echo = async (): Promise<DeviceTestOutcome> => {
    try {
      const reader = await openChipReader(kind, address, { signal: AbortSignal.timeout(chipMs) })
      await reader.close()
      known = { view: { state: 'ok', code: 'ok' }, firmware: reader.name }
      return { outcome: 'ok', reason: null }
    } catch (error) {
      const code = error instanceof TransportError ? error.code : 'unreachable'
      known = { ...known, view: { state: 'down', code } }
      return { outcome: 'failed', reason: code }
    } finally {
      changed()
    }
  }
  return {
    id: 'chip-reader',
    address,
    onChange: (listener) => (changed = listener),
    view: () => ({ kind: 'chip-reader', name: '', simulated: false, ...known.view }),
    firmware: () => Promise.resolve(known.firmware),
    tests: { echo },
  }
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

/** The card terminal: it is asked how it is, nothing is charged. What it said last is what is known of it. */
function testedTerminal(address: string | null, terminal: CardTerminal): TestedDevice {
  let changed: () => void = () => undefined
  let known: { readonly view: Asked; readonly firmware: string | null } = { view: notAsked, firmware: null }
  const echo = async (): Promise<DeviceTestOutcome> => {
    try {
      const { ready, state, firmware } = await terminal.status()
      known = { view: ready ? { state: 'ok', code: 'ok' } : { state: 'warning', code: state }, firmware }
      return { outcome: ready ? 'ok' : 'failed', reason: ready ? null : state }
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error
      if (error.code === 'unreachable') known = { ...known, view: { state: 'down', code: 'unreachable' } }
      return { outcome: 'failed', reason: error.code }
    } finally {
      changed()
    }
  }
  return {
    id: 'terminal',
    address,
    onChange: (listener) => (changed = listener),
    view: () => ({ kind: 'terminal', name: '', simulated: address === null, ...known.view }),
    firmware: () => Promise.resolve(known.firmware),
    tests: { echo },
  }
}
