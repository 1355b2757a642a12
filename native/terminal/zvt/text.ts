import iconv from 'iconv-lite'

/** Names for tag 14 of a container: 00 seven bits, 01–10 ISO 8859-n, FE UTF-8, FF CP437. */
export function charsetOf(code: number | undefined, fallback: string): string {
  if (code === 0xfe) return 'utf8'
  if (code === 0xff) return 'cp437'
  if (code === 0) return 'ascii'
  const name = `iso-8859-${code ?? ''}`
  return code !== undefined && iconv.encodingExists(name) ? name : fallback
}

/** Text for people; control characters become blanks. */
export function decodeText(bytes: Uint8Array, charset: string): string {
  return iconv.decode(Buffer.from(bytes), charset).replaceAll(/\p{Cc}/gu, ' ')
}
