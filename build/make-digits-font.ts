import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Font, Glyph, parse, Path, type PathCommand } from 'opentype.js/dist/opentype.mjs'

/** Advance of every digit, in thousandths of the em (ui/README "Type"): between the family's 1 (415) and 4 (716). */
const digitAdvance = 660
const weights = [400, 500, 600, 700] as const

/** Moves an outline sideways; a path command has up to three points. */
function shifted(command: PathCommand, by: number): PathCommand {
  const moved = { ...command }
  if (moved.x !== undefined) moved.x += by
  if (moved.x1 !== undefined) moved.x1 += by
  if (moved.x2 !== undefined) moved.x2 += by
  return moved
}

/** The digit with the common advance, its outline centred in it. */
function equalDigit(source: Font, digit: string): Glyph {
  const advance = (digitAdvance * source.unitsPerEm) / 1000
  const glyph = source.charToGlyph(digit)
  const box = glyph.path.getBoundingBox()
  const by = Math.round((advance - (box.x2 - box.x1)) / 2 - box.x1)
  const path = new Path()
  path.commands = glyph.path.commands.map((command) => shifted(command, by))
  return new Glyph({ name: `digit${digit}`, unicode: digit.charCodeAt(0), advanceWidth: advance, path })
}

/**
 * The digits-only cut of one weight as an OpenType file. Be Vietnam Pro has no tabular figures, so clocks and columns would dance;
 * the licence (SIL OFL 1.1, no reserved name) allows a modified version under the same licence.
 */
export function digitsFont(woff: ArrayBuffer, weight: number): ArrayBuffer {
  const source = parse(woff)
  const advance = (digitAdvance * source.unitsPerEm) / 1000
  const blank = new Glyph({ name: '.notdef', advanceWidth: advance, path: new Path() })
  return new Font({
    familyName: 'BVP Num',
    styleName: `W${weight}`,
    unitsPerEm: source.unitsPerEm,
    ascender: source.ascender,
    descender: source.descender,
    weightClass: weight,
    glyphs: [blank, ...[...'0123456789'].map((digit) => equalDigit(source, digit))],
  }).toArrayBuffer()
}

/** Writes the missing cuts and their licence into `folder`; called by vite before it resolves the stylesheets. */
export function makeDigitsFonts(folder: string): void {
  const packageFile = createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json')
  const from = join(packageFile, '..')
  mkdirSync(folder, { recursive: true })
  for (const weight of weights) {
    const target = join(folder, `bvp-num-${weight}.otf`)
    if (existsSync(target)) continue
    const bytes = readFileSync(join(from, 'files', `be-vietnam-pro-latin-${weight}-normal.woff`))
    const woff = new Uint8Array(bytes).buffer
    writeFileSync(target, new Uint8Array(digitsFont(woff, weight)))
  }
  writeFileSync(join(folder, 'LICENSE'), readFileSync(join(from, 'LICENSE')))
}

if (import.meta.main) makeDigitsFonts(join(import.meta.dirname, '../renderer/fonts/generated'))
