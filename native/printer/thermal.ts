import { randomUUID } from 'node:crypto'
import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import type { Printer } from './printer.ts'

/** What node-thermal-printer asks of an interface object. */
export interface ThermalInterface {
  getPrinterName(): string
  isPrinterConnected(): Promise<boolean>
  execute(buffer: Uint8Array): Promise<unknown>
}

/**
 * A node-thermal-printer with no code page of its own: it does alignment, weight, rules and line ends; letters come from `tcvn.ts` through `append`
 * (see the README for what of it must not be used). With `port` its `execute()` prints through our driver.
 */
export function createThermal(columns: number, port: ThermalInterface | null = null): ThermalPrinter {
  const config = { type: PrinterTypes.EPSON, width: columns, ...(port ? { interface: port } : {}) }
  // its types know only the address form of `interface`; its code takes an object too
  return new ThermalPrinter(config as unknown as ConstructorParameters<typeof ThermalPrinter>[0])
}

/** Our driver as its interface object: `execute()` then resolves with the outcome of the job. */
export function thermalPort(printer: Printer, name: string): ThermalInterface {
  return {
    getPrinterName: () => name,
    isPrinterConnected: async () => (await printer.status()).error !== 'unreachable',
    execute: (buffer) => printer.print(buffer, { jobId: randomUUID() }),
  }
}
