import { inkOf, type Style } from './ink.ts'

/** Stands for a letter that no font here can draw: on every printer's own page, and nobody takes it for the letter. */
const substitute = '?'
const sample: Style = { size: 24, line: 34, weight: 600, tracking: 0 }

/** Latin with all marks, and Vietnamese: the fonts of slips have them, no need to look. */
const isLatin = (code: number): boolean => code < 0x180 || (code >= 0x1e00 && code < 0x1f00)
/** Joiners, variation selectors, blanks: nothing to see by nature. */
const isInvisible = (glyph: string): boolean => /^[\p{Cf}\p{Mn}\p{Z}\p{Cc}]$/u.test(glyph)

const drawable = new Map<string, boolean>()

/** Whether drawing it leaves a dot; asked of the canvas, since the system's fonts stand in where ours have no glyph. */
function canDraw(glyph: string): boolean {
  const known = drawable.get(glyph)
  if (known !== undefined) return known
  const inked = inkOf(glyph, sample, sample.weight).bits.some((byte) => byte !== 0)
  drawable.set(glyph, inked)
  return inked
}

const isMissing = (glyph: string): boolean => !isLatin(glyph.codePointAt(0) ?? 0) && !isInvisible(glyph) && !canDraw(glyph)

/** The text with `?` for each letter that can't be drawn: a gap on paper would look as if nothing were missing. */
export function visibleText(text: string): string {
  let visible = ''
  for (const glyph of text) visible += isMissing(glyph) ? substitute : glyph
  return visible
}

/** The letters of a text that come out as `?`, each once. */
export const missingLetters = (text: string): readonly string[] => [...new Set(text.normalize('NFC'))].filter(isMissing)
