import { drawText, type Desk } from './desk.ts'
import type { Cell, TableColumn, TextBlock } from './slip.ts'

const line = 3

/** A ruled box of labels and values; all cells of a row are as high as its highest. */
export function drawCells(desk: Desk, rows: readonly (readonly Cell[])[]): void {
  const { sheet, margin, width, scale } = desk
  const padX = scale(16)
  const top = sheet.y
  let y = top + line
  for (const [index, row] of rows.entries()) {
    if (index > 0) {
      sheet.fill(margin, y, width, line)
      y += line
    }
    const cellWidth = width / row.length
    let bottom = y
    const start = y
    for (const [column, cell] of row.entries()) {
      const x = margin + line + column * cellWidth + padX
      const room = cellWidth - 2 * line - 2 * padX
      const below = drawText(desk, { kind: 'text', text: cell.label, size: 'note' }, x, room, start + scale(9))
      bottom = Math.max(bottom, drawText(desk, { kind: 'text', text: cell.value, size: cell.big ? 'bigValue' : 'value' }, x, room, below) + scale(cell.big ? 14 : 10))
    }
    for (let column = 1; column < row.length; column++) sheet.fill(margin + column * cellWidth, start, line, bottom - start)
    y = bottom
  }
  y += line
  sheet.frame(margin, top, width, y - top, line)
  sheet.y = y
}

/** A ruled table: thin inner lines, so that the words carry it. */
export function drawTable(desk: Desk, columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
  const { sheet, margin, width, scale } = desk
  const rule = 2
  const pad = scale(8)
  const edges = [0]
  for (const column of columns) edges.push((edges.at(-1) ?? 0) + column.width * width)
  const top = sheet.y
  let y = top + rule
  const heads = columns.map((column) => column.head)
  for (const [index, row] of [heads, ...rows].entries()) {
    if (index > 0) {
      sheet.fill(margin, y, width, rule)
      y += rule
    }
    let bottom = y
    for (const [at, text] of row.entries()) {
      const from = (edges[at] ?? 0) + rule + pad
      const room = (edges[at + 1] ?? width) - pad - from
      const align = index === 0 ? 'center' : (columns[at]?.align ?? 'left')
      bottom = Math.max(bottom, drawText(desk, { kind: 'text', text, size: 'fine', align }, margin + from, room, y + scale(6)))
    }
    y = bottom + scale(7)
  }
  y += rule
  for (const edge of edges.slice(1, -1)) sheet.fill(margin + edge, top, rule, y - top)
  sheet.frame(margin, top, width, y - top, rule)
  sheet.y = y
}

/** Stacks side by side, each centred in its share. */
export function drawColumns(desk: Desk, columns: readonly (readonly TextBlock[])[]): void {
  const { sheet, margin, width } = desk
  const share = width / columns.length
  const top = sheet.y
  for (const [index, stack] of columns.entries()) {
    let y = top
    for (const block of stack) y = drawText(desk, { align: 'center', ...block }, margin + index * share, share, y)
    sheet.y = Math.max(sheet.y, y)
  }
}

/** A framed paragraph: four dots for what must be seen (the due date), three for a remark. */
export function drawBox(desk: Desk, lines: readonly TextBlock[], thick: boolean): void {
  const { sheet, margin, width, scale } = desk
  const frame = thick ? 4 : line
  const pad = scale(thick ? 16 : 10)
  const top = sheet.y
  let y = top + frame + scale(thick ? 10 : 6)
  for (const block of lines) y = drawText(desk, block, margin + frame + pad, width - 2 * frame - 2 * pad, y)
  y += frame + scale(thick ? 10 : 6)
  sheet.frame(margin, top, width, y - top, frame)
  sheet.y = y
}
