import { sampleTicket } from '#effects/slips/samples.ts'
import { ticketSlip } from '#effects/slips/ticket.ts'
import type { PrintJob, PrintResult, SlipPrinter } from '#effects/print-desk.ts'
import { openPrinter } from '#native/printer/printer.ts'
import { encodeSlip } from '#native/printer/encode.ts'
import { findProfile, type PrinterProfile } from '#native/printer/profile.ts'
import type { Slip } from '#native/printer/slip.ts'

/** How long a job waits for paper or a closed cover before it is given up as far as the outcome is concerned. */
const waitSeconds = 60

export interface OpenSlipPrinter extends SlipPrinter {
  readonly close: () => Promise<void>
}

/** The printer at an address, as the print desk sees it; null when the station has none. Throws when its profile is unknown. */
export function openSlipPrinter(target: { readonly address: string; readonly profile: string } | null, compose: (job: PrintJob) => Slip | null): OpenSlipPrinter | null {
  if (!target) return null
  const profile = findProfile(target.profile)
  if (!profile) throw new Error(`printer profile "${target.profile}" is not known; see: motcua printer list-profiles`)
  const printer = openPrinter({ address: target.address, profile })
  warmUp(profile)
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
    close: () => printer.close(),
  }
}


/** Fonts and symbols are loaded by the first slip of a process; let that not be a citizen's. */
function warmUp(profile: PrinterProfile): void {
  const { blocks } = ticketSlip(sampleTicket)
  setImmediate(() => encodeSlip({ blocks }, profile, 'designed'))
}
