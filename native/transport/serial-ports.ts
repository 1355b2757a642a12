import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SerialPort } from 'serialport'

/** What is plugged in, as far as the system tells. */
export interface SerialPortInfo {
  readonly path: string
  readonly manufacturer: string | null
  readonly serialNumber: string | null
  /** Four hex digits in lower case, as `productId`. */
  readonly vendorId: string | null
  readonly productId: string | null
  /** The socket it is plugged into, in the system's own words (`1-2:1.0` on Linux); null where the system doesn't tell. */
  readonly location: string | null
}

const textOf = (file: string): Promise<string | null> => readFile(file, 'utf8').then((text) => text.trim() || null, () => null)

/** The USB device that a folder of /sys lies in: the nearest one above with a vendor. */
async function usbFolder(folder: string): Promise<string | null> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if ((await textOf(join(at, 'idVendor'))) !== null) return at
  return null
}

/** The name of the USB interface (`1-2:1.0`) in a path of /sys. */
const interfaceOf = (folder: string): string | null => folder.split('/').findLast((part) => /^\d+-[\d.]+:\d+\.\d+$/.test(part)) ?? null

async function sysPort(root: string, name: string): Promise<SerialPortInfo[]> {
  const device = await realpath(join(root, name, 'device')).catch(() => null)
  // a console has no device; an 8250 that isn't on the board has type 0 (linux/serial_core.h: PORT_UNKNOWN)
  if (device === null || (await textOf(join(root, name, 'type'))) === '0') return []
  const usb = await usbFolder(device)
  const about = (file: string): Promise<string | null> => (usb === null ? Promise.resolve(null) : textOf(join(usb, file)))
  const [manufacturer, serialNumber, vendorId, productId] = await Promise.all(['manufacturer', 'serial', 'idVendor', 'idProduct'].map(about))
  return [{
    path: `/dev/${name}`,
    manufacturer: manufacturer ?? null,
    serialNumber: serialNumber ?? null,
    vendorId: vendorId?.toLowerCase() ?? null,
    productId: productId?.toLowerCase() ?? null,
    location: interfaceOf(device),
  }]
}

/** Linux: /sys alone, which every system has; `udevadm` is missing in containers and on small boards. `root`: the folder of all ttys. */
export async function listSysPorts(root = '/sys/class/tty'): Promise<readonly SerialPortInfo[]> {
  const names = await readdir(root).catch(() => [])
  return (await Promise.all(names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => sysPort(root, name)))).flat()
}

/** Lists serial devices; empty when the system has no way to tell, which is no error. */
export async function listSerialPorts(): Promise<readonly SerialPortInfo[]> {
  if (process.platform === 'linux') return listSysPorts()
  const ports = await SerialPort.list().catch(() => [])
  return ports.map(({ path, manufacturer, serialNumber, vendorId, productId, locationId }) => ({
    path,
    manufacturer: manufacturer ?? null,
    serialNumber: serialNumber ?? null,
    vendorId: vendorId?.toLowerCase() ?? null,
    productId: productId?.toLowerCase() ?? null,
    location: locationId ?? null,
  }))
}
