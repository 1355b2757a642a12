import iconv from 'iconv-lite'

/** The text of a line, NFC. `certain` is false when no encoding explains all bytes; `repaired` when it wasn't plain UTF-8. */
export interface DecodedText {
  readonly text: string
  readonly certain: boolean
  readonly repaired: boolean
}

const letters =
  'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ' // every vowel with every tone
const known = new Set([...`${letters}${letters.toUpperCase()}`.normalize('NFC'), ...'’‘“”–…'])

/** Characters that no Vietnamese text holds. */
function strange(text: string): number {
  let count = 0
  for (const char of text) if (char > '\u007e' && !known.has(char)) count++
  return count
}

/** UTF-8 bytes that were taken for Latin-1 or Windows-1252: `Ã¡`, `Æ°`, `áº¿`. A lone `Ã` is a Vietnamese letter. */
const mojibake = /[ÃÄÆ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|á[º»]|Ä‘/u

const clean = (text: string) => text.replace(/^\ufeff/, '').normalize('NFC')

function utf8(bytes: Uint8Array): string | null {
  try {
    return clean(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return null
  }
}

/** Undoes double encoding; null when the text doesn't come out as clean UTF-8. */
function undoDouble(text: string): string | null {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes.push(...(code <= 0xff ? [code] : iconv.encode(char, 'windows-1252')))
  }
  const fixed = utf8(Uint8Array.from(bytes))
  return fixed === null || strange(fixed) > 0 ? null : fixed
}

const legacy = ['windows-1258', 'tcvn'] as const

/** Text of a line. UTF-8 first; then what scanners set up for other countries send: double encoding, Windows-1258, TCVN3. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const plain = utf8(bytes)
  if (plain !== null) {
    if (!mojibake.test(plain)) return { text: plain, certain: true, repaired: false }
    const fixed = undoDouble(plain)
    return fixed === null ? { text: plain, certain: false, repaired: false } : { text: fixed, certain: true, repaired: true }
  }
  const candidates = legacy.map((name) => clean(iconv.decode(Buffer.from(bytes), name))).sort((a, b) => strange(a) - strange(b))
  const best = candidates[0] ?? ''
  if (strange(best) === 0) return { text: best, certain: true, repaired: true }
  return { text: clean(new TextDecoder('utf-8').decode(bytes)), certain: false, repaired: false }
}
