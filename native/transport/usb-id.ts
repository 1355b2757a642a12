import type { SerialPortInfo } from './serial-ports.ts'

/**
 * A serial device by what it is, not by `ttyUSB0` or `COM3`, which change when it is plugged in again: vendor, product, and its serial number or, for the
 * many adapters that have none, the socket it sits in.
 */
export interface UsbId {
  readonly vendor: string
  readonly product: string
  readonly serial: string | null
  readonly location: string | null
}

/** Reads `usb=1a86:7523`, `usb=0403:6001:A50285BI`, `usb=1a86:7523@1-2:1.0` (serial and socket percent-encoded); null when it is none. */
export function parseUsbId(text: string): UsbId | null {
  const match = /^usb=([\da-f]{4}):([\da-f]{4})(?::([^@\s]+))?(?:@(\S+))?$/i.exec(text)
  if (!match) return null
  const [, vendor = '', product = '', serial, location] = match
  try {
    const plain = (part: string | undefined): string | null => (part === undefined ? null : decodeURIComponent(part))
    return { vendor: vendor.toLowerCase(), product: product.toLowerCase(), serial: plain(serial), location: plain(location) }
  } catch {
    return null
  }
}

const matches = (port: SerialPortInfo, id: UsbId): boolean =>
  port.vendorId === id.vendor && port.productId === id.product && (id.serial === null || port.serialNumber === id.serial) && (id.location === null || port.location === id.location)

/** The ports that an id names now: none when it is unplugged, several when it doesn't tell two alike apart. */
export const portsWith = (id: UsbId, ports: readonly SerialPortInfo[]): readonly SerialPortInfo[] => ports.filter((port) => matches(port, id))

/** The lasting name of a port among these: `usb=…` with as much as is needed to tell it from the others, its path where it isn't on USB. */
export function lastingName(port: SerialPortInfo, ports: readonly SerialPortInfo[]): string {
  if (port.vendorId === null || port.productId === null) return port.path
  const id: UsbId = { vendor: port.vendorId, product: port.productId, serial: port.serialNumber, location: null }
  const bySocket = port.location !== null && (id.serial === null || portsWith(id, ports).length > 1)
  const encoded = (mark: string, part: string | null): string => (part === null ? '' : `${mark}${encodeURIComponent(part).replaceAll('%3A', ':')}`)
  return `usb=${id.vendor}:${id.product}${encoded(':', id.serial)}${bySocket ? encoded('@', port.location) : ''}`
}
