import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeConfig, type StationConfig } from '#main/config.ts'
import { id, openScreen } from '#main/demo/client.ts'
import { startChild, type Child } from '#main/demo/processes.ts'
import type { Ready } from '#main/station/open-station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { startScannerSim, type ScannerSim } from '#native/sim/scanner/scanner-sim.ts'

/** A Monday morning within office hours, so that dates on screens do not depend on the day of the test. */
export const monday = '2026-11-23T08:00:00+07:00'

export interface OfficeOptions {
  /** What differs from the sample office. */
  readonly config?: Partial<StationConfig>
  /** Clock of the station when it starts. */
  readonly clock?: string
  readonly scanner?: boolean
  readonly printerFault?: string
}

/** One station in a process of its own, with a simulated printer on TCP and a scanner on a pty. */
export interface Office {
  readonly data: string
  readonly origin: string
  readonly printer: PrinterSim
  readonly scanner: ScannerSim | null
  /** Address of a screen of the station, with its token; also `counter-2`, `touchpad-2` … */
  readonly url: (screen: string) => string
  readonly token: (screen: string) => string
  /** SIGKILL; `start` brings it back on the same port. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
  /** Ends everything and removes the data. */
  readonly close: () => Promise<void>
}

/** Opens an office; the addresses stay the same over `kill` and `start`. */
export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const data = mkdtempSync(join(tmpdir(), 'motcua-e2e-'))
  const printer = await startPrinterSim({ at: 'tcp://127.0.0.1:0', fault: options.printerFault ?? null })
  const scanner = options.scanner === true ? await startScannerSim({ at: `pty:${join(data, 'scanner')}` }) : null
  const config: StationConfig = {
    ...sampleConfig(),
    clockOffsetMs: Date.parse(options.clock ?? monday) - Date.now(),
    listen: { host: '127.0.0.1', port: 0, publicHost: null },
    printer: { address: printer.address, profile: 'epson-tm-t82', drawer: 'none' },
    scanner: scanner && { address: scanner.address },
    ...options.config,
  }
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeConfig(join(data, 'station.json'), config)
  const log = join(data, 'stderr.log')
  let child: Child<Ready> = await startChild<Ready>(['station', '--headless', '--data', data], log)
  const { origin, port } = new URL(Object.values(child.ready.urls)[0] ?? '')
  const tokens = JSON.parse(readFileSync(join(data, config.sample ? 'sample' : '.', 'tokens.json'), 'utf8')) as Record<string, string>
  const token = (screen: string) => {
    const found = tokens[screen] ?? tokens[`${screen}-${config.counter}`]
    if (found === undefined) throw new Error(`no screen ${screen}`)
    return found
  }
  const start = async () => {
    child = await startChild<Ready>(['station', '--headless', '--data', data, '--port', port], log)
  }
  return {
    data, origin, printer, scanner, token, start,
    url: (screen) => `${origin}/${screen.split('-')[0]}.html#t=${token(screen)}`,
    kill: () => child.kill(),
    stop: () => child.stop(),
    close: async () => {
      await child.stop()
      await Promise.all([printer.stop(), scanner?.stop()])
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export interface Taken {
  readonly id: string
  readonly number: string
  readonly followUrl: string
}

/** Takes a number as a kiosk does, without the screen. */
export async function takeNumber(office: Pick<Office, 'url'>, procedure: string | null = '2.002516', service = 'A'): Promise<Taken> {
  const kiosk = await openScreen(office.url('kiosk'))
  try {
    const { ticket, followUrl } = await kiosk.client.kiosk.issue({ commandId: id(), service, procedure, priority: null, papers: [], print: false })
    return { id: ticket.id, number: ticket.number, followUrl }
  } finally {
    kiosk.close()
  }
}
