/** Packed decimal digits: `00 01 75` is `000175`. Nibbles above 9 stay as hex letters (a masked digit is E). */
export function bcdDigits(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** The number in packed digits; null when a nibble is no digit. */
export function bcdNumber(bytes: Uint8Array): number | null {
  const digits = bcdDigits(bytes)
  return /^\d+$/.test(digits) ? Number(digits) : null
}

/** `value` in `length` bytes. Throws `RangeError` when it doesn't fit: a cut amount would be another amount. */
export function encodeBcd(value: number | string, length: number): Uint8Array {
  const digits = String(value).padStart(2 * length, '0')
  if (!/^\d+$/.test(digits) || digits.length > 2 * length) throw new RangeError(`${value} does not fit into ${length} BCD bytes`)
  return Uint8Array.from(Buffer.from(digits, 'hex'))
}
