import { openPrinter } from '#native/printer/driver.ts'
import { listProfiles } from '#native/printer/profile.ts'
import { listSerialPorts } from '#native/transport/serial.ts'
import type { StationConfig } from '#main/config.ts'
import { testSlip } from '#effects/slips/test-slip.ts'

/** Printer models to choose from. */
export function slipProfiles(): readonly { readonly id: string; readonly name: string }[] {
  return listProfiles().map(({ id, vendor, model, widthMm }) => ({ id, name: `${vendor} ${model} (${widthMm} mm)` }))
}

/** Serial ports of this machine, none where the system cannot list them. */
export async function serialPorts(): Promise<readonly string[]> {
  return (await listSerialPorts()).map((port) => (typeof port === 'string' ? port : port.path))
}

/** Prints the standard test slip on a printer that is not (yet) configured. */
export async function testPrint(address: string, profile: string, office: StationConfig['office'], at: number): Promise<{ readonly outcome: string; readonly reason: string | null }> {
  const printer = openPrinter({ address, profile })
  try {
    const { outcome, reason } = await printer.print(testSlip({ office, at }), { jobId: 'test', waitSeconds: 5 })
    return { outcome, reason: reason ?? null }
  } finally {
    await printer.close()
  }
}
