/**
 * A slip says what is on the paper, not how a given printer puts it there: one value, two renderings (`design.ts` draws it, `text.ts` spells it).
 * Dots below are those of an 80 mm printer with 576 dots a line; narrower paper scales them.
 */

import type { Bitmap } from './raster.ts'

/** A stretch of words; bold is weight 700, everything else 600 (thin strokes break on thermal paper). */
export interface Run {
  readonly text: string
  readonly bold?: boolean
}
export type Inline = string | readonly Run[]
export type Align = 'left' | 'center' | 'right'
/** Steps of the type scale of slips, from 22 to 46 dots; see `type-scale.ts`. */
export type TextSize = 'sign' | 'fine' | 'note' | 'head' | 'body' | 'lead' | 'code' | 'title' | 'work' | 'value' | 'due' | 'bigValue'

export interface TextBlock {
  readonly kind: 'text'
  readonly text: Inline
  readonly align?: Align
  readonly bold?: boolean
  readonly size?: TextSize
  /** White dots above. */
  readonly before?: number
  /** A line under the words, as long as they are. */
  readonly underline?: boolean
}

/** A small label with what it says below it. */
export interface Cell {
  readonly label: string
  readonly value: string
  readonly big?: boolean
}

export interface TableColumn {
  readonly head: string
  /** Share of the width; the shares of a table add up to 1. */
  readonly width: number
  readonly align?: Align
}

export type Block =
  | TextBlock
  /** The ticket number, as large as the paper lets it. */
  | { readonly kind: 'number'; readonly text: string }
  /** A ruled box of labels and values, one or more to a row. */
  | { readonly kind: 'cells'; readonly rows: readonly (readonly Cell[])[] }
  /** A ruled table with a head. */
  | { readonly kind: 'table'; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly string[])[] }
  /** Side by side without lines, each a stack of centred lines (signatures). */
  | { readonly kind: 'columns'; readonly columns: readonly (readonly TextBlock[])[] }
  | { readonly kind: 'rule'; readonly dashed?: boolean }
  /** A QR code with words beside it (below it on narrow paper). Never personal data in `data`. */
  | { readonly kind: 'qr'; readonly data: string; readonly caption: Inline; readonly module?: number }
  /** Code 128-C, an even count of digits, with its text below. */
  | { readonly kind: 'code128'; readonly digits: string; readonly text: string }
  /** A paragraph in a frame: thin for remarks, thick for what must be seen. */
  | { readonly kind: 'box'; readonly lines: readonly TextBlock[]; readonly thick?: boolean }
  | { readonly kind: 'gap'; readonly dots: number }
  /** The office's sign, in the middle. */
  | { readonly kind: 'logo'; readonly bitmap: Bitmap }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drawer' }

export interface Slip {
  readonly blocks: readonly Block[]
}

/** The runs of a text, bold where the whole block is. */
export function runsOf(text: Inline, bold = false): readonly Run[] {
  return typeof text === 'string' ? [{ text, bold }] : text.map((run) => ({ text: run.text, bold: bold || run.bold === true }))
}

/** The words alone. */
export function plainText(text: Inline): string {
  return typeof text === 'string' ? text : text.map((run) => run.text).join('')
}
