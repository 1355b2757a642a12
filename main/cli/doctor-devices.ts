import { join } from 'node:path'
import { readConfig, type StationConfig } from '#main/config.ts'
import { reasonOf } from '#native/printer/link.ts'
import { probePrinter } from '#native/printer/probe.ts'
import { openChipReader } from '#native/reader/chip/open-reader.ts'
import { openTransport } from '#native/transport/open.ts'
import { listSerialPorts } from '#native/transport/serial-ports.ts'
import type { Transport } from '#native/transport/transport.ts'
import { lastingName } from '#native/transport/usb-id.ts'
import type { Check } from './doctor-machine.ts'
import { printerMessages } from './printer-messages.ts'

/** Long enough for a printer that wakes up. */
const answerWithinMs = 3_000
const words = printerMessages('vi')

/** Serial ports of the machine: the address that lasts, with what the USB adapter says of itself. */
export async function checkSerialPorts(): Promise<Check[]> {
  const ports = await listSerialPorts()
  const lines = ports.map((port) => [`serial:${lastingName(port, ports)}`, port.path, port.manufacturer].filter(Boolean).join(' '))
  return [{ name: 'serial', ok: true, detail: lines.length ? lines.join('; ') : 'chưa thấy cổng nối tiếp nào' }]
}

/** What an open device says of itself, and whether that is well. */
type Ask = (transport: Transport) => Promise<Pick<Check, 'ok' | 'detail'>>

const openOnly: Ask = () => Promise.resolve({ ok: true, detail: 'mở được' })

/** Name, firmware and state. A printer that never answers can still print. */
async function askPrinter(transport: Transport): Promise<Pick<Check, 'ok' | 'detail'>> {
  const { vendor, model, firmware, status, garbled } = await probePrinter(transport)
  if (garbled && transport.address.startsWith('serial:')) return { ok: false, detail: words.reasons['wrong-speed'] ?? '' }
  if (status.error === 'unreachable') return { ok: true, detail: 'mở được, máy in không trả lời' }
  const name = [vendor, model, firmware].filter(Boolean).join(' ')
  const state = status.error ? (words.reasons[status.error] ?? status.error) : status.paper === 'near-end' ? words.nearEnd : words.well
  return { ok: status.error === null, detail: `${name ? `${name}: ` : ''}${state}` }
}

interface Device {
  readonly name: string
  readonly address: string | undefined
  readonly ask: Ask
}

/** Every device a configuration can name; a new kind is a line here. */
const devicesOf = (config: StationConfig): readonly Device[] => [
  { name: 'printer', address: config.printer?.address, ask: askPrinter },
  ...(config.backupPrinter ? [{ name: 'backup-printer', address: config.backupPrinter.address, ask: askPrinter }] : []),
  { name: 'scanner', address: config.scanner?.address, ask: openOnly },
  ...(config.terminal && config.terminal.protocol !== 'hand' ? [{ name: 'terminal', address: config.terminal.address, ask: openOnly }] : []),
]

/** Opens each configured device, asks it how it is and closes it again; nothing is printed and nothing is charged. */
export async function checkConfiguredDevices(data: string, configFile?: string): Promise<Check[]> {
  const config = readConfig(configFile ?? join(data, 'station.json'))
  if (config === null) return [{ name: 'devices', ok: true, detail: 'máy này chưa có cấu hình, thiết bị được mô phỏng' }]
  return Promise.all([...devicesOf(config).map(checkDevice), checkChipReader(config.chipReader)])
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

async function checkDevice({ name, address, ask }: Device): Promise<Check> {
  if (address === undefined) return { name, ok: true, detail: 'không có trong cấu hình' }
  try {
    const transport = await openTransport(address, { signal: AbortSignal.timeout(answerWithinMs) })
    const { ok, detail } = await ask(transport)
    await transport.close()
    return { name, ok, detail: `${address}: ${detail}` }
  } catch (error) {
    const reason = reasonOf(error)
    const more = reason === 'busy' ? ' Trạm đang chạy thì xem trang Thiết bị của màn hình Phụ trách.' : ''
    return { name, ok: false, detail: `${address}: ${words.reasons[reason] ?? reason}${more}` }
  }
}
