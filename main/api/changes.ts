/** Of the time, at most one part in so many goes into telling screens; the rest is for those who ask. */
const share = 4
/** However dear the views are, screens are told this soon, ms. */
const longestGapMs = 250

/**
 * One bell for everything that a screen may show: rung after commits, device and network changes. Screens hear it after the
 * answer of the command that rang it has gone out, all at the same moment, so that what they show is reckoned once; and when
 * telling them all takes long (hundreds of waiting tickets, many screens) the next time is put off by a multiple of that.
 */
export class Changes {
  readonly #waiting = new Set<() => void>()
  #count = 0
  /** Rung and not told yet. */
  #due = false
  /** Screens are being told, how long that takes is not known yet. */
  #telling = false
  #notBefore = 0

  /** Grows with every ring. */
  get count(): number {
    return this.#count
  }

  readonly ring = (): void => {
    this.#count += 1
    if (this.#due) return
    this.#due = true
    if (!this.#telling) this.#schedule()
  }

  #schedule(): void {
    const wait = this.#notBefore - performance.now()
    if (wait < 1) setImmediate(this.#tell)
    else setTimeout(this.#tell, wait).unref()
  }

  readonly #tell = (): void => {
    this.#due = false
    this.#telling = true
    const from = performance.now()
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const wake of waiting) wake()
    // The views are made in the promise jobs right behind this one: what they took is known in the next turn.
    setImmediate(() => {
      const now = performance.now()
      this.#notBefore = now + Math.min(longestGapMs, (share - 1) * (now - from))
      this.#telling = false
      if (this.#due) this.#schedule()
    })
  }

  /** Resolves when something changed since `seen`, after `ms` at the latest, or when `signal` ends. */
  next(seen: number, ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    // A change that is still to be told counts with the next bell, so that a burst is one view and not one each.
    if (this.#count !== seen && !this.#due) return Promise.resolve()
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
