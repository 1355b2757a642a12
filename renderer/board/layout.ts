/** Geometry of the board at 1920 × 1080 (or 1080 × 1920); the page scales it to the screen. */
export interface BoardLayout {
  readonly kind: 'hero-only' | 'grid'
  readonly columns: number
  readonly rows: number
  /** Height of the call in landscape. */
  readonly heroHeight: number
  /** Size of the number in a counter's cell. */
  readonly cellSize: number
  /** Width of the part of a cell with the counter's number. */
  readonly whereWidth: number
}

const grid = (columns: number, rows: number, heroHeight: number, cellSize: number, whereWidth: number): BoardLayout =>
  ({ kind: 'grid', columns, rows, heroHeight, cellSize, whereWidth })

/** Layout for a number of counters: one shows the call alone, six 3 × 2, twelve 4 × 3; portrait is one column, two from seven on. */
export function layoutFor(counters: number, portrait: boolean): BoardLayout {
  if (counters <= 1) return { kind: 'hero-only', columns: 1, rows: 1, heroHeight: 772, cellSize: 128, whereWidth: 178 }
  if (portrait) return counters <= 6 ? grid(1, counters, 420, 96, 200) : grid(2, Math.ceil(counters / 2), 420, 84, 130)
  if (counters <= 3) return grid(counters, 1, 560, 128, 178)
  if (counters === 4) return grid(2, 2, 440, 128, 178)
  if (counters <= 6) return grid(3, 2, 440, 128, 178)
  if (counters <= 8) return grid(4, 2, 440, 108, 140)
  if (counters <= 12) return grid(4, 3, 340, 96, 130)
  return grid(5, Math.ceil(counters / 5), 300, 76, 110)
}

/** Widths of Be Vietnam Pro Bold in em, measured; digits without tracking. */
const narrow: Readonly<Record<string, number>> = { '1': 0.43, I: 0.32, J: 0.62, W: 1.04, M: 0.9 }
const digitWidth = 0.69
const letterWidth = 0.76

/** Largest size up to `max` at which a ticket number fits `width` px in one line. */
export function fitSize(text: string, max: number, width: number): number {
  const em = [...text].reduce((sum, character) => sum + (narrow[character] ?? (/\d/.test(character) ? digitWidth : letterWidth)) - 0.02, 0)
  return em === 0 ? max : Math.min(max, Math.floor(width / em))
}

/** The services shown now when more than `most` don't fit beside each other: pages of even length change every 12 s of office time. */
export function pageOf<T>(items: readonly T[], most: number, now: number): readonly T[] {
  const pages = Math.max(1, Math.ceil(items.length / most))
  const perPage = Math.ceil(items.length / pages)
  const page = Math.floor(now / 12_000) % pages
  return items.slice(page * perPage, (page + 1) * perPage)
}
