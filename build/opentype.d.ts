/** The part of opentype.js 2 (which ships no types) that the digits cut needs. */
declare module 'opentype.js/dist/opentype.mjs' {
  export interface PathCommand {
    type: 'M' | 'L' | 'Q' | 'C' | 'Z'
    x?: number
    y?: number
    x1?: number
    y1?: number
    x2?: number
    y2?: number
  }
  export class Path {
    commands: PathCommand[]
    getBoundingBox(): { x1: number; y1: number; x2: number; y2: number }
  }
  export class Glyph {
    constructor(options: { name: string; unicode?: number; advanceWidth: number; path: Path })
    advanceWidth: number
    path: Path
  }
  export class Font {
    constructor(options: { familyName: string; styleName: string; unitsPerEm: number; ascender: number; descender: number; weightClass?: number; glyphs: Glyph[] })
    unitsPerEm: number
    ascender: number
    descender: number
    charToGlyph(char: string): Glyph
    toArrayBuffer(): ArrayBuffer
  }
  export function parse(buffer: ArrayBuffer): Font
}
