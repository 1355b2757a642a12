import bwipjs from 'bwip-js/node'
import QRCode from 'qrcode'
import { cellHeight, cellWidth, decodeByte, glyphOf } from './character-rom.ts'
import type { Token } from './lexer.ts'
import { Strip } from './strip.ts'

interface Glyph {
  readonly letter: string
  readonly wide: number
  readonly high: number
  readonly bold: boolean
}

/** What the paper of one slip holds. */
export interface Sheet {
  readonly strip: Strip
  /** Lines printed in letters, in order; pictures stand as `[picture 568x24]`, codes as `[qr …]` and `[code128 …]`. */
  readonly lines: string[]
}

/** The mechanism: page, style and position, and what each buffered command puts on paper. It knows nothing of status or connections. */
export class PrintHead {
  readonly #width: number
  readonly #dpi: number
  sheet: Sheet
  #page = 0
  #align = 0
  #bold = false
  #wide = 1
  #high = 1
  #spacing = 30
  #unit = 1
  #line: Glyph[] = []
  #qr = { data: '', module: 3 }
  #bar = { height: 162, module: 3 }

  constructor(width: number, dpi: number) {
    this.#width = width
    this.#dpi = dpi
    this.sheet = { strip: new Strip(width), lines: [] }
  }

  /** Takes the finished paper away. */
  tear(): Sheet {
    this.#endLine(false)
    const done = this.sheet
    this.sheet = { strip: new Strip(this.#width), lines: [] }
    return done
  }

  hasPrint(): boolean {
    return this.sheet.lines.length > 0 || this.#line.length > 0
  }

  #reset(): void {
    this.#page = 0
    this.#align = 0
    this.#bold = false
    this.#wide = 1
    this.#high = 1
    this.#spacing = 30
    this.#line = []
  }

  #left(width: number): number {
    return this.#align === 1 ? Math.max(0, (this.#width - width) >> 1) : this.#align === 2 ? Math.max(0, this.#width - width) : 0
  }

  #endLine(feedEmpty: boolean): void {
    const glyphs = this.#line
    this.#line = []
    if (glyphs.length === 0 && !feedEmpty) return
    const top = this.sheet.strip.height
    const high = Math.max(1, ...glyphs.map((glyph) => glyph.high))
    this.sheet.strip.feed(Math.max(this.#spacing, cellHeight * high))
    let x = this.#left(glyphs.reduce((sum, glyph) => sum + glyph.wide * cellWidth, 0))
    for (const glyph of glyphs) {
      this.#stamp(glyph, x, top + (high - glyph.high) * cellHeight)
      x += glyph.wide * cellWidth
    }
    this.sheet.lines.push(glyphs.map((glyph) => glyph.letter).join(''))
  }

  #stamp({ letter, wide, high, bold }: Glyph, x: number, y: number): void {
    const dots = glyphOf(letter, bold)
    for (let row = 0; row < cellHeight * high; row++) {
      for (let column = 0; column < cellWidth * wide; column++) {
        if (dots[Math.floor(row / high) * cellWidth + Math.floor(column / wide)]) this.sheet.strip.dot(x + column, y + row)
      }
    }
  }

  #letter(byte: number): void {
    if (byte === 0x0a) return this.#endLine(true)
    if (byte < 0x20) return
    const used = this.#line.reduce((sum, glyph) => sum + glyph.wide * cellWidth, 0)
    if (used + this.#wide * cellWidth > this.#width) this.#endLine(false)
    this.#line.push({ letter: decodeByte(byte, this.#page), wide: this.#wide, high: this.#high, bold: this.#bold })
  }

  /** `GS v 0`: dots behind a head of eight bytes. */
  #raster(bytes: Uint8Array): void {
    const stride = (bytes[4] ?? 0) + 256 * (bytes[5] ?? 0)
    this.picture(bytes.subarray(8), stride, (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0), 'picture')
  }

  /** Puts dots on paper, as they came or out of the memory. */
  picture(dots: Uint8Array, stride: number, rows: number, name: string): void {
    this.#endLine(false)
    const [top, left] = [this.sheet.strip.height, this.#left(stride * 8)]
    this.sheet.strip.feed(rows)
    for (let index = 0; index < stride * rows; index++) {
      const byte = dots[index] ?? 0
      for (let bit = 0; bit < 8; bit++) {
        if (byte & (0x80 >> bit)) this.sheet.strip.dot(left + (index % stride) * 8 + bit, top + Math.floor(index / stride))
      }
    }
    this.sheet.lines.push(`[${name} ${stride * 8}x${rows}]`)
  }

  #symbol(bytes: Uint8Array): void {
    const [kind, fn] = [bytes[5], bytes[6]]
    if (kind !== 0x31) return
    if (fn === 0x43) this.#qr.module = bytes[7] ?? 3
    if (fn === 0x50) this.#qr.data = new TextDecoder().decode(bytes.subarray(8))
    if (fn !== 0x51) return
    const { modules } = QRCode.create(this.#qr.data, { errorCorrectionLevel: 'M' })
    const side = modules.size * this.#qr.module
    this.#block(side, side, (x, y) => Boolean(modules.get(Math.floor(y / this.#qr.module), Math.floor(x / this.#qr.module))))
    this.sheet.lines.push(`[qr ${this.#qr.data}]`)
  }

  #barcode(bytes: Uint8Array): void {
    if (bytes[2] !== 0x49 || bytes[4] !== 0x7b || bytes[5] !== 0x43) return
    const digits = [...bytes.subarray(6)].map((pair) => String(pair).padStart(2, '0')).join('')
    const [symbol] = bwipjs.raw({ bcid: 'code128', text: digits })
    const bars = symbol && 'sbs' in symbol ? symbol.sbs.flatMap((width, index) => Array.from({ length: width }, () => index % 2 === 0)) : []
    this.#block(bars.length * this.#bar.module, this.#bar.height, (x) => bars[Math.floor(x / this.#bar.module)] ?? false)
    this.sheet.lines.push(`[code128 ${digits}]`)
  }

  #block(width: number, height: number, black: (x: number, y: number) => boolean): void {
    this.#endLine(false)
    const [top, left] = [this.sheet.strip.height, this.#left(width)]
    this.sheet.strip.feed(height)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (black(x, y)) this.sheet.strip.dot(left + x, top + y)
  }

  /** Executes one buffered command that concerns the paper; others are ignored, as printers do. */
  execute({ name, bytes }: Token): void {
    const value = bytes[2] ?? 0
    const commands: Readonly<Record<string, () => void>> = {
      byte: () => this.#letter(bytes[0] ?? 0),
      'ESC @': () => this.#reset(),
      'ESC t': () => void (this.#page = value),
      'ESC a': () => void (this.#align = value % 48),
      'ESC E': () => void (this.#bold = (value & 1) === 1),
      'ESC 2': () => void (this.#spacing = 30),
      'ESC 3': () => void (this.#spacing = Math.round(value * this.#unit)),
      'ESC !': () => {
        this.#bold = (value & 8) !== 0
        this.#high = value & 16 ? 2 : 1
        this.#wide = value & 32 ? 2 : 1
      },
      'ESC J': () => {
        this.#endLine(false)
        this.sheet.strip.feed(Math.round(value * this.#unit))
      },
      'ESC d': () => {
        this.#endLine(false)
        this.sheet.strip.feed(value * this.#spacing)
      },
      'GS !': () => {
        this.#wide = (value >> 4) + 1
        this.#high = (value & 15) + 1
      },
      'GS P': () => void (this.#unit = this.#dpi / (bytes[3] || this.#dpi)),
      'GS h': () => void (this.#bar.height = value),
      'GS w': () => void (this.#bar.module = value),
      'GS v': () => this.#raster(bytes),
      'GS k': () => this.#barcode(bytes),
      'GS (': () => (bytes[2] === 0x6b ? this.#symbol(bytes) : undefined),
    }
    commands[name]?.()
  }
}
