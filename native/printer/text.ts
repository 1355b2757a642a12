import { printLogo } from './logo.ts'
import type { PrinterProfile } from './profile.ts'
import { feedDots, rasterBytes, type Bitmap } from './raster.ts'
import { Sheet } from './sheet.ts'
import { plainText, type Block, type Cell, type Slip, type TableColumn, type TextBlock } from './slip.ts'
import { code128Widths, qrModules } from './symbols.ts'
import { TextLines, type Segment } from './text-lines.ts'
import { wrapColumns } from './wrap.ts'
import { typeScale } from './type-scale.ts'
import { simplifyText } from './tcvn.ts'

const plain = { align: 'left', bold: false, cells: [1, 1] } as const
/** Dots of a QR module that is drawn over a slow line: a half of a millimetre, what phones still read with ease. */
const serialModule = 4

function writeText(out: TextLines, block: TextBlock): void {
  const step = typeScale[block.size ?? 'body']
  if ((block.before ?? 0) >= 14) out.raw(feedDots(block.before ?? 0))
  const text = plainText(block.text)
  const runsBold = typeof block.text !== 'string' && block.text.length > 0 && block.text.every((run) => run.bold)
  out.text(text, { align: block.align ?? 'left', bold: block.bold === true || runsBold || step.weight >= 700, cells: step.cells })
}

function writeNumber(out: TextLines, text: string, columns: number): void {
  const factor = Math.max(1, Math.min(8, Math.floor(columns / [...text].length)))
  out.raw(feedDots(12))
  out.text(text, { align: 'center', bold: true, cells: [factor, factor] })
}

function writeCells(out: TextLines, rows: readonly (readonly Cell[])[]): void {
  out.rule('-')
  for (const cell of rows.flat()) {
    out.text(cell.big ? cell.label : `${cell.label}: ${cell.value}`, { ...plain, bold: !cell.big })
    if (cell.big) out.text(cell.value, { ...plain, bold: true, cells: [2, 2] })
  }
  out.rule('-')
}

/** Splits the columns of a line by shares; one blank stays between two. */
function places(widths: readonly number[], columns: number): readonly { readonly column: number; readonly columns: number }[] {
  let at = 0
  return widths.map((width, index) => {
    const column = Math.round(at * columns)
    at += width
    const end = index === widths.length - 1 ? columns : Math.round(at * columns) - 1
    return { column, columns: Math.max(1, end - column) }
  })
}

function writeStacks(out: TextLines, stacks: readonly (readonly string[])[], where: readonly Omit<Segment, 'text'>[], bold: boolean): void {
  const height = Math.max(...stacks.map((stack) => stack.length))
  for (let line = 0; line < height; line++) {
    const segments = where.map((place, index): Segment => ({ ...place, text: stacks[index]?.[line] ?? '' }))
    out.segments(segments.filter((segment) => segment.text !== ''), bold)
  }
}

function writeTable(out: TextLines, columns: readonly TableColumn[], rows: readonly (readonly string[])[], total: number): void {
  const where = places(columns.map((column) => column.width), total)
  const wrapped = (row: readonly string[]): readonly (readonly string[])[] =>
    row.map((text, index) => wrapColumns(simplifyText(text), where[index]?.columns ?? 1))
  const aligned = where.map((place, index) => ({ ...place, align: columns[index]?.align ?? ('left' as const) }))
  out.rule('-')
  writeStacks(out, wrapped(columns.map((column) => column.head)), aligned, true)
  out.rule('-')
  for (const row of rows) writeStacks(out, wrapped(row), aligned, false)
  out.rule('-')
}

function writeColumns(out: TextLines, columns: readonly (readonly TextBlock[])[], total: number): void {
  const where = places(columns.map(() => 1 / columns.length), total)
  const stacks = columns.map((stack, index) =>
    stack.flatMap((block) => {
      const blank = Math.round((block.before ?? 0) / 30)
      return [...Array.from({ length: blank }, () => ''), ...wrapColumns(simplifyText(plainText(block.text)), where[index]?.columns ?? 1)]
    }),
  )
  const height = Math.max(...stacks.map((stack) => stack.length))
  for (let line = 0; line < height; line++) {
    const segments = where.map((place, index): Segment => ({ ...place, align: 'center', text: stacks[index]?.[line] ?? '' })).filter((segment) => segment.text)
    if (segments.length > 0) out.segments(segments, false)
    else out.text('', plain)
  }
}

/** Store and print commands of a QR code; the length counts UTF-8 bytes. */
function qrCommands(data: string): Uint8Array {
  const bytes = new TextEncoder().encode(data)
  const store = bytes.length + 3
  const setUp = [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 6, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31]
  const stored = [0x1d, 0x28, 0x6b, store & 0xff, store >> 8, 0x31, 0x50, 0x30, ...bytes]
  return Uint8Array.from([...setUp, ...stored, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30])
}

function qrPicture(data: string, dots: number): Bitmap {
  const modules = qrModules(data)
  const size = Math.min(serialModule, Math.floor(dots / (modules.size + 8)))
  const sheet = new Sheet((modules.size * size + 7) & ~7)
  for (let y = 0; y < modules.size; y++) for (let x = 0; x < modules.size; x++) if (modules.at(x, y)) sheet.fill(x * size, y * size, size, size)
  sheet.y = modules.size * size
  return sheet.toBitmap()
}

function writeQr(out: TextLines, block: Extract<Block, { kind: 'qr' }>, profile: PrinterProfile): void {
  out.align('center')
  out.raw(feedDots(20))
  if (profile.symbols) out.raw(qrCommands(block.data))
  else out.raw(...rasterBytes(qrPicture(block.data, profile.dots), 'center'))
  out.raw(feedDots(12))
  out.text(plainText(block.caption), { ...plain, align: 'center' })
}

function writeCode128(out: TextLines, digits: string, text: string, profile: PrinterProfile): void {
  out.align('center')
  const widths = code128Widths(digits)
  if (profile.symbols) {
    const pairs = digits.match(/\d\d/g) ?? []
    out.raw(Uint8Array.from([0x1d, 0x68, 70, 0x1d, 0x77, 3, 0x1d, 0x48, 0, 0x1d, 0x6b, 0x49, pairs.length + 2, 0x7b, 0x43, ...pairs.map(Number)]))
  } else {
    const sheet = new Sheet((widths.reduce((sum, width) => sum + width, 0) * 3 + 7) & ~7)
    let x = 0
    for (const [index, width] of widths.entries()) {
      if (index % 2 === 0) sheet.fill(x, 0, width * 3, 60)
      x += width * 3
    }
    sheet.y = 60
    out.raw(...rasterBytes(sheet.toBitmap(), 'center'))
  }
  out.text(text, { ...plain, align: 'center' })
}

function writeLogo(out: TextLines, bitmap: Bitmap, stored: string | null): void {
  out.align('center')
  out.raw(...(stored === null ? rasterBytes(bitmap, 'center') : [printLogo(stored)]), feedDots(10))
}

function writeBlock(out: TextLines, block: Block, profile: PrinterProfile, storedLogo: string | null): void {
  if (block.kind === 'text') writeText(out, block)
  else if (block.kind === 'number') writeNumber(out, block.text, profile.columns)
  else if (block.kind === 'cells') writeCells(out, block.rows)
  else if (block.kind === 'table') writeTable(out, block.columns, block.rows, profile.columns)
  else if (block.kind === 'columns') writeColumns(out, block.columns, profile.columns)
  else if (block.kind === 'rule') out.rule(block.dashed ? '.' : '-')
  else if (block.kind === 'qr') writeQr(out, block, profile)
  else if (block.kind === 'code128') writeCode128(out, block.digits, block.text, profile)
  else if (block.kind === 'box') {
    out.rule('=')
    for (const line of block.lines) writeText(out, line)
    out.rule('=')
  } else if (block.kind === 'logo') writeLogo(out, block.bitmap, storedLogo)
  else if (block.kind === 'gap' && block.dots >= 14) out.raw(feedDots(block.dots))
}

/**
 * Spells a slip in the printer's own letters: a ticket in about 1 kB, where a picture of it is 60. Cut and drawer are not part of it. `storedLogo`: key of the logo
 * in the printer's memory, null to send it as a picture.
 */
export function textSlip(slip: Slip, profile: PrinterProfile, storedLogo: string | null): Uint8Array {
  const out = new TextLines(profile)
  for (const block of slip.blocks) writeBlock(out, block, profile, storedLogo)
  return out.bytes()
}
