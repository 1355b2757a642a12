import { createRequire } from 'node:module'
import bwip from 'bwip-js/node'
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'

export type PageSize = 'A5' | 'A4'

/** A page being written: pdfkit's document, the width of the text and the size of ordinary text, points. */
export interface Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly left: number
  readonly width: number
  readonly bottom: number
  readonly size: number
}

const require = createRequire(import.meta.url)
const font = (style: string) => require.resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`)

/** Names under which the sheet's fonts are registered: Tinos, which has the widths of Times New Roman. */
export const fonts = { regular: 'Tinos', italic: 'Tinos-Italic', bold: 'Tinos-Bold', boldItalic: 'Tinos-BoldItalic' } as const

/** A new document; `at` (epoch ms) is its date of creation, so that the same dossier gives the same bytes. */
export function openSheet(size: PageSize, title: string, at: number): Sheet {
  const margin = size === 'A5' ? 26 : 56
  const doc = new PDFDocument({
    size,
    margins: { top: margin, bottom: margin, left: margin + 4, right: margin },
    lang: 'vi-VN',
    displayTitle: true,
    info: { Title: title, Producer: 'Một Cửa', Creator: 'Một Cửa', CreationDate: new Date(at) },
    autoFirstPage: false,
  })
  doc.registerFont(fonts.regular, font('400Regular'))
  doc.registerFont(fonts.italic, font('400Regular_Italic'))
  doc.registerFont(fonts.bold, font('700Bold'))
  doc.registerFont(fonts.boldItalic, font('700Bold_Italic'))
  const [pageWidth, pageHeight] = size === 'A5' ? [419.53, 595.28] : [595.28, 841.89]
  return { doc, left: margin + 4, width: pageWidth - 2 * margin - 4, bottom: pageHeight - margin, size: size === 'A5' ? 9.2 : 13 }
}

/** The finished document's bytes. */
export function closeSheet({ doc }: Sheet): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    doc.on('error', reject)
    doc.end()
  })
}

/** A block of text in a column; returns the y below it. Shrinks to one line when `oneLine` is set. */
export function block(
  sheet: Sheet,
  text: string,
  at: { readonly x: number; readonly y: number; readonly width: number },
  style: { readonly font?: string; readonly size?: number; readonly align?: 'left' | 'center' | 'right'; readonly oneLine?: boolean } = {},
): number {
  const { doc } = sheet
  let size = style.size ?? sheet.size
  doc.font(style.font ?? fonts.regular).fontSize(size)
  if (style.oneLine === true) for (; doc.widthOfString(text) > at.width - 0.5 && size > 5; size -= 0.25) doc.fontSize(size - 0.25)
  doc.text(text, at.x, at.y, { width: at.width, align: style.align ?? 'left', lineBreak: style.oneLine !== true })
  return style.oneLine === true ? at.y + doc.currentLineHeight(true) : doc.y
}

/** A horizontal rule. */
export function rule({ doc }: Sheet, x: number, y: number, width: number, thickness = 0.7): void {
  doc.lineWidth(thickness).moveTo(x, y).lineTo(x + width, y).stroke()
}

/** Begins a new page when fewer than `height` points are left, and says so. */
export function need(sheet: Sheet, height: number): boolean {
  const full = sheet.doc.y + height > sheet.bottom
  if (full) sheet.doc.addPage()
  return full
}

/** `Label: value` over the width of the text, the value bold. */
export function field(sheet: Sheet, label: string, value: string, gap = 2): void {
  const { doc, left, width, size } = sheet
  need(sheet, size * 1.4)
  doc.font(fonts.regular).fontSize(size)
  doc.text(`${label} `, left, doc.y, { width, continued: true }).font(fonts.bold).text(value === '' ? ' ' : value)
  doc.y += gap
}

/** Code 128 as vector bars over exactly `width`; quiet zones are the caller's. */
export function barcode({ doc }: Sheet, text: string, x: number, y: number, width: number, height: number): void {
  // The named export `raw` is a symbology of that name; the encoder hangs on the default export.
  const [symbol] = bwip.raw({ bcid: 'code128', text }) as readonly { readonly sbs: readonly number[] }[]
  const bars = symbol?.sbs ?? []
  const module = width / bars.reduce((sum, bar) => sum + bar, 0)
  let at = x
  bars.forEach((bar, i) => {
    if (i % 2 === 0) doc.rect(at, y, bar * module, height)
    at += bar * module
  })
  doc.fill('black')
}

/** QR as vector squares, quiet zone of four modules inside `side`. */
export function qr({ doc }: Sheet, text: string, x: number, y: number, side: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const module = side / (modules.size + 8)
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) !== 0) doc.rect(x + (column + 4) * module, y + (row + 4) * module, module, module)
    }
  }
  doc.fill('black')
}
