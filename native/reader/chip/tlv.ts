import { ChipError } from './chip-error.ts'

/** One BER-TLV object; `value` is a view of the bytes it was read from. */
export interface Tlv {
  /** All bytes of the tag, big-endian: 0x61, 0x5F1F. */
  readonly tag: number
  readonly value: Uint8Array
  /** Tag, length and value together, bytes. */
  readonly size: number
}

/** Tag and length; `header` is how many bytes they take. Null while there are too few bytes to tell. */
export function tlvHeader(bytes: Uint8Array): { readonly tag: number; readonly length: number; readonly header: number } | null {
  const first = bytes[0]
  if (first === undefined) return null
  const two = (first & 0x1f) === 0x1f
  const at = two ? 2 : 1
  const lead = bytes[at]
  if (lead === undefined) return null
  const tag = two ? first * 0x100 + (bytes[1] ?? 0) : first
  if (lead < 0x80) return { tag, length: lead, header: at + 1 }
  const count = lead & 0x7f
  if (count === 0 || count > 3) throw new ChipError('unreadable', 'TLV')
  if (bytes.length < at + 1 + count) return null
  const length = bytes.subarray(at + 1, at + 1 + count).reduce((sum, byte) => sum * 0x100 + byte, 0)
  return { tag, length, header: at + 1 + count }
}

/** The object at the start; throws `ChipError` `unreadable` when it is cut off. */
export function readTlv(bytes: Uint8Array): Tlv {
  const header = tlvHeader(bytes)
  if (header === null || bytes.length < header.header + header.length) throw new ChipError('unreadable', 'TLV')
  const size = header.header + header.length
  return { tag: header.tag, value: bytes.subarray(header.header, size), size }
}

/** All objects one after the other; stops at padding (00 or FF, ISO 7816-4). */
export function readTlvs(bytes: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  for (let rest = bytes; rest.length > 0 && rest[0] !== 0x00 && rest[0] !== 0xff; ) {
    const one = readTlv(rest)
    found.push(one)
    rest = rest.subarray(one.size)
  }
  return found
}

/** The value of the first object with this tag, or undefined. */
export function valueOf(objects: readonly Tlv[], tag: number): Uint8Array | undefined {
  return objects.find((one) => one.tag === tag)?.value
}

/** Goes down through constructed objects, `[0x75, 0x7F61]` being the second inside the first; throws when one isn't there. */
export function descend(bytes: Uint8Array, path: readonly number[]): Uint8Array {
  return path.reduce((inner, tag) => {
    const value = valueOf(readTlvs(inner), tag)
    if (value === undefined) throw new ChipError('unreadable', `tag ${tag.toString(16).toUpperCase()}`)
    return value
  }, bytes)
}

/** Length as BER writes it: 7F, 81 80, 82 01 00. */
export function encodeLength(length: number): readonly number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

/** One object; tags above FF take two bytes. */
export function encodeTlv(tag: number, value: Uint8Array | readonly number[]): Uint8Array {
  const tagBytes = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag]
  return Uint8Array.of(...tagBytes, ...encodeLength(value.length), ...value)
}
