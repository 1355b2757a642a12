/** A TLV container as ZVT has them: BER tags and lengths, constructed ones hold others. Tag as upper-case hex (`1F07`). */
export interface Tlv {
  readonly tag: string
  readonly value: Uint8Array
  /** Of a constructed tag; null for a primitive one. */
  readonly children: readonly Tlv[] | null
}

const deepest = 8

/** Bytes of the tag at `at`: the low five bits of the first all set mean that more follow, as long as bit 8 is set. */
export function tagLength(bytes: Uint8Array, at: number): number {
  if (((bytes[at] ?? 0) & 0x1f) !== 0x1f) return 1
  let end = at + 1
  while (((bytes[end] ?? 0) & 0x80) !== 0) end++
  return end + 1 - at
}

/** A length (`7F` at most, or `81 nn`, or `82 hi lo`) and how many bytes it took; null when cut or of another form. */
export function readLength(bytes: Uint8Array, at: number): { readonly length: number; readonly size: number } | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first < 0x80) return { length: first, size: 1 }
  const [high, low] = [bytes[at + 1], bytes[at + 2]]
  if (first === 0x81 && high !== undefined) return { length: high, size: 2 }
  if (first === 0x82 && high !== undefined && low !== undefined) return { length: 256 * high + low, size: 3 }
  return null
}

export function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff)
}

/** Reads as far as the bytes make sense and keeps what it has read. */
export function parseTlv(bytes: Uint8Array, depth = 0): readonly Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length; ) {
    const head = tagLength(bytes, at)
    const size = readLength(bytes, at + head)
    if (!size || at + head + size.size + size.length > bytes.length) break
    const from = at + head + size.size
    const value = bytes.slice(from, from + size.length)
    const constructed = ((bytes[at] ?? 0) & 0x20) !== 0 && depth < deepest
    found.push({ tag: Buffer.from(bytes.subarray(at, at + head)).toString('hex').toUpperCase(), value, children: constructed ? parseTlv(value, depth + 1) : null })
    at = from + size.length
  }
  return found
}

/** The bytes of one element. */
export function encodeTlv(tag: string, value: Uint8Array): Uint8Array {
  return Uint8Array.from([...Buffer.from(tag, 'hex'), ...encodeLength(value.length), ...value])
}

/** The first element with this tag, anywhere inside. */
export function findTlv(elements: readonly Tlv[], tag: string): Tlv | null {
  for (const element of elements) {
    if (element.tag === tag) return element
    const inside = findTlv(element.children ?? [], tag)
    if (inside) return inside
  }
  return null
}
