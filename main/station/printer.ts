import { readFile } from 'node:fs/promises'
import { sampleTicket } from '#effects/slips/samples.ts'
import { ticketSlip } from '#effects/slips/ticket.ts'
import type { PrintJob, PrintResult, SlipPrinter } from '#effects/print-desk.ts'
import type { PrinterConfig } from '#main/config.ts'
import { encodeSlip } from '#native/printer/encode.ts'
import { logoFromImage } from '#native/printer/logo-image.ts'
import { openPrinter, type Printer } from '#native/printer/printer.ts'
import { findProfile, type PrinterProfile } from '#native/printer/profile.ts'
import type { Bitmap } from '#native/printer/raster.ts'
import type { Slip } from '#native/printer/slip.ts'

/** How long a job waits for paper or a closed cover before it is given up as far as the outcome is concerned. */
const waitSeconds = 60
/** The same before the first byte while the backup could print it at once. */
const startSeconds = 1

/** One printer of the station, as the status bar and the self-test see it. */
export interface PrinterUnit {
  readonly id: 'printer' | 'backup-printer'
  readonly name: string
  readonly target: PrinterConfig
  readonly profile: PrinterProfile
  readonly device: Printer
}

export interface OpenSlipPrinter extends SlipPrinter {
  /** The first printer, and the backup where there is one. */
  readonly units: readonly PrinterUnit[]
  readonly close: () => Promise<void>
}

export interface PrinterTargets {
  readonly primary: PrinterConfig | null
  readonly backup: PrinterConfig | null
}

function openUnit(id: PrinterUnit['id'], target: PrinterConfig): PrinterUnit {
  const profile = findProfile(target.profile)
  if (!profile) throw new Error(`printer profile "${target.profile}" is not known; see: motcua printer list-profiles`)
  warmUp(profile)
  const name = `${profile.vendor} ${profile.model}`
  return { id, name: id === 'printer' ? name : `${name} (2)`, target, profile, device: openPrinter({ address: target.address, profile, drawer: target.drawer }) }
}

/** The printers of the configuration, as the print desk sees them; null when the station has none. Throws when a profile is unknown. */
export function openSlipPrinter({ primary, backup }: PrinterTargets, compose: (job: PrintJob) => Slip | null): OpenSlipPrinter | null {
  if (!primary) return null
  const first = openUnit('printer', primary)
  const second = backup ? openUnit('backup-printer', backup) : null
  const units = second ? [first, second] : [first]
  const ready = (unit: PrinterUnit) => unit.device.lastStatus().error === null
  /** The one that would print now. */
  const next = () => (second && !ready(first) && ready(second) ? second : first)
  return {
    name: first.name,
    units,
    state: () => next().device.lastStatus(),
    onState: (listener) => {
      const stop = units.map((unit) => unit.device.onStatus(listener))
      return () => stop.forEach((one) => one())
    },
    print: async (job) => {
      const slip = compose(job)
      if (!slip) return { outcome: 'failed', bytes: 0, reason: 'nothing-to-print' }
      const start = second && ready(second) ? { startSeconds } : {}
      const result = await first.device.print(slip, { jobId: job.jobId, waitSeconds, ...start })
      // only what had not begun may go to the other one: a slip is never on both
      if (!second || result.outcome !== 'failed') return result
      return printedElsewhere(await second.device.print(slip, { jobId: job.jobId, waitSeconds, startSeconds: 0 }), result)
    },
    close: async () => void (await Promise.all(units.map((unit) => unit.device.close()))),
  }
}

/** What came of a job at the backup, said so; when that could not begin either, what is wrong with the first printer is what people see to. */
function printedElsewhere(result: PrintResult, before: PrintResult): PrintResult {
  if (result.outcome === 'failed') return before
  return { ...result, reason: result.outcome === 'unknown' ? 'backup-unknown' : 'backup' }
}

/** Puts the office's sign at the head of each slip. A file that is no picture costs the sign, not the slips. */
export async function withLogo(compose: (job: PrintJob) => Slip | null, file: string | null, log: (code: string, error: unknown) => void): Promise<(job: PrintJob) => Slip | null> {
  if (file === null) return compose
  const bitmap: Bitmap | null = await readFile(file).then(logoFromImage).catch((error: unknown) => {
    log('printer.logo-not-read', error)
    return null
  })
  if (!bitmap) return compose
  return (job) => {
    const slip = compose(job)
    return slip && { blocks: [{ kind: 'logo', bitmap }, ...slip.blocks] }
  }
}

/** Fonts and symbols are loaded by the first slip of a process; let that not be a citizen's. */
function warmUp(profile: PrinterProfile): void {
  const { blocks } = ticketSlip(sampleTicket)
  setImmediate(() => encodeSlip({ blocks }, profile, 'designed'))
}
