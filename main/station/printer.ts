import type { PrintJob, PrintResult, SlipPrinter } from '#effects/print-desk.ts'
import { openPrinter } from '#native/printer/printer.ts'
import { findProfile } from '#native/printer/profile.ts'
import type { Slip } from '#native/printer/slip.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'
import { startSamplePrinter } from './sample-printer.ts'

/** How long a job waits for paper or a closed cover before it is given up as far as the outcome is concerned. */
const waitSeconds = 60
const sampleProfile = 'epson-tm-t82'

export interface OpenSlipPrinter extends SlipPrinter {
  readonly close: () => Promise<void>
}

/** The station's printer; a sample station without one gets the simulator, which speaks the same bytes over a real socket. */
export async function openSlipPrinter(config: StationConfig, files: DataFiles, compose: (job: PrintJob) => Slip | null): Promise<OpenSlipPrinter | null> {
  const sim = config.printer === null && config.sample ? await startSamplePrinter(files.slips) : null
  const target = config.printer ?? (sim && { address: sim.address, profile: sampleProfile })
  if (!target) return null
  const profile = findProfile(target.profile)
  if (!profile) throw new Error(`printer profile "${target.profile}" is not known; see: motcua printer list-profiles`)
  const printer = openPrinter({ address: target.address, profile })
  return {
    name: `${profile.vendor} ${profile.model}`,
    state: () => printer.lastStatus(),
    onState: (listener) => printer.onStatus(listener),
    print: async (job): Promise<PrintResult> => {
      const slip = compose(job)
      if (!slip) return { outcome: 'failed', bytes: 0, reason: 'nothing-to-print' }
      const { outcome, bytes, reason } = await printer.print(slip, { jobId: job.jobId, waitSeconds })
      return { outcome, bytes, reason }
    },
    close: async () => {
      await printer.close()
      await sim?.stop()
    },
  }
}

