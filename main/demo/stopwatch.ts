/** Percentiles of what was measured, ms, one decimal; null when nothing was. */
export interface Percentiles {
  readonly p50: number | null
  readonly p99: number | null
}

export class Stopwatch {
  readonly #values: number[] = []

  add(ms: number): void {
    this.#values.push(ms)
  }

  result(): Percentiles {
    const sorted = this.#values.toSorted((a, b) => a - b)
    const at = (share: number) => {
      const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
      return value === undefined ? null : Math.round(value * 10) / 10
    }
    return { p50: at(0.5), p99: at(0.99) }
  }
}
