/** Requests that are unpacked and stored at a time: the other half of the connections is for whoever reads. Of them, of one office. */
const [atOnce, atOnceOfOne] = [4, 2]
/** Longest wait for a turn, ms: a hub doesn't listen for more than five seconds at first. */
const longestWaitMs = 4_000

interface Waiting {
  readonly office: string
  readonly go: () => void
}

/**
 * Who sends events is let in by turns. After an outage all offices of a province send at once: one after the other each is stored as fast as can be, while
 * together they would fill the memory and dry up the pool, and most would be turned away with their work half done.
 */
export class Intake {
  readonly #waiting = new Set<Waiting>()
  readonly #busy: string[] = []

  /** Does an office's `work` when its turn comes; null when that takes too long. */
  async inTurn<T>(office: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#isFree(office)) this.#busy.push(office)
    else if (!(await this.#turn(office))) return null
    try {
      return await work()
    } finally {
      this.#busy.splice(this.#busy.indexOf(office), 1)
      this.#next()
    }
  }

  #isFree(office: string): boolean {
    return this.#busy.length < atOnce && this.#busy.filter((one) => one === office).length < atOnceOfOne
  }

  #next(): void {
    const next = [...this.#waiting].find(({ office }) => this.#isFree(office))
    if (!next) return
    this.#busy.push(next.office)
    next.go()
  }

  #turn(office: string): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (turn: boolean) => {
        clearTimeout(late)
        this.#waiting.delete(waiting)
        resolve(turn)
      }
      const waiting: Waiting = { office, go: () => end(true) }
      const late = setTimeout(() => end(false), longestWaitMs)
      this.#waiting.add(waiting)
    })
  }
}
