import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SampleAction } from '#contract/supervisor.ts'
import { startEcrSim } from '#native/sim/ecr/start.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { startScannerSim } from '#native/sim/scanner/scanner-sim.ts'
import type { DataFiles, PrinterConfig, StationConfig } from '#main/config.ts'
import { startSamplePrinter } from './sample-printer.ts'

const sampleProfile = 'epson-tm-t82'
/** As long as a citizen looks for the card, ms. */
const sampleThinkMs = 2_500

/** Simulated devices that stand in where a sample station has none configured. They speak the same bytes over real sockets. */
export interface SampleDevices {
  readonly printer: PrinterConfig | null
  readonly scanner: { readonly address: string } | null
  readonly terminal: StationConfig['terminal']
  readonly act: (action: SampleAction) => Promise<void>
  /** The newest paper as PNG. */
  readonly lastSlip: () => { readonly base64: string; readonly at: number } | null
  readonly stop: () => Promise<void>
}

/** Starts them; null at a station that is no sample. */
export async function startSampleDevices(config: StationConfig, files: DataFiles): Promise<SampleDevices | null> {
  if (!config.sample) return null
  const [printer, scanner, terminal] = await Promise.all([
    config.printer ? null : startSamplePrinter(files.slips),
    config.scanner ? null : startScannerSim({ at: 'tcp://127.0.0.1:0' }),
    config.terminal ? null : startEcrSim({ at: 'tcp://127.0.0.1:0', bankFile: files.sampleBank, thinkMs: sampleThinkMs }),
  ])
  return {
    printer: printer && { address: printer.address, profile: sampleProfile, drawer: 'pin2' },
    scanner: scanner && { address: scanner.address },
    terminal: terminal && { protocol: 'ecr', address: terminal.address, profile: null, exponent: 0 },
    act: async (action) => {
      if (action.kind === 'printer') printer?.setFault(action.state === 'ok' ? null : action.state)
      else await scanner?.scan(simCards[action.card - 1]?.qr ?? '')
    },
    lastSlip: () => newestPng(files.slips),
    stop: async () => {
      await Promise.all([printer?.stop(), scanner?.stop(), terminal?.stop()])
    },
  }
}

function newestPng(folder: string): { readonly base64: string; readonly at: number } | null {
  const [newest] = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.png'))
    .map((file) => ({ path: join(folder, file.name), at: statSync(join(folder, file.name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
  return newest ? { base64: readFileSync(newest.path).toString('base64'), at: newest.at } : null
}
