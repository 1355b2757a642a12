import { inkOf, type Style } from './ink.ts'
import type { SetLine } from './paragraph.ts'
import type { Bitmap } from './raster.ts'
import type { Align } from './slip.ts'

/** A strip of paper of one bit a dot that grows as things are put on it from top to bottom. */
export class Sheet {
  readonly width: number
  readonly stride: number
  /** Where the next thing begins. */
  y = 0
  #bits: Uint8Array

  constructor(width: number) {
    this.width = width
    this.stride = width >> 3
    this.#bits = new Uint8Array(this.stride * 1_536)
  }

  #grow(rows: number): void {
    const needed = Math.ceil(rows) * this.stride
    if (needed <= this.#bits.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bits.length * 2))
    larger.set(this.#bits)
    this.#bits = larger
  }

  /** A black rectangle on whole dots. */
  fill(x: number, y: number, width: number, height: number): void {
    const [left, top] = [Math.max(0, Math.round(x)), Math.round(y)]
    const right = Math.min(this.width, Math.round(x + width))
    const bottom = top + Math.round(height)
    this.#grow(bottom)
    const [first, last] = [left >> 3, (right - 1) >> 3]
    for (let column = first; column <= last; column++) {
      const from = Math.max(left - column * 8, 0)
      const to = Math.min(right - column * 8, 8)
      const mask = (0xff >> from) & (0xff << (8 - to)) & 0xff
      for (let row = top; row < bottom; row++) this.#bits[row * this.stride + column]! |= mask
    }
  }

  /** A frame of `line` dots, inside the given rectangle. */
  frame(x: number, y: number, width: number, height: number, line: number): void {
    this.fill(x, y, width, line)
    this.fill(x, y + height - line, width, line)
    this.fill(x, y, line, height)
    this.fill(x + width - line, y, line, height)
  }

  /** Puts words with their pen at whole dots; what reaches over the edges of the paper is cut. */
  #word(text: string, style: Style, weight: Style['weight'], penX: number, baseline: number, squeeze: number): void {
    const ink = inkOf(text, style, weight, squeeze)
    const left = penX + ink.left
    const shift = left & 7
    const column = left >> 3
    this.#grow(baseline + ink.top + ink.height)
    for (let row = 0; row < ink.height; row++) {
      const y = baseline + ink.top + row
      if (y < 0) continue
      let carry = 0
      for (let index = 0; index <= ink.stride; index++) {
        const byte = index < ink.stride ? (ink.bits[row * ink.stride + index] ?? 0) : 0
        const out = carry | (byte >> shift)
        carry = (byte << (8 - shift)) & 0xff
        const at = column + index
        if (out && at >= 0 && at < this.stride) this.#bits[y * this.stride + at]! |= out
      }
    }
  }

  /** Puts a picture with its left edge on a whole byte; what reaches over the right edge is cut. */
  picture({ height, stride, bits }: Bitmap, x: number, y: number): void {
    const [column, top] = [x >> 3, Math.round(y)]
    this.#grow(top + height)
    for (let row = 0; row < height; row++) {
      for (let index = 0; index < Math.min(stride, this.stride - column); index++) this.#bits[(top + row) * this.stride + column + index]! |= bits[row * stride + index] ?? 0
    }
  }

  /** Draws set lines below each other; returns the y below the last one. */
  lines(lines: readonly SetLine[], style: Style, box: { readonly x: number; readonly width: number; readonly top: number; readonly align: Align }): number {
    for (const [index, line] of lines.entries()) {
      const squeeze = line.width > box.width ? Math.floor((box.width / line.width) * 1_000) / 1_000 : 1
      const room = box.width - line.width * squeeze
      const left = box.x + (box.align === 'left' ? 0 : box.align === 'center' ? room / 2 : room)
      // capitals sit in the middle of the line box: cap height 0.73 em
      const baseline = Math.round(box.top + index * style.line + (style.line + style.size * 0.73) / 2)
      for (const piece of line.pieces) this.#word(piece.text, style, piece.weight, Math.round(left + piece.x * squeeze), baseline, squeeze)
    }
    return box.top + lines.length * style.line
  }

  /** The picture down to `y`. */
  toBitmap(): Bitmap {
    const height = Math.ceil(this.y)
    this.#grow(height)
    return { width: this.width, height, stride: this.stride, bits: this.#bits.slice(0, height * this.stride) }
  }
}
