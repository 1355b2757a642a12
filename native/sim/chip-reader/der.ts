/** Writes DER, just enough for certificates, CMS and the files of a chip. */

const length = (n: number): readonly number[] => (n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff])

/** One object; `tag` above FF is two bytes. */
export function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from(tag > 0xff ? [tag >> 8, tag & 0xff, ...length(body.length)] : [tag, ...length(body.length)]), body])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes)
export const bits = (bytes: Uint8Array, unused = 0): Buffer => der(0x03, [unused], bytes)
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text))
export const nothing = (): Buffer => der(0x05)

/** SET OF in DER's order. */
export const setOf = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts.toSorted((a, b) => a.compare(b)))

/** A small number, not negative. */
export function integer(value: number): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return der(0x02, (bytes[0] ?? 0) > 0x7f ? [0, ...bytes] : bytes)
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f]
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80)
    return digits
  }
  return der(0x06, [first * 40 + second, ...rest].flatMap((one, at) => (at === 0 ? [one] : base128(one))))
}

/** UTCTime of a moment, seconds. */
export function utcTime(time: Date): Buffer {
  return der(0x17, Buffer.from(`${time.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
}
