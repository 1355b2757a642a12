import { AsyncLocalStorage } from 'node:async_hooks'

/** Thrown where a process dies in the middle of its own code; nothing of that process runs or is heard after it. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied'
}

/** One run of the program on a machine, from its start to its crash. */
export class SimProcess {
  readonly machine: string
  /** What the machine's clock shows beyond true time, ms. */
  readonly skew: () => number
  #alive = true
  readonly #onDeath = new Set<() => void>()

  constructor(machine: string, skew: () => number) {
    this.machine = machine
    this.skew = skew
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Runs code as this process: its timers and its clock are this machine's, and end with it. */
  run<T>(work: () => T): T {
    return current.run(this, work)
  }

  die(): void {
    this.#alive = false
    for (const tell of this.#onDeath) tell()
    this.#onDeath.clear()
  }

  /** Calls once at death; the answer ends it. */
  onDeath(tell: () => void): () => void {
    this.#onDeath.add(tell)
    return () => this.#onDeath.delete(tell)
  }
}

const current = new AsyncLocalStorage<SimProcess>()

/** The process whose code is running; undefined for the world outside (people, the network, faults). */
export const currentProcess = (): SimProcess | undefined => current.getStore()

/** Runs code as nobody's, so that what it starts survives the process that caused it. */
export const outside = <T>(work: () => T): T => current.exit(work)
