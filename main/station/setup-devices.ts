import type { SetupView } from '#contract/supervisor.ts'
import { openPrinter } from '#native/printer/printer.ts'
import { findProfile, printerProfiles } from '#native/printer/profile.ts'
import { ecrProfiles } from '#native/terminal/ecr/profile.ts'
import { listSerialPorts } from '#native/transport/serial-ports.ts'
import { lastingName } from '#native/transport/usb-id.ts'
import { testSlip } from '#effects/slips/test-slip.ts'

/** Printer models to choose from. */
export function slipProfiles(): readonly { readonly id: string; readonly name: string }[] {
  return printerProfiles.map(({ id, vendor, model, widthMm }) => ({ id, name: `${vendor} ${model} (${widthMm} mm)` }))
}

/** Banks' dialects of card terminals, by whose they are. */
export function terminalProfiles(): readonly { readonly id: string; readonly name: string }[] {
  return ecrProfiles.map(({ id, name }) => ({ id, name }))
}

/** Serial ports of this machine with the address that lasts, none where the system cannot list them. */
export async function serialPorts(): Promise<SetupView['serialPorts']> {
  const ports = await listSerialPorts()
  return ports.map((port) => ({ path: port.path, address: `serial:${lastingName(port, ports)}`, maker: port.manufacturer }))
}

/** Prints the standard test slip on a printer that is not (yet) configured. A page may write to a `file:` of a sample station only. */
export async function testPrint(address: string, profileId: string, at: number, sample: boolean): Promise<{ readonly outcome: string; readonly reason: string | null }> {
  const profile = findProfile(profileId)
  if (!profile) return { outcome: 'failed', reason: 'unknown-profile' }
  if (!sample && /^file:/i.test(address.trim())) return { outcome: 'failed', reason: 'no-file-from-a-page' }
  const printer = openPrinter({ address, profile, idlePollMs: 0 })
  try {
    const slip = testSlip({ printerName: `${profile.vendor} ${profile.model}`, address, printedAt: at })
    const { outcome, reason } = await printer.print(slip, { jobId: 'test', waitSeconds: 5 })
    return { outcome, reason }
  } finally {
    await printer.close()
  }
}
