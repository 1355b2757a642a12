import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { readConfig, type StationConfig } from '#main/config.ts'
import { openChipReader } from '#native/reader/chip/open-reader.ts'
import { openTransport } from '#native/transport/open.ts'
import type { Check } from './doctor-machine.ts'

/** Long enough for a printer that wakes up. */
const answerWithinMs = 3_000

/** Serial ports of the machine: one line each, with what the USB adapter says of itself. */
export async function checkSerialPorts(): Promise<Check[]> {
  try {
    const ports = await SerialPort.list()
    const lines = ports.map(({ path, manufacturer, vendorId, productId }) => {
      const usb = vendorId === undefined ? '' : ` (USB ${vendorId}:${productId ?? '?'})`
      return `${path}${manufacturer === undefined ? '' : ` ${manufacturer}`}${usb}`
    })
    return [{ name: 'serial', ok: true, detail: lines.length ? lines.join('; ') : 'chưa thấy cổng nối tiếp nào' }]
  } catch (error) {
    // On Linux the list comes from udevadm, which a bare system lacks; a configured port opens without it.
    return [{ name: 'serial', ok: true, detail: `chưa liệt kê được cổng nối tiếp: ${error instanceof Error ? error.message : String(error)}` }]
  }
}

/** Opens each configured device and closes it again; nothing is printed and nothing is charged. */
export async function checkConfiguredDevices(data: string, configFile?: string): Promise<Check[]> {
  const config = readConfig(configFile ?? join(data, 'station.json'))
  if (config === null) return [{ name: 'devices', ok: true, detail: 'máy này chưa có cấu hình, thiết bị được mô phỏng' }]
  const devices = [
    { name: 'printer', address: config.printer?.address },
    { name: 'scanner', address: config.scanner?.address },
  ]
  return Promise.all([...devices.map(({ name, address }) => checkDevice(name, address)), checkChipReader(config.chipReader)])
}

/** Greets the contactless reader: a port that opens says nothing about what hangs on it. */
async function checkChipReader(configured: StationConfig['chipReader']): Promise<Check> {
  const name = 'chip-reader'
  if (configured === null) return { name, ok: true, detail: 'không có trong cấu hình' }
  const { kind, address } = configured
  try {
    const reader = await openChipReader(kind, address, { signal: AbortSignal.timeout(answerWithinMs) })
    await reader.close()
    return { name, ok: true, detail: `${kind} ${address}: ${reader.name}` }
  } catch (error) {
    return { name, ok: false, detail: `${kind} ${address}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function checkDevice(name: string, address: string | undefined): Promise<Check> {
  if (address === undefined) return { name, ok: true, detail: 'không có trong cấu hình' }
  try {
    const transport = await openTransport(address, { signal: AbortSignal.timeout(answerWithinMs) })
    await transport.close()
    return { name, ok: true, detail: `${address}: mở được` }
  } catch (error) {
    return { name, ok: false, detail: `${address}: ${error instanceof Error ? error.message : String(error)}` }
  }
}
