import { ChipError } from '../chip-error.ts'
import { descend, readTlvs, valueOf } from '../tlv.ts'

/** The face of the holder; JPEG 2000 comes as a `.jp2` file or as a bare code stream. */
export interface Photo {
  readonly format: 'jpeg' | 'jp2'
  readonly bytes: Uint8Array
}

const beginnings = [
  { format: 'jpeg', bytes: Buffer.from('ffd8ff', 'hex') },
  { format: 'jp2', bytes: Buffer.from('0000000c6a50', 'hex') },
  { format: 'jp2', bytes: Buffer.from('ff4fff51', 'hex') },
] as const

/**
 * Reads `75 { 7F61 { 7F60 { 5F2E or 7F2E } } }` and takes the image out of its ISO/IEC 19794-5 record. The image is found by how it begins: the headers before it
 * hold small numbers only, and a header that is a byte or two off (the one of our vectors is) costs nobody the photo.
 */
export function readDg2(file: Uint8Array): Photo {
  const objects = readTlvs(descend(file, [0x75, 0x7f61, 0x7f60]))
  const record = valueOf(objects, 0x5f2e) ?? valueOf(objects, 0x7f2e)
  if (record === undefined) throw new ChipError('unreadable', 'DG2')
  const [first] = beginnings
    .map(({ format, bytes }) => ({ format, at: Buffer.from(record).indexOf(bytes) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
  if (first === undefined) throw new ChipError('unreadable', 'DG2')
  return { format: first.format, bytes: record.slice(first.at) }
}
