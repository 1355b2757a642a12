import { drawBox, drawCells, drawColumns, drawTable } from './design-boxes.ts'
import { drawCode128, drawNumber, drawQr } from './design-symbols.ts'
import { deskFor, drawText, type Desk } from './desk.ts'
import type { Bitmap } from './raster.ts'
import type { Block, Slip } from './slip.ts'

const endDots = 24

function drawRule(desk: Desk, dashed: boolean): void {
  const { sheet, margin, width } = desk
  sheet.y += desk.scale(16)
  if (!dashed) sheet.fill(margin, sheet.y, width, 3)
  else for (let x = 0; x < width; x += 8) sheet.fill(margin + x, sheet.y, Math.min(5, width - x), 3)
  sheet.y += 3 + desk.scale(14)
}

function drawLogo({ sheet, scale }: Desk, bitmap: Bitmap): void {
  sheet.picture(bitmap, Math.max(0, (sheet.width - bitmap.stride * 8) >> 1), sheet.y)
  sheet.y += bitmap.height + scale(10)
}

function drawBlock(desk: Desk, block: Block): void {
  const { sheet, margin, width } = desk
  if (block.kind === 'text') sheet.y = drawText(desk, block, margin, width, sheet.y)
  else if (block.kind === 'number') drawNumber(desk, block.text)
  else if (block.kind === 'cells') drawCells(desk, block.rows)
  else if (block.kind === 'table') drawTable(desk, block.columns, block.rows)
  else if (block.kind === 'columns') drawColumns(desk, block.columns)
  else if (block.kind === 'rule') drawRule(desk, block.dashed === true)
  else if (block.kind === 'qr') drawQr(desk, block)
  else if (block.kind === 'code128') drawCode128(desk, block.digits, block.text)
  else if (block.kind === 'box') drawBox(desk, block.lines, block.thick === true)
  else if (block.kind === 'logo') drawLogo(desk, block.bitmap)
  else if (block.kind === 'gap') sheet.y += desk.scale(block.dots)
}

/** Draws a slip as designed, one bit a dot, as wide as the printer's line. Cut and drawer are not part of the picture. */
export function designSlip(slip: Slip, dots: number): Bitmap {
  const desk = deskFor(dots)
  desk.sheet.y = desk.scale(20)
  for (const block of slip.blocks) drawBlock(desk, block)
  desk.sheet.y += desk.scale(endDots)
  return desk.sheet.toBitmap()
}

/** Draws once what every ticket needs (fonts, digits, a code), so that the first real one is as quick as the rest. */
export function warmDesign(dots: number): void {
  const letters = ['0123456789', 'ABCDEFGHK'].flatMap((text) => [...text])
  for (const letter of letters) designSlip({ blocks: [{ kind: 'number', text: `A${letter}` }] }, dots)
  designSlip({ blocks: [{ kind: 'text', text: 'Mời', size: 'bigValue' }, { kind: 'text', text: 'Một Cửa' }, { kind: 'qr', data: 'warm', caption: '' }] }, dots)
}
