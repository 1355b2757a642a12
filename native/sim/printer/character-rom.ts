import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import pages from './tcvn-pages.json' with { type: 'json' }

export const cellWidth = 12
export const cellHeight = 24

function decodeTable(letters: Readonly<Record<string, string>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(letters).map(([letter, hex]) => [Number.parseInt(hex, 16), letter]))
}
const tcvn: Readonly<Record<number, ReadonlyMap<number, string>>> = { 30: decodeTable(pages['30']), 31: decodeTable(pages['31']) }

/** What a byte is on a page; a box where this printer has nothing, as a real one prints rubbish. */
export function decodeByte(byte: number, page: number): string {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return tcvn[page]?.get(byte) ?? '\ufffd'
}

const glyphs = new Map<string, Uint8Array>()
let fontReady = false

function loadFont(): void {
  if (fontReady) return
  const resolve = createRequire(import.meta.url).resolve
  for (const [name, file] of [['Rom', '500Medium/BeVietnamPro_500Medium'], ['Rom bold', '700Bold/BeVietnamPro_700Bold']] as const) {
    GlobalFonts.registerFromPath(resolve(`@expo-google-fonts/be-vietnam-pro/${file}.ttf`), name)
  }
  fontReady = true
}

/** The dots of a letter in its cell of 12 × 24, one byte a dot. */
export function glyphOf(letter: string, bold: boolean): Uint8Array {
  const key = `${bold ? 'b' : 'n'}${letter}`
  const known = glyphs.get(key)
  if (known) return known
  loadFont()
  const context = createCanvas(cellWidth, cellHeight).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, cellWidth, cellHeight)
  context.fillStyle = '#000'
  context.font = `17px "${bold ? 'Rom bold' : 'Rom'}"`
  const width = context.measureText(letter).width
  context.scale(Math.min(1, cellWidth / width), 1)
  context.fillText(letter, Math.max(0, (cellWidth - width) / 2), 19)
  const pixels = context.getImageData(0, 0, cellWidth, cellHeight).data
  const dots = Uint8Array.from({ length: cellWidth * cellHeight }, (_, index) => ((pixels[index * 4] ?? 255) < 140 ? 1 : 0))
  glyphs.set(key, dots)
  return dots
}
