import type { PrintJob, PrintResult, SlipPrinter } from '#effects/print-desk.ts'
import { openPrinter, type PrinterStatus } from '#native/printer/driver.ts'
import { startPrinterSim } from '#native/sim/printer/sim.ts'
import type { Slip } from '#native/printer/slip.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'

/** How long a job waits for paper or a closed cover before it is given up as far as the outcome is concerned. */
const waitSeconds = 60
const sampleProfile = 'epson-tm-t82'

export interface OpenSlipPrinter extends SlipPrinter {
  readonly close: () => Promise<void>
}

/** The station's printer; a sample station without one gets the simulator, which speaks the same bytes over a real socket. */
export async function openSlipPrinter(config: StationConfig, files: DataFiles, compose: (job: PrintJob) => Slip | null): Promise<OpenSlipPrinter | null> {
  const sim = config.printer === null && config.sample ? await startPrinterSim({ at: 'tcp://127.0.0.1:0', outDir: files.slips }) : null
  const target = config.printer ?? (sim && { address: sim.address, profile: sampleProfile })
  if (!target) return null
  const printer = openPrinter(target)
  let status: PrinterStatus = { paper: 'ok', cover: 'closed', online: false, error: 'offline' }
  const listeners = new Set<() => void>()
  const stop = printer.onStatus((next) => {
    status = next
    for (const listener of listeners) listener()
  })
  return {
    name: target.address,
    state: () => status,
    onState: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    print: async (job): Promise<PrintResult> => {
      const slip = compose(job)
      if (!slip) return { outcome: 'failed', bytes: 0, reason: 'nothing-to-print' }
      const { outcome, bytes, reason } = await printer.print(slip, { jobId: job.jobId, waitSeconds })
      return { outcome, bytes, reason: reason ?? null }
    },
    close: async () => {
      stop()
      listeners.clear()
      await printer.close()
      await sim?.stop()
    },
  }
}

