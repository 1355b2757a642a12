import bwipjs from 'bwip-js/node'
import QRCode from 'qrcode'

/** Rows of modules, 1 = black. */
export interface Modules {
  readonly size: number
  readonly at: (x: number, y: number) => boolean
}

/** QR, error correction M (15 %), UTF-8. Medium is what survives a fold through the code. */
export function qrModules(data: string): Modules {
  // One byte segment: the library's search for a cheaper mix of segments costs more than it saves on an address.
  const { modules } = QRCode.create([{ data: Buffer.from(data, 'utf8'), mode: 'byte' }], { errorCorrectionLevel: 'M' })
  return { size: modules.size, at: (x, y) => Boolean(modules.get(y, x)) }
}

/** Widths of bars and gaps in modules, bar first, of a Code 128-C symbol. `digits`: an even count of digits. */
export function code128Widths(digits: string): readonly number[] {
  if (!/^(\d\d)+$/.test(digits)) throw new RangeError('Code 128-C takes an even count of digits')
  const [symbol] = bwipjs.raw({ bcid: 'code128', text: digits })
  if (!symbol || !('sbs' in symbol)) throw new Error('no bars from the barcode library')
  return symbol.sbs
}
