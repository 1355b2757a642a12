import type { Style } from './ink.ts'
import { setParagraph, type SetLine } from './paragraph.ts'
import { Sheet } from './sheet.ts'
import { runsOf, type TextBlock, type TextSize } from './slip.ts'
import { scaleFor, typeScale, typeSizeFor } from './type-scale.ts'

/** What the drawing of a block needs: the strip, its margins and its scale. */
export interface Desk {
  readonly sheet: Sheet
  readonly margin: number
  /** Width between the margins. */
  readonly width: number
  readonly scale: (length: number) => number
  readonly style: (size: TextSize) => Style
}

const marginDots = 22

/** A new strip for a printer of this many dots a line. */
export function deskFor(dots: number): Desk {
  const scale = scaleFor(dots)
  const narrow = dots < 512
  const margin = narrow ? 8 : scale(marginDots)
  const style = (size: TextSize): Style => {
    const step = typeScale[size]
    const dotsHigh = typeSizeFor(dots, step.size)
    return { ...step, size: dotsHigh, line: Math.round((dotsHigh * step.line) / step.size) }
  }
  return { sheet: new Sheet(dots), margin, width: dots - 2 * margin, scale, style }
}

/** Dates, amounts and codes: narrowed a little rather than broken over two lines. */
const keptWhole: ReadonlySet<TextSize> = new Set(['value', 'bigValue', 'due', 'code'])
const narrowest = 0.85

function setWhole(block: TextBlock, style: Style, width: number): readonly SetLine[] {
  const whole = setParagraph(runsOf(block.text), style, Number.POSITIVE_INFINITY)
  return (whole[0]?.width ?? 0) * narrowest <= width ? whole : setParagraph(runsOf(block.text), style, width)
}

/** Draws one text block in a box that starts at `top`; returns the y below it. */
export function drawText(desk: Desk, block: TextBlock, x: number, width: number, top: number): number {
  const step = desk.style(block.size ?? 'body')
  const style = block.bold && step.weight < 700 ? { ...step, weight: 700 as const } : step
  const lines = keptWhole.has(block.size ?? 'body') ? setWhole(block, style, width) : setParagraph(runsOf(block.text), style, width)
  const start = top + (block.before ? desk.scale(block.before) : 0)
  const end = desk.sheet.lines(lines, style, { x, width, top: start, align: block.align ?? 'left' })
  const last = lines.at(-1)
  if (block.underline && last) desk.sheet.fill(x + (width - last.width) / 2, end, last.width, 3)
  return block.underline ? end + 3 : end
}
