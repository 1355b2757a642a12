import { setImmediate as realSetImmediate } from 'node:timers'
import { currentProcess, outside, ProcessDied, type SimProcess } from './process.ts'

/** Something that will happen. */
interface Due {
  readonly at: number
  /** Among those of the same moment, in the order in which they were planned. */
  readonly order: number
  readonly owner: SimProcess | undefined
  readonly run: () => void
  cancelled: boolean
}

/** Virtual time: what is planned happens in order, and no time passes between. */
export class Timeline {
  /** True time, ms since the epoch. */
  now: number
  /** How many things have happened: a measure of work, and a guard against running for ever. */
  turns = 0
  #order = 0
  readonly #heap: Due[] = []

  constructor(start: number) {
    this.now = start
  }

  /** Runs `run` after `ms`, as the process that asks for it, unless that is dead by then. The answer cancels it. */
  readonly after = (ms: number, run: () => void): (() => void) => {
    const due: Due = { at: this.now + Math.max(0, ms), order: (this.#order += 1), owner: currentProcess(), run, cancelled: false }
    this.#push(due)
    return () => {
      due.cancelled = true
    }
  }

  /** The same as nobody: what is on the wire arrives though its sender died. */
  readonly afterAsNobody = (ms: number, run: () => void): (() => void) => outside(() => this.after(ms, run))

  /** Resolves after `ms`. */
  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => void this.after(ms, resolve))

  /** Lets everything happen that is due until `end`; the promises that one thing settles are worked off before the next. */
  async runUntil(end: number): Promise<void> {
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#pop()
      if (next.cancelled || next.owner?.alive === false) continue
      this.now = next.at
      this.turns += 1
      happen(next)
      await new Promise((resolve) => realSetImmediate(resolve))
    }
    this.now = end
  }

  #push(due: Due): void {
    const heap = this.#heap
    let at = heap.push(due) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(due, heap[parent] as Due)) break
      heap[at] = heap[parent] as Due
      at = parent
    }
    heap[at] = due
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop() as Due
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1] as Due, heap[child] as Due)) child += 1
      if (!before(heap[child] as Due, last)) break
      heap[at] = heap[child] as Due
      at = child
    }
    heap[at] = last
  }
}

/** A process that dies in its own timer is gone; any other error ends the run. */
function happen({ owner, run }: Due): void {
  try {
    if (owner) owner.run(run)
    else outside(run)
  } catch (error) {
    if (!(error instanceof ProcessDied)) throw error
  }
}

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
