import { visibleText } from './glyphs.ts'
import { createThermal } from './thermal.ts'
import type { Style } from './ink.ts'
import { setParagraph } from './paragraph.ts'
import type { PrinterProfile } from './profile.ts'
import { rasterBytes } from './raster.ts'
import { Sheet } from './sheet.ts'
import type { Align } from './slip.ts'
import { cleanText, encodeTcvn, simplifyText } from './tcvn.ts'
import { wrapColumns } from './wrap.ts'

const dotsOfColumn = 12
/** Type of drawn lines of single and double height: as small as reads well, for each row costs 72 bytes at most. */
const drawnSizes = [21, 34]

export interface LineStyle {
  readonly align: Align
  readonly bold: boolean
  /** Width and height factors of the printer's letters, 1–8. */
  readonly cells: readonly [number, number]
}

/** A part of a line that has its place: where it begins and how many columns it has. */
export interface Segment {
  readonly text: string
  readonly column: number
  readonly columns: number
  readonly align: Align
}

/** Rows to add above a line that stands alone: the hats of Ẳ and Ỗ reach 1.155 em above the baseline, higher than its line box. */
function roomAbove({ size, line }: Style): number {
  return Math.max(0, Math.ceil(size * 1.155) - Math.round((line + size * 0.73) / 2))
}

/** Words with blanks around them so that they stand in their columns. */
function padded(text: string, columns: number, align: Align): string {
  const room = Math.max(0, columns - [...text].length)
  const left = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2)
  return ' '.repeat(left) + text
}

/** Writes lines as letters where the printer has them, and draws just those lines that it can't spell. */
export class TextLines {
  readonly #profile: PrinterProfile
  readonly #out
  #page: number | null = 0
  #align: Align = 'left'
  #bold = false
  #cells = 0

  constructor(profile: PrinterProfile) {
    this.#profile = profile
    this.#out = createThermal(profile.columns)
  }

  /** Own bytes between the lines. */
  raw(...parts: readonly Uint8Array[]): void {
    for (const part of parts) this.#out.append(Buffer.from(part))
  }

  align(align: Align): void {
    if (align === this.#align) return
    if (align === 'center') this.#out.alignCenter()
    else if (align === 'right') this.#out.alignRight()
    else this.#out.alignLeft()
    this.#align = align
  }

  /** A rule over the whole width, of ASCII signs. */
  rule(sign: '-' | '.' | '='): void {
    this.#use({ align: 'left', bold: false, cells: [1, 1] })
    this.#out.drawLine(sign)
  }

  /** Words of any length, wrapped at blanks. */
  text(given: string, style: LineStyle): void {
    const text = visibleText(given.normalize('NFC'))
    const columns = Math.max(1, Math.floor(this.#profile.columns / style.cells[0]))
    const simple = simplifyText(text)
    const spelled = encodeTcvn(simple, this.#profile.tcvn, null) !== null
    // a drawn line keeps its typographic signs
    for (const line of wrapColumns(spelled ? simple : cleanText(text), columns)) this.#line(line, style)
  }

  /** One line of parts in their columns, none longer than its place. */
  segments(segments: readonly Segment[], bold: boolean): void {
    let line = ''
    for (const { text, column, columns, align } of segments) line = line.padEnd(column) + padded(simplifyText(visibleText(text.normalize('NFC'))), columns, align)
    const style: LineStyle = { align: 'left', bold, cells: [1, 1] }
    if (!this.#spell(line.trimEnd(), style)) this.#draw(segments, style)
  }

  #line(line: string, style: LineStyle): void {
    if (this.#spell(simplifyText(line), style)) return
    this.#draw([{ text: line, column: 0, columns: Math.floor(this.#profile.dots / dotsOfColumn), align: style.align }], style)
  }

  #spell(line: string, style: LineStyle): boolean {
    const encoded = encodeTcvn(line, this.#profile.tcvn, this.#page)
    if (!encoded) return false
    if (line) this.#use(style)
    this.#out.append(Buffer.from(encoded.bytes))
    this.#page = encoded.page
    this.#out.newLine()
    return true
  }

  #draw(segments: readonly Segment[], style: LineStyle): void {
    const size = style.cells[1] > 2 ? 24 * style.cells[1] : drawnSizes[style.cells[1] - 1] ?? 20
    const set: Style = { size, line: Math.ceil(size * 1.42), weight: style.bold ? 700 : 600, tracking: 0 }
    const sheet = new Sheet(this.#profile.dots)
    const top = roomAbove(set)
    for (const { text, column, columns, align } of segments) {
      const box = { x: column * dotsOfColumn, width: Math.min(columns * dotsOfColumn, this.#profile.dots - column * dotsOfColumn), top, align }
      const lead = align === 'left' ? text.length - text.trimStart().length : 0
      const lines = setParagraph([{ text: text.trim() }], set, Number.POSITIVE_INFINITY)
      sheet.lines(lines, set, { ...box, x: box.x + lead * dotsOfColumn, width: box.width - lead * dotsOfColumn })
    }
    sheet.y = top + set.line
    this.align(style.align)
    this.raw(...rasterBytes(sheet.toBitmap(), style.align))
  }

  #use({ align, bold, cells }: LineStyle): void {
    this.align(align)
    if (bold !== this.#bold) this.#out.bold(bold)
    this.#bold = bold
    const size = ((cells[0] - 1) << 4) | (cells[1] - 1)
    // its setTextSize has width and height exchanged
    if (size !== this.#cells) this.raw(Uint8Array.of(0x1d, 0x21, size))
    this.#cells = size
  }

  bytes(): Uint8Array {
    const buffer = this.#out.getBuffer() as unknown as Buffer | null
    return buffer ? Uint8Array.from(buffer) : new Uint8Array()
  }
}
