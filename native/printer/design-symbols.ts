import { drawText, type Desk } from './desk.ts'
import type { Style } from './ink.ts'
import { setLetters, setParagraph } from './paragraph.ts'
import { runsOf, type Block } from './slip.ts'
import { code128Widths, qrModules } from './symbols.ts'
import { numberStep } from './type-scale.ts'

/** The number, shrunk only where the paper is narrower than it. Its digits carry no marks: the line box is the capitals and a little air. */
export function drawNumber(desk: Desk, text: string): void {
  const { sheet, margin, width, scale } = desk
  const wanted: Style = { ...numberStep, size: scale(numberStep.size), line: 0 }
  const measured = setLetters(text, wanted)
  const size = Math.floor(wanted.size * Math.min(1, width / measured.width))
  const style: Style = { ...wanted, size, line: Math.round(size * 0.95) }
  sheet.y = sheet.lines([setLetters(text, style)], style, { x: margin, width, top: sheet.y, align: 'center' })
}

/** Module size: 7 dots for small codes, 6 for larger, as the block says, and whole dots always; never wider than half the paper when words stand beside it. */
function moduleDots(desk: Desk, size: number, wanted: number | undefined): number {
  const best = wanted ?? (size <= 29 ? 7 : 6)
  const room = Math.floor(desk.width / size)
  return Math.max(3, Math.min(best, room))
}

/** The code at the left with its words beside it; the words go below where less than 180 dots are left for them. */
export function drawQr(desk: Desk, block: Extract<Block, { kind: 'qr' }>): void {
  const { sheet, margin, width, scale } = desk
  const modules = qrModules(block.data)
  const dots = moduleDots(desk, modules.size, block.module)
  const side = modules.size * dots
  const top = sheet.y + scale(12)
  const captionX = margin + side + 4 * dots
  const beside = margin + width - captionX >= 180
  const left = beside ? margin : margin + Math.round((width - side) / 2)
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      let run = 0
      while (x + run < modules.size && modules.at(x + run, y)) run++
      if (run > 0) sheet.fill(left + x * dots, top + y * dots, run * dots, dots)
      x += run
    }
  }
  const below = top + side
  if (!beside) {
    sheet.y = drawText(desk, { kind: 'text', text: block.caption, align: 'center' }, margin, width, below + 4 * dots)
    return
  }
  const room = margin + width - captionX
  const style = desk.style('body')
  const height = setParagraph(runsOf(block.caption), style, room).length * style.line
  drawText(desk, { kind: 'text', text: block.caption }, captionX, room, top + Math.max(0, Math.round((side - height) / 2)))
  sheet.y = below + scale(12)
}

/** Code 128-C, four dots a module where the paper is wide enough, with its text below. */
export function drawCode128(desk: Desk, digits: string, text: string): void {
  const { sheet, margin, width, scale } = desk
  const widths = code128Widths(digits)
  const modules = widths.reduce((sum, value) => sum + value, 0)
  const dots = Math.max(2, Math.min(4, Math.floor(width / (modules + 8))))
  const height = scale(76)
  let x = margin + Math.round((width - modules * dots) / 2)
  const top = sheet.y + scale(6)
  for (const [index, value] of widths.entries()) {
    if (index % 2 === 0) sheet.fill(x, top, value * dots, height)
    x += value * dots
  }
  sheet.y = drawText(desk, { kind: 'text', text, size: 'fine', align: 'center' }, margin, width, top + height + 2)
}
