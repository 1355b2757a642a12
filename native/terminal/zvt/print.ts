import type { TerminalSlip, TerminalSlipLine } from '../port.ts'
import { charsetOf, decodeText } from './text.ts'
import { fieldOf, parseFields } from './bmp.ts'
import { findTlv, parseTlv, type Tlv } from './tlv.ts'

const slipKinds: Readonly<Record<number, TerminalSlip['kind']>> = { 1: 'merchant', 2: 'customer', 3: 'admin' }

/** What one print message brings: lines, and whether the slip ends with them. `kind` only where the terminal says so. */
export interface Printed {
  readonly kind: TerminalSlip['kind']
  readonly lines: readonly TerminalSlipLine[]
  readonly last: boolean
}

const blank: TerminalSlipLine = { text: '', centred: false, wide: false, tall: false }

/** Attribute byte of 06 D1 and of tag 09: FF: line feeds; 80: last line; else 40 centred, 20 wide, 10 tall, low nibble: indent. */
function styled(attribute: number, text: string): TerminalSlipLine {
  if ((attribute & 0x80) !== 0) return { ...blank, text }
  const centred = (attribute & 0x40) !== 0
  return { text: centred ? text : ' '.repeat(attribute & 0x0f) + text, centred, wide: (attribute & 0x20) !== 0, tall: (attribute & 0x10) !== 0 }
}

/** `06 D1`: one line. */
export function parsePrintLine(data: Uint8Array, charset: string): Printed {
  const attribute = data[0] ?? 0
  if (attribute === 0xff) return { kind: 'unknown', lines: Array.from({ length: data[1] ?? 0 }, () => blank), last: false }
  const text = decodeText(data.subarray(1), charset)
  const last = (attribute & 0x80) !== 0
  return { kind: 'unknown', lines: last && text === '' ? [] : [styled(attribute, text)], last }
}

function linesOf(elements: readonly Tlv[], charset: string): readonly TerminalSlipLine[] {
  let attribute = 0
  const lines: TerminalSlipLine[] = []
  for (const { tag, value } of elements) {
    if (tag === '09') attribute = value[0] ?? 0
    if (tag === '07') lines.push(styled(attribute, decodeText(value, charset)))
  }
  return lines
}

/** `06 D3`: a whole slip or a part of it, in a container: 1F07 its kind, 14 its character set, 25 its lines. */
export function parsePrintBlock(data: Uint8Array, charset: string): Printed {
  const elements = parseTlv(fieldOf(parseFields(data), 0x06) ?? new Uint8Array())
  const kind = slipKinds[findTlv(elements, '1F07')?.value[0] ?? 0] ?? 'unknown'
  const names = charsetOf(findTlv(elements, '14')?.value[0], charset)
  const inside = elements.filter(({ tag }) => tag === '25').flatMap(({ children }) => children ?? [])
  const last = inside.some(({ tag, value }) => tag === '09' && ((value[0] ?? 0) & 0x80) !== 0 && value[0] !== 0xff)
  return { kind, lines: linesOf(inside, names), last }
}

/** Collects print messages into slips. */
export class SlipCollector {
  readonly #onSlip: (slip: TerminalSlip) => void
  #kind: TerminalSlip['kind'] = 'unknown'
  #lines: TerminalSlipLine[] = []

  constructor(onSlip: (slip: TerminalSlip) => void) {
    this.#onSlip = onSlip
  }

  add({ kind, lines, last }: Printed): void {
    if (kind !== 'unknown' && kind !== this.#kind) this.finish()
    if (kind !== 'unknown') this.#kind = kind
    this.#lines.push(...lines)
    if (last) this.finish()
  }

  /** The dialogue is over: what is there is a slip. */
  finish(): void {
    if (this.#lines.length > 0) this.#onSlip({ kind: this.#kind, lines: this.#lines })
    this.#lines = []
    this.#kind = 'unknown'
  }
}
