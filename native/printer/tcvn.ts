/**
 * TCVN 5712:1993 VN3 as Epson has it: one table for lower case (`ESC t 30`), one for upper case (`ESC t 31`), one byte a letter, ASCII below 80.
 * The golden vectors of `test/fixtures/vectors/escpos.json` judge this table.
 */

const lowerLetters = 'àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ'
const lowerBytes =
  'B5B6B7B8B9BBBCBDBEC6C7C8C9CACBCCCECFD0D1D2D3D4D5D6D7D8DCDDDEDFE1E2E3E4E5E6E7E8E9EAEBECEDEEEFF1F2F3F4F5F6F7F8F9FAFBFCFDFEA8A9AAABACADAE'
/** Where the upper-case table differs from the lower-case one. */
const upperExceptions: Readonly<Record<string, number>> = { Ă: 0xa1, Â: 0xa2, Đ: 0xa7 }

function table(upper: boolean): ReadonlyMap<string, number> {
  return new Map(
    [...lowerLetters].map((letter, index) => {
      const glyph = upper ? letter.toUpperCase() : letter
      const byte = Number.parseInt(lowerBytes.slice(index * 2, index * 2 + 2), 16)
      return [glyph, upper ? (upperExceptions[glyph] ?? byte) : byte]
    }),
  )
}

/** Letter (NFC) → byte, for each of the two pages. */
export const tcvnLower = table(false)
export const tcvnUpper = table(true)

const substitutes: Readonly<Record<string, string>> = {
  '₫': 'đ', '–': '-', '—': '-', '‑': '-', '−': '-', '“': '"', '”': '"', '„': '"', '‘': "'", '’': "'", 'ʼ': "'", '…': '...', '€': 'EUR',
  '\u00a0': ' ', '\u202f': ' ', '•': '-', '×': 'x', '→': '->', '\ufeff': '', '\u200b': '', 'Ð': 'Đ', 'ð': 'đ',
}

/** NFC, tabs as blanks, no control characters (a slip's words must never become printer commands). */
export function cleanText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
  return text.normalize('NFC').replaceAll('\t', '    ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '')
}

/** What a printer's own letters can show in place of typographic signs: – becomes -, … becomes three dots, ₫ becomes đ. */
export function simplifyText(text: string): string {
  let simple = ''
  for (const glyph of cleanText(text)) simple += substitutes[glyph] ?? glyph
  return simple
}

/**
 * Encodes one line for a printer whose current page is `page` (null: unknown, as after a reset to another page). Switches pages only when the next letter
 * needs it. Returns null when a letter has no byte on these pages (then the line must be drawn).
 */
export function encodeTcvn(
  line: string,
  pages: { readonly lower: number; readonly upper: number } | null,
  page: number | null,
): { readonly bytes: Uint8Array; readonly page: number | null } | null {
  const bytes: number[] = []
  let current = page
  for (const glyph of line) {
    const code = glyph.codePointAt(0) ?? 0
    if (code >= 0x20 && code < 0x7f) {
      bytes.push(code)
      continue
    }
    const lower = tcvnLower.get(glyph)
    const byte = lower ?? tcvnUpper.get(glyph)
    if (byte === undefined || !pages) return null
    const needed = lower === undefined ? pages.upper : pages.lower
    if (needed !== current) bytes.push(0x1b, 0x74, needed)
    current = needed
    bytes.push(byte)
  }
  return { bytes: Uint8Array.from(bytes), page: current }
}
