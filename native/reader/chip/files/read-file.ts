import { ok, swText, type Answer, type CardSession } from '../access/apdu.ts'
import { ChipError } from '../chip-error.ts'
import { encodeTlv, tlvHeader, valueOf, readTlvs } from '../tlv.ts'

/** Files of the chip by their two-byte identifiers (9303-10, 3.3). */
export const fileIds = { cardAccess: 0x011c, sod: 0x011d, dg1: 0x0101, dg2: 0x0102, dg13: 0x010d } as const

/** Fits into one answer under AES secure messaging with room for what readers put around it. */
const usualBlock = 0xdf
const smallestBlock = 0x20
/** Enough for any tag and length here. */
const headerBytes = 6
const endOfFile = 0x6282
/** Longer offsets need the odd READ BINARY with a data object. */
const lastShortOffset = 0x7fff
/** Photos are 20 kB; what claims to be far more isn't a file of an identity card. */
const largestFile = 1 << 20

/** Offset for READ BINARY B1: two bytes up to FFFF, three beyond. */
function offsetObject(offset: number): Uint8Array {
  const bytes = offset > 0xffff ? [offset >> 16, (offset >> 8) & 0xff, offset & 0xff] : [offset >> 8, offset & 0xff]
  return encodeTlv(0x54, bytes)
}

async function readBinary(session: CardSession, offset: number, length: number): Promise<Answer> {
  if (offset <= lastShortOffset) return session.send({ ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: length })
  // the data comes back in an object of its own, whose tag and length take up to three bytes
  const answer = await session.send({ ins: 0xb1, p1: 0, p2: 0, data: offsetObject(offset), le: Math.min(256, length + 3) })
  return answer.data.length === 0 ? answer : { ...answer, data: valueOf(readTlvs(answer.data), 0x53) ?? new Uint8Array() }
}

/** A card that finds the wish too long says 6700 or 6Cxx (xx bytes are right). */
function shorter(block: number, sw: number): number | null {
  const hinted = sw >> 8 === 0x6c ? sw & 0xff : 0
  if (hinted > 0 && hinted < block) return hinted
  return (sw === 0x6700 || sw >> 8 === 0x6c) && block > smallestBlock ? block >> 1 : null
}

/** The next bytes at `offset` and the block size that the card took. */
async function readSome(session: CardSession, fileId: number, offset: number, wanted: number, block: number): Promise<{ readonly data: Uint8Array; readonly block: number }> {
  for (let size = block; ; ) {
    const { sw, data } = await readBinary(session, offset, Math.min(wanted, size))
    if ((sw === ok || sw === endOfFile) && data.length > 0) return { data, block: size }
    const next = shorter(Math.min(wanted, size), sw)
    if (next === null) throw new ChipError('card-refused', `READ BINARY ${swText(fileId)} ${swText(sw)}`)
    size = next
  }
}

/**
 * Selects and reads a whole file, its length taken from its first object. Null when the card has no such file or doesn't show it (6A82, 6982…).
 * `onBytes` is told how many bytes are there and how many there will be.
 */
export async function readFile(session: CardSession, fileId: number, onBytes?: (read: number, total: number) => void): Promise<Uint8Array | null> {
  const select = await session.send({ ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(fileId >> 8, fileId & 0xff) })
  if (select.sw !== ok) return null
  let { data, block } = await readSome(session, fileId, 0, headerBytes, usualBlock)
  const header = tlvHeader(data)
  const total = header === null ? 0 : header.header + header.length
  if (total === 0 || total > largestFile) throw new ChipError('unreadable', swText(fileId))
  const file = new Uint8Array(total)
  file.set(data.subarray(0, total))
  for (let at = Math.min(data.length, total); at < total; at += data.length) {
    ;({ data, block } = await readSome(session, fileId, at, total - at, block))
    file.set(data.subarray(0, total - at), at)
    onBytes?.(Math.min(at + data.length, total), total)
  }
  return file
}
