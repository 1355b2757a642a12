import { setTimeout as delay } from 'node:timers/promises'
import { openOutPort } from './port.ts'

export const suffixes = { cr: '\r', lf: '\n', crlf: '\r\n', tab: '\t', etx: '\u0003', none: '' } as const
export type SuffixName = keyof typeof suffixes

/**
 * What goes wrong: `half` breaks off after 40 bytes, `ascii` turns letters into `?`, `double` sends UTF-8 taken for Latin-1, `garbage` puts noise
 * before each line, `slow` pauses 30 ms after each byte, `glued` sends each line twice in one piece.
 */
export const scannerFaults = ['half', 'ascii', 'double', 'garbage', 'slow', 'glued'] as const
export type ScannerFault = (typeof scannerFaults)[number]

export interface ScanOptions {
  readonly suffix?: SuffixName
  /** Send in so many pieces, with a pause between them, ms. */
  readonly chunks?: number
  readonly pauseMs?: number
  readonly fault?: ScannerFault | null
}

export interface ScannerSim {
  /** Address for `openScanner` and `reader listen --to`. */
  readonly address: string
  /** Resolves when the bytes are out. */
  readonly scan: (text: string, options?: ScanOptions) => Promise<void>
  /** Raw bytes, for what no scanner should send. */
  readonly send: (bytes: Uint8Array) => Promise<void>
  readonly onReader: (callback: () => void) => void
  readonly stop: () => Promise<void>
}

function encode(text: string, suffix: string, fault: ScannerFault | null): Buffer {
  const line = Buffer.from(text + suffix)
  switch (fault) {
    case 'half':
      return Buffer.concat([line.subarray(0, 40), Buffer.from(suffix)])
    case 'ascii':
      return Buffer.from(`${text.replace(/[^ -~]/g, '?')}${suffix}`)
    case 'double':
      return Buffer.from(line.toString('latin1'))
    case 'garbage':
      return Buffer.concat([Buffer.from([0xff, 0x00, 0x80, 0x1b, 0x41, 0x0d]), line])
    case 'glued':
      return Buffer.concat([line, line])
    default:
      return line
  }
}

function pieces(bytes: Buffer, count: number): readonly Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / Math.max(1, count)))
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
}

/** Starts a scanner at `pty:PATH` or `tcp://HOST:PORT`. Rejects with `SimPortError` when the place is taken or is none. */
export async function startScannerSim({ at }: { readonly at: string }): Promise<ScannerSim> {
  const port = await openOutPort(at)
  return {
    address: port.address,
    send: port.send,
    onReader: port.onReader,
    stop: port.stop,
    scan: async (text, { suffix = 'cr', chunks = 1, pauseMs = 10, fault = null } = {}) => {
      const bytes = encode(text, suffixes[suffix], fault)
      const parts = pieces(bytes, fault === 'slow' ? bytes.length : chunks)
      for (const part of parts) {
        await port.send(part)
        if (parts.length > 1) await delay(fault === 'slow' ? 30 : pauseMs)
      }
    },
  }
}
