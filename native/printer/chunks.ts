/** Lengths of commands with a fixed number of bytes, by their second byte. */
const escLengths: Readonly<Record<number, number>> = { 0x40: 2, 0x32: 2, 0x70: 5, 0x24: 4, 0x5c: 4, 0x42: 4 }
const gsLengths: Readonly<Record<number, number>> = { 0x50: 4, 0x4c: 4, 0x57: 4, 0x24: 4, 0x5c: 4 }

function gsLength(bytes: Uint8Array, at: number): number {
  const byte = (offset: number): number => bytes[at + offset] ?? 0
  if (byte(1) === 0x76) return 8 + (byte(4) | (byte(5) << 8)) * (byte(6) | (byte(7) << 8))
  if (byte(1) === 0x28) return 5 + (byte(3) | (byte(4) << 8))
  if (byte(1) === 0x6b && byte(2) >= 65) return 4 + byte(3)
  if (byte(1) === 0x56) return byte(2) === 65 || byte(2) === 66 ? 4 : 3
  return gsLengths[byte(1)] ?? 3
}

/** How many bytes the command or letter at this place has. */
function tokenLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === 0x1b && bytes[at + 1] === 0x28) return 5 + ((bytes[at + 3] ?? 0) | ((bytes[at + 4] ?? 0) << 8))
  if (first === 0x1b) return escLengths[bytes[at + 1] ?? 0] ?? 3
  if (first === 0x1d) return gsLength(bytes, at)
  if (first === 0x1c) return bytes[at + 1] === 0x21 ? 3 : 2
  return first === 0x10 ? 3 : 1
}

/**
 * Cuts a job into pieces of about `size` bytes that end where a command ends: a status question (`10 04 n`) may go out between two pieces, and inside a
 * picture it would be taken for dots.
 */
export function chunksOf(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let start = 0
  let at = 0
  while (at < bytes.length) {
    at = Math.min(bytes.length, at + tokenLength(bytes, at))
    if (at - start >= size || at === bytes.length) {
      chunks.push(bytes.subarray(start, at))
      start = at
    }
  }
  return chunks
}
