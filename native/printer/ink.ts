import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { fontName, registerSlipFonts, type Weight } from './fonts.ts'

/** How words are set: size, line height in dots, tracking in em. */
export interface Style {
  readonly size: number
  readonly line: number
  readonly weight: Weight
  readonly tracking: number
}

/** The dots of a word: rows of bytes; `left` and `top` say where its box begins relative to the pen on the baseline. */
export interface Ink {
  readonly left: number
  readonly top: number
  readonly stride: number
  readonly height: number
  readonly bits: Uint8Array
}

const cacheLimit = 4_000
const widths = new Map<string, number>()
const inks = new Map<string, Ink>()
let scratch: SKRSContext2D | null = null

function scratchFor(width: number, height: number): SKRSContext2D {
  registerSlipFonts()
  if (!scratch || scratch.canvas.width < width || scratch.canvas.height < height) {
    scratch = createCanvas(Math.max(width, scratch?.canvas.width ?? 256), Math.max(height, scratch?.canvas.height ?? 64)).getContext('2d')
  }
  return scratch
}

function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  if (cache.size >= cacheLimit) cache.clear()
  cache.set(key, value)
  return value
}

function useStyle(context: SKRSContext2D, style: Style, weight: Weight): void {
  context.font = fontName(style.size, weight)
  context.letterSpacing = `${style.tracking * style.size}px`
}

/** Advance width of words. Remembered: the words of slips are few, and measuring costs more than drawing them. */
export function advanceOf(text: string, style: Style, weight: Weight): number {
  const key = `${style.size}/${weight}/${style.tracking}/${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  const context = scratchFor(1, 1)
  useStyle(context, style, weight)
  return remember(widths, key, context.measureText(text).width)
}

/** Grey below this is a dot: a little above the middle, because thin strokes break on thermal paper. */
const threshold = 150

/** Packs grey pixels to bits. */
function pack(pixels: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const bits = new Uint8Array((width >> 3) * height)
  let at = 1
  for (let index = 0; index < bits.length; index++) {
    let byte = 0
    for (let bit = 0; bit < 8; bit++, at += 4) byte = (byte << 1) | ((pixels[at] ?? 255) < threshold ? 1 : 0)
    bits[index] = byte
  }
  return bits
}

/**
 * Draws words once and remembers their dots, so that a slip is put together from ready words in well under a millisecond: reading a whole 80 mm picture
 * back from the canvas takes ten. `squeeze` < 1 narrows a word that is wider than its place.
 */
export function inkOf(text: string, style: Style, weight: Weight, squeeze = 1): Ink {
  const key = `${style.size}/${weight}/${style.tracking}/${squeeze}/${text}`
  const known = inks.get(key)
  if (known) return known
  // the ink box of the font reaches from 1.155 em above to 0.240 em below the baseline; overhang left and right is under 0.1 em
  const side = Math.ceil(style.size * 0.1) + 1
  const top = Math.ceil(style.size * 1.2)
  const height = top + Math.ceil(style.size * 0.3)
  const width = (Math.ceil(advanceOf(text, style, weight) * squeeze) + 2 * side + 7) & ~7
  const context = scratchFor(width, height)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#000'
  useStyle(context, style, weight)
  context.save()
  context.translate(side, top)
  context.scale(squeeze, 1)
  context.fillText(text, 0, 0)
  context.restore()
  const bits = pack(context.getImageData(0, 0, width, height).data, width, height)
  return remember(inks, key, { left: -side, top: -top, stride: width >> 3, height, bits })
}
