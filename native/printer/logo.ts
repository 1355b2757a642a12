import { createHash } from 'node:crypto'
import type { Rendering } from './encode.ts'
import type { Link } from './link.ts'
import type { PrinterProfile } from './profile.ts'
import { breakRealTime, type Bitmap } from './raster.ts'
import type { Slip } from './slip.ts'

const answerMs = 700
/** Writing the memory holds a printer up for a while. */
const storeMs = 5_000
/** Slowest line that a logo is still stored over: 1,000 bytes a second. */
const slowestPerByteMs = 1

/** Two letters out of the dots: the same logo has the same key at every station, a changed one another. */
export function logoKey({ width, height, bits }: Bitmap): string {
  const [one = 0, two = 0] = createHash('sha256').update(`${width}x${height}`).update(bits).digest()
  return String.fromCharCode(0x61 + (one % 26), 0x61 + (two % 26))
}

const codes = (key: string): readonly number[] => [key.charCodeAt(0), key.charCodeAt(1)]

/** `1D 28 4C` function 67: keeps a picture in the printer's memory that outlasts switching off. Epson allows 65,535 bytes this way. */
export function defineLogo({ stride, height, bits }: Bitmap, key: string): Uint8Array {
  const width = stride * 8
  const size = 11 + bits.length
  const head = [0x1d, 0x28, 0x4c, size & 0xff, size >> 8, 0x30, 0x43, 0x30, ...codes(key), 1, width & 0xff, width >> 8, height & 0xff, height >> 8, 0x31]
  const out = new Uint8Array(head.length + bits.length)
  out.set(head)
  out.set(bits, head.length)
  breakRealTime(out.subarray(head.length))
  return out
}

/** `1D 28 4C` function 69: prints the stored picture, dot for dot. */
export const printLogo = (key: string): Uint8Array => Uint8Array.of(0x1d, 0x28, 0x4c, 6, 0, 0x30, 0x45, ...codes(key), 1, 1)

/** `1D 28 4C` function 64: the keys that are stored; null when the printer doesn't answer that. Each list is acknowledged (06), then the next one comes. */
async function askKeys(link: Link, waitMs: number): Promise<ReadonlySet<string> | null> {
  const keys: string[] = []
  for (let list = await link.ask([0x1d, 0x28, 0x4c, 4, 0, 0x30, 0x40, 0x4b, 0x43], 'keys', waitMs); list; list = await link.ask([0x06], 'keys', waitMs)) {
    keys.push(...list.keys)
    if (list.more) continue
    await link.transport.write(Uint8Array.of(0x06)).catch(() => undefined)
    return new Set(keys)
  }
  return null
}

const known = new WeakMap<Link, ReadonlySet<string> | null>()

/**
 * Makes sure that the printer holds the slip's logo and answers its key; null when it is to be sent as a picture with each slip. What is stored only the printer
 * knows for sure, so it is asked, once a connection; its memory is written once in its life, for it wears out.
 */
export async function storeLogo(slip: Slip, profile: PrinterProfile, rendering: Rendering, link: Link): Promise<string | null> {
  const logo = slip.blocks.find((block) => block.kind === 'logo')?.bitmap
  if (!logo || !profile.nvGraphics || rendering !== 'text' || !link.sensors()) return null
  const key = logoKey(logo)
  let keys = known.get(link)
  if (keys === undefined) keys = await askKeys(link, answerMs)
  if (keys && !keys.has(key)) {
    const bytes = defineLogo(logo, key)
    const timer = new Promise<void>((resolve) => setTimeout(resolve, storeMs + bytes.length * slowestPerByteMs).unref())
    await Promise.race([link.transport.write(bytes).catch(() => undefined), timer])
    keys = await askKeys(link, storeMs)
  }
  known.set(link, keys)
  return keys?.has(key) ? key : null
}
