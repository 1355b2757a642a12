import { TransportError } from './transport.ts'
import { parseUsbId } from './usb-id.ts'

export interface SerialAddress {
  readonly scheme: 'serial'
  /** A device's path, or its identity on USB (`usb=…`, see `usb-id.ts`). */
  readonly path: string
  readonly baud: number
  readonly parity: 'none' | 'even' | 'odd'
  readonly stop: 1 | 2
  readonly bits: 7 | 8
  readonly flow: 'none' | 'rtscts' | 'xonxoff'
}

export interface TcpAddress {
  readonly scheme: 'tcp'
  readonly host: string
  readonly port: number
}

export interface FileAddress {
  readonly scheme: 'file'
  readonly path: string
}

export type Address = SerialAddress | TcpAddress | FileAddress

function oneOf<T extends string | number>(text: string | null, allowed: readonly T[], fallback: T): T | undefined {
  if (text === null) return fallback
  return allowed.find((value) => String(value) === text)
}

function parseSerial(address: string, rest: string): SerialAddress {
  const [path = '', query = ''] = rest.split('?', 2)
  const options = new URLSearchParams(query)
  const baud = Number(options.get('baud') ?? '9600')
  const parity = oneOf(options.get('parity'), ['none', 'even', 'odd'] as const, 'none')
  const stop = oneOf(options.get('stop'), [1, 2] as const, 1)
  const bits = oneOf(options.get('bits'), [7, 8] as const, 8)
  const flow = oneOf(options.get('flow'), ['none', 'rtscts', 'xonxoff'] as const, 'none')
  const known = [...options.keys()].every((key) => ['baud', 'parity', 'stop', 'bits', 'flow'].includes(key))
  const named = path !== '' && (!path.startsWith('usb=') || parseUsbId(path) !== null)
  if (!named || !Number.isInteger(baud) || baud < 50 || baud > 4_000_000 || !parity || !stop || !bits || !flow || !known) {
    throw new TransportError('bad-address', address)
  }
  return { scheme: 'serial', path, baud, parity, stop, bits, flow }
}

function parseTcp(address: string, rest: string): TcpAddress {
  const match = /^\/\/(\[[0-9a-fA-F:.]+\]|[^/:?#\s]+):(\d{1,5})\/?$/.exec(rest)
  const port = Number(match?.[2])
  if (!match?.[1] || port > 65_535) throw new TransportError('bad-address', address)
  return { scheme: 'tcp', host: match[1].replace(/^\[|\]$/g, ''), port }
}

/**
 * Reads `serial:/dev/ttyUSB0?baud=9600&parity=none&stop=1` (also `bits=7|8`, `flow=none|rtscts|xonxoff`; `serial:COM3` on Windows;
 * `serial:usb=VID:PID:SERIAL` or `serial:usb=VID:PID@SOCKET` by identity), `tcp://host:port` or `file:PATH`. Throws `TransportError` `bad-address`; a misspelt option is an error, not a silent default.
 */
export function parseAddress(address: string): Address {
  const match = /^(serial|tcp|file):(.*)$/s.exec(address.trim())
  const rest = match?.[2] ?? ''
  if (match?.[1] === 'serial') return parseSerial(address, rest)
  if (match?.[1] === 'tcp') return parseTcp(address, rest)
  if (match?.[1] === 'file' && rest) return { scheme: 'file', path: rest.replace(/^\/\/(?=\/)/, '') }
  throw new TransportError('bad-address', address)
}
