import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * What sealed values share: the names of a person's fields and words of addresses. A sealed box can't be compressed on the way to central, so it is made
 * small before: a citizen's record of 230 bytes shrinks to 97. Never change it, add another with the next tag: boxes made with it stay.
 */
const dictionary = Buffer.from(
  '"reason":"giấy tờ","note":" Thị Văn Nguyễn Trần Lê Phạm Hoàng đường phường quận huyện tổ dân phố khu phố ấp Thôn , xã , tỉnh thành phố ' +
    '{"fullName":"Nguyễn Thị ","idNumber":"0","oldIdNumber":"","dob":"19-0-1","sex":"female","address":"Thôn , xã , tỉnh ","idIssued":"202-0-1","phone":"+849","email":""}' +
    '{"fullName":"Nguyễn Văn ","idNumber":"0","oldIdNumber":"","dob":"19-1-2","sex":"male","address":"","idIssued":"","phone":"+84","email":""}',
  'utf8',
)

/** Marks a packed value; JSON never begins with it. */
const tag = 1

/** A value as the bytes to seal. */
export function pack(value: unknown): Buffer {
  return Buffer.concat([Buffer.of(tag), deflateRawSync(JSON.stringify(value), { dictionary, level: 9 })])
}

/** The value again; also of bytes that were sealed as bare JSON, before values were packed. */
export function unpack(bytes: Buffer): unknown {
  return JSON.parse((bytes[0] === tag ? inflateRawSync(bytes.subarray(1), { dictionary }) : bytes).toString('utf8'))
}
