import { deflateRawSync, inflateRawSync } from 'node:zlib'

/*
 * A sealed box can't be compressed on its way to central, so what goes into it is made small before: a citizen's record of 230 bytes becomes one of 85.
 * Boxes are kept for ever: never change these lists, make others with the next tag.
 */

/** Pieces of JSON that become one character below U+0020, which JSON never holds bare: the n-th becomes n + 1. */
const pieces = [
  '{"fullName":"', '","idNumber":"', '","oldIdNumber":"","dob":"', '","oldIdNumber":"', '","dob":"', '","sex":"female","address":"', '","sex":"male","address":"',
  '","sex":"","address":"', '","idIssued":"', '","phone":"+84', '","phone":"', '","email":""}', '","email":"', '","sex":"',
] as const
const marks = pieces.map((_, index) => String.fromCharCode(index + 1))

/** Words that records share. */
const dictionary = Buffer.from(
  ' giấy tờ ấp khu phố tổ dân phố quận huyện thị trấn Số , đường , phường , thành phố Hồ Chí Minh Hà Nội Đắk Lắk Thôn 1, xã , tỉnh Ngọc Minh Quang Hoàng Phạm Lê Trần Văn Nguyễn Thị ',
  'utf8',
)

/** Marks a packed value; JSON never begins with it. */
const tag = 1

/** A value as the bytes to seal. */
export function pack(value: unknown): Buffer {
  const short = pieces.reduce((text, piece, index) => text.replaceAll(piece, marks[index] ?? ''), JSON.stringify(value))
  return Buffer.concat([Buffer.of(tag), deflateRawSync(short, { dictionary, level: 9 })])
}

/** The value again; also of bytes that were sealed as bare JSON, before values were packed. */
export function unpack(bytes: Buffer): unknown {
  if (bytes[0] !== tag) return JSON.parse(bytes.toString('utf8'))
  const short = inflateRawSync(bytes.subarray(1), { dictionary }).toString('utf8')
  return JSON.parse(marks.reduce((text, mark, index) => text.replaceAll(mark, pieces[index] ?? ''), short))
}
