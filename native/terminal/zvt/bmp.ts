import { encodeLength, readLength } from './tlv.ts'

/** A tagged field of an APDU, its value without tag and length. */
export interface Field {
  readonly tag: number
  readonly value: Uint8Array
}

/** `rest` is what stands behind a tag whose length nobody knows (an unknown BMP, or a cut field); it can't be skipped. */
export interface Fields {
  readonly fields: readonly Field[]
  readonly rest: Uint8Array
}

/** Lengths of PA00P015 chapter "BMPs": fixed ones in bytes, `2` and `3`: that many length bytes `Fx` before the value. */
const fixed: Readonly<Record<number, number>> = {
  0x01: 1, 0x02: 1, 0x03: 1, 0x04: 6, 0x05: 1, 0x0b: 3, 0x0c: 3, 0x0d: 2, 0x0e: 2, 0x17: 2, 0x19: 1, 0x27: 1, 0x29: 4, 0x2a: 15, 0x37: 3, 0x3b: 8, 0x49: 2,
  0x87: 2, 0x88: 3, 0x8a: 1, 0x8c: 1, 0xa0: 1, 0xaa: 3, 0xba: 5, 0xd0: 1, 0xd2: 1, 0xd3: 1, 0xe0: 1, 0xe9: 1, 0xea: 1, 0xeb: 8, 0xf0: 1, 0xf9: 1, 0xfa: 1, 0xfc: 1,
}
const llVar: ReadonlySet<number> = new Set([
  0x22, 0x23, 0x2d, 0x8b, 0xa7, 0xd1, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
])
const lllVar: ReadonlySet<number> = new Set([0x24, 0x2e, 0x3c, 0x60, 0x9a, 0xaf])
const container = 0x06

interface Span {
  /** Bytes of the length itself. */
  readonly size: number
  readonly length: number
}

/** `F1 F8` is 18: one decimal digit in each low nibble. Null when cut or of another form. */
export function readDigits(bytes: Uint8Array, at: number, size: number): number | null {
  const digits = [...bytes.subarray(at, at + size)]
  if (digits.length < size || digits.some((byte) => byte < 0xf0 || byte > 0xf9)) return null
  return digits.reduce((value, byte) => 10 * value + (byte & 0x0f), 0)
}

export function encodeDigits(length: number, size: number): Uint8Array {
  return Uint8Array.from([...String(length).padStart(size, '0')].map((digit) => 0xf0 | Number(digit)))
}

function spanOf(tag: number, bytes: Uint8Array, at: number): Span | null {
  const length = fixed[tag]
  if (length !== undefined) return { size: 0, length }
  if (tag === container) return readLength(bytes, at)
  const size = llVar.has(tag) ? 2 : lllVar.has(tag) ? 3 : 0
  const digits = size > 0 ? readDigits(bytes, at, size) : null
  return digits === null ? null : { size, length: digits }
}

/** Reads tagged fields until the end, or until a tag that it does not know. */
export function parseFields(bytes: Uint8Array): Fields {
  const fields: Field[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const span = spanOf(tag, bytes, at + 1)
    const from = at + 1 + (span?.size ?? 0)
    if (!span || from + span.length > bytes.length) break
    fields.push({ tag, value: bytes.slice(from, from + span.length) })
    at = from + span.length
  }
  return { fields, rest: bytes.slice(at) }
}

function encodeField({ tag, value }: Field): readonly number[] {
  const length = fixed[tag]
  if (length !== undefined && length !== value.length) throw new RangeError(`field ${tag.toString(16)} has ${length} bytes, not ${value.length}`)
  if (length !== undefined) return [tag, ...value]
  if (tag === container) return [tag, ...encodeLength(value.length), ...value]
  return [tag, ...encodeDigits(value.length, lllVar.has(tag) ? 3 : 2), ...value]
}

/** The bytes of tagged fields, in their order. Throws `RangeError` when a value has not the length of its tag. */
export function encodeFields(fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(fields.flatMap(encodeField))
}

/** The value of the first field with this tag, or null. */
export function fieldOf({ fields }: Pick<Fields, 'fields'>, tag: number): Uint8Array | null {
  return fields.find((field) => field.tag === tag)?.value ?? null
}
