/** One measured part of a target, as `npm run bench -- --json` prints it. */
export interface Row {
  /** `P2.p50`: target and part. */
  readonly id: string
  readonly what: string
  readonly value: number
  readonly unit: string
  /** The target that it is held against: `P2`. */
  readonly target: string
  /** The bound with its direction: `≤ 4`. */
  readonly limit: string
  readonly ok: boolean
}

/** Takes the figures of one target; rejects when it cannot. */
export type Bench = () => Promise<readonly Row[]>

/** What a figure must be: at most, or at least. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number }

/** A row; the value is rounded to three significant digits after it was judged. */
export function row(id: string, what: string, value: number, unit: string, bound: Bound): Row {
  const ok = 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast
  const limit = 'atMost' in bound ? `≤ ${bound.atMost}` : `≥ ${bound.atLeast}`
  return { id, what, value: rounded(value), unit, target: id.split('.')[0] ?? id, limit, ok }
}

function rounded(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))
}

/** The value below which `share` (0…1) of the samples lie. Throws without samples: no figure is better than a made-up one. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (at === undefined) throw new Error('nothing was measured')
  return at
}
