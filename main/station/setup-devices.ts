import { randomUUID } from 'node:crypto'
import type { SetupView } from '#contract/supervisor.ts'
import { openPrinter } from '#native/printer/printer.ts'
import { findProfile, printerProfiles } from '#native/printer/profile.ts'
import { ecrProfiles } from '#native/terminal/ecr/profile.ts'
import { listSerialPorts } from '#native/transport/serial-ports.ts'
import { TransportError } from '#native/transport/transport.ts'
import { lastingName } from '#native/transport/usb-id.ts'
import { testSlip } from '#effects/slips/test-slip.ts'
import type { PrinterUnit } from './printer.ts'

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

export interface TestPrint {
  readonly address: string
  readonly profile: string
  readonly at: number
  readonly sample: boolean
  /** Printers that the station holds already. */
  readonly units: readonly PrinterUnit[]
}

/**
 * Prints the standard test slip on a printer that is not (yet) configured; on one that is, over the connection it has. A page may write to a `file:` of a sample
 * station only. `reason` is a key under `slip.`.
 */
export async function testPrint(test: TestPrint): Promise<{ readonly outcome: string; readonly reason: string | null }> {
  const address = test.address.trim()
  const profile = findProfile(test.profile)
  if (!profile) return { outcome: 'failed', reason: 'unknown-profile' }
  if (!test.sample && /^file:/i.test(address)) return { outcome: 'failed', reason: 'no-file-from-a-page' }
  const held = test.units.find(({ target }) => target.address === address && target.profile === test.profile)?.device
  const slip = testSlip({ printerName: `${profile.vendor} ${profile.model}`, address, printedAt: test.at })
  try {
    const printer = held ?? openPrinter({ address, profile, idlePollMs: 0 })
    const { outcome, reason } = await printer.print(slip, { jobId: randomUUID(), waitSeconds: 5 })
    if (!held) await printer.close()
    // the port may be this very station's, under another address or model
    return { outcome, reason: reason === 'busy' ? 'busy-here' : reason }
  } catch (error) {
    if (error instanceof TransportError) return { outcome: 'failed', reason: error.code }
    throw error
  }
}
