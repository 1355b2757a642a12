/** One byte further in CRC-16/KERMIT: reflected polynomial 8408, start 0000 (PA00P016 calls it XModem; captures agree with KERMIT). */
function step(crc: number, byte: number): number {
  let value = crc ^ byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >> 1) ^ 0x8408 : value >> 1
  return value
}

const table = Uint16Array.from({ length: 256 }, (_, byte) => step(0, byte))

/** CRC-16/KERMIT; `"123456789"` gives 2189. */
export function crc16(bytes: Iterable<number>, start = 0): number {
  let crc = start
  for (const byte of bytes) crc = (crc >> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
  return crc
}
