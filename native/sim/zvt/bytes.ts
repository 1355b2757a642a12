/** Bytes as the simulated terminal speaks them. Written from the specification alone, without a look at the driver. */

export function hex(text: string): number[] {
  return (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
}

/** `digits` as packed decimals in `size` bytes. */
export function bcd(digits: number | string, size: number): number[] {
  return hex(String(digits).padStart(2 * size, '0'))
}

export function fromBcd(bytes: readonly number[]): number {
  return Number(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''))
}

/** A message with its length: one byte, or FF and two, low first. */
export function message(command: string, body: readonly number[] = []): number[] {
  const size = body.length > 254 ? [255, body.length % 256, Math.floor(body.length / 256)] : [body.length]
  return [...hex(command), ...size, ...body]
}

/** Length digits F0…F9 and the value. */
export function variable(digits: number, value: readonly number[]): number[] {
  return [...String(value.length).padStart(digits, '0')].map((one) => 0xf0 + Number(one)).concat(value)
}

export const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** Polynomial x16+x12+x5+1 with the bits of each byte taken from the lowest on, start 0. */
export function checksum(bytes: readonly number[]): [low: number, high: number] {
  let register = 0
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const out = (register ^ (byte >>> bit)) & 1
      register = (register >>> 1) ^ (out === 1 ? 0b1000_0100_0000_1000 : 0)
    }
  }
  return [register % 256, register >>> 8]
}
