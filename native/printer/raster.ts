import type { Align } from './slip.ts'

/** One bit a dot, eight dots a byte, leftmost dot highest, 1 = black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  /** Bytes of a row. */
  readonly stride: number
  readonly bits: Uint8Array
}

/** Rows of one `GS v 0`: small enough that status answers and the cutter are not stuck behind a whole page. */
const bandRows = 96
const maxFeed = 255

/** Byte columns of a picture that are sent: all of them, or without the white margins that the printer's own alignment makes up for. */
function sentColumns({ stride, height, bits }: Bitmap, crop: Align | null): { readonly first: number; readonly last: number } {
  if (!crop) return { first: 0, last: stride - 1 }
  let first = stride - 1
  let last = 0
  for (let index = 0; index < height * stride; index++) {
    if (!bits[index]) continue
    first = Math.min(first, index % stride)
    last = Math.max(last, index % stride)
  }
  return { first: crop === 'left' ? 0 : Math.min(first, last), last: crop === 'right' ? stride - 1 : last }
}

function isBlank({ stride, bits }: Bitmap, y: number): boolean {
  for (let index = y * stride, end = index + stride; index < end; index++) if (bits[index]) return false
  return true
}

/**
 * Some printers look for real-time commands (10 04 n, 10 05 n, 10 14 n) even inside pictures. One more black dot beside the lone one of a 10 is not seen
 * by anybody and breaks the sequence.
 */
export function breakRealTime(data: Uint8Array): void {
  for (let index = 0; index + 1 < data.length; index++) {
    const next = data[index + 1]
    if (data[index] === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14)) data[index] = 0x18
  }
}

function band(bitmap: Bitmap, from: number, to: number, ink: { readonly first: number; readonly last: number }): Uint8Array {
  const wide = ink.last - ink.first + 1
  const rows = to - from
  const out = new Uint8Array(8 + wide * rows)
  out.set([0x1d, 0x76, 0x30, 0, wide & 0xff, wide >> 8, rows & 0xff, rows >> 8])
  for (let y = 0; y < rows; y++) {
    const start = (from + y) * bitmap.stride + ink.first
    out.set(bitmap.bits.subarray(start, start + wide), 8 + y * wide)
  }
  breakRealTime(out.subarray(8))
  return out
}

/** `ESC J`: feeds this many dots. */
export function feedDots(dots: number): Uint8Array {
  const parts: number[] = []
  for (let rest = dots; rest > 0; rest -= maxFeed) parts.push(0x1b, 0x4a, Math.min(rest, maxFeed))
  return Uint8Array.from(parts)
}

/**
 * A picture as `GS v 0` bands, white rows as feeds. With `crop` the white margins stay home and the caller's `ESC a` of the same alignment puts the rest in
 * its place (to within four dots, since a byte holds eight).
 */
export function rasterBytes(bitmap: Bitmap, crop: Align | null = null): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  const columns = sentColumns(bitmap, crop)
  let y = 0
  while (y < bitmap.height) {
    let end = y
    while (end < bitmap.height && isBlank(bitmap, end)) end++
    // three white rows or fewer cost less as part of a picture than as a feed of their own
    if (end - y > 3 || end === bitmap.height) {
      parts.push(feedDots(end - y))
      y = end
      continue
    }
    const start = y
    let blank = 0
    for (end = y; end < bitmap.height && end - start < bandRows && blank <= 3; end++) blank = isBlank(bitmap, end) ? blank + 1 : 0
    y = Math.max(end - blank, start + 1)
    parts.push(band(bitmap, start, y, columns))
  }
  return parts
}
