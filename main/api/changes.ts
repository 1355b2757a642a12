/** One bell for everything that a screen may show: rung after commits, device and network changes. */
export class Changes {
  readonly #waiting = new Set<() => void>()
  #count = 0

  /** Grows with every ring. */
  get count(): number {
    return this.#count
  }

  readonly ring = (): void => {
    this.#count += 1
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const wake of waiting) wake()
  }

  /** Resolves when something changed since `seen`, after `ms` at the latest, or when `signal` ends. */
  next(seen: number, ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#count !== seen || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      timer.unref()
      this.#waiting.add(done)
      signal?.addEventListener('abort', done)
    })
  }
}
