/** Requests of one office that are read at a time: its hub has two under way. */
const mostOfOne = 4
/** Requests that are unpacked and stored at a time: the other half of the connections is for whoever reads. */
const atOnce = 4
/** Longest wait for a turn, ms: a hub doesn't listen for more than five seconds at first. */
const longestWaitMs = 4_000

/**
 * Who sends events may come in when. After an outage all offices of a province send at once: by turns each is stored as fast as can be, while together they
 * would fill the memory and dry up the pool, and most would be turned away with their work half done.
 */
export class Intake {
  readonly #open = new Map<string, number>()
  readonly #waiting = new Set<() => void>()
  #busy = 0

  /** Lets a request of an office in, to be read; false when it has too many under way. What came in leaves in the end. */
  enter(office: string): boolean {
    const open = this.#open.get(office) ?? 0
    if (open < mostOfOne) this.#open.set(office, open + 1)
    return open < mostOfOne
  }

  leave(office: string): void {
    const open = (this.#open.get(office) ?? 0) - 1
    if (open > 0) this.#open.set(office, open)
    else this.#open.delete(office)
  }

  /** Does `work` when its turn comes; null when that takes too long. */
  async inTurn<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#busy < atOnce) this.#busy += 1
    else if (!(await this.#turn())) return null
    try {
      return await work()
    } finally {
      const [next] = this.#waiting
      if (next) next()
      else this.#busy -= 1
    }
  }

  #turn(): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (turn: boolean) => {
        clearTimeout(late)
        this.#waiting.delete(go)
        resolve(turn)
      }
      const go = () => end(true)
      const late = setTimeout(() => end(false), longestWaitMs)
      this.#waiting.add(go)
    })
  }
}
