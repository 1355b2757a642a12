import type { Sqlite } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'
import { ProcessDied, SimProcess } from './process.ts'
import type { Timeline } from './timeline.ts'

/** What runs on a machine. */
export interface Program {
  readonly journal: Journal
}

/** A computer of the office, whatever runs on it: a disk that outlives crashes, a clock that may be wrong, at most one running process. */
export interface Computer {
  readonly name: string
  /** How far its clock is off, ms. */
  skewMs: number
  disk: Buffer | null
  /** What a crash leaves of the disk, where it isn't all that was committed. */
  onCrash: (disk: Buffer) => Buffer
  readonly process: SimProcess | null
  readonly program: Program | null
  /** Nothing on a machine that was thrown away. */
  start(): void
  /** Everything in memory is gone; what was committed stays: on `db` where the program is still starting. */
  crash(db?: Sqlite): void
}

/** Starts the program on what the disk holds; null for a new disk. Runs as that process. */
export type Boot<P extends Program> = (machine: Computer, disk: Buffer | null) => P

/** A computer with one of the product's programs. */
export class Machine<P extends Program> implements Computer {
  readonly name: string
  skewMs = 0
  disk: Buffer | null = null
  onCrash: (disk: Buffer) => Buffer = (disk) => disk
  /** Open on a technician's table: nobody else starts it. */
  isOpen = false
  #scrapped = false
  #process: SimProcess | null = null
  #program: P | null = null
  readonly #boot: Boot<P>
  readonly #timeline: Timeline

  constructor(name: string, timeline: Timeline, boot: Boot<P>) {
    this.name = name
    this.#timeline = timeline
    this.#boot = boot
  }

  get process(): SimProcess | null {
    return this.#process
  }

  get program(): P | null {
    return this.#program
  }

  start(): void {
    if (this.#process || this.#scrapped || this.isOpen) return
    const process = new SimProcess(this.name, () => this.skewMs)
    this.#process = process
    try {
      this.#program = process.run(() => this.#boot(this, this.disk))
    } catch (error) {
      if (process.alive || !(error instanceof ProcessDied)) throw error
    }
  }

  crash(db = this.#program?.journal.db): void {
    if (!this.#process || !db) return
    this.#process.die()
    this.#process = null
    this.#program = null
    this.disk = this.onCrash(db.serialize())
    db.close()
  }

  /** The machine burns and never runs again. */
  scrap(): void {
    this.#scrapped = true
    this.crash()
    this.disk = null
  }

  /** A person at this machine asks its program for something. Rejects with ProcessDied when nobody is there to answer, or no longer. */
  ask<T>(work: (program: P) => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#timeline.afterAsNobody(2, () => {
        const [process, program] = [this.#process, this.#program]
        if (!process || !program) return reject(new ProcessDied(this.name))
        const forget = process.onDeath(() => reject(new ProcessDied(this.name)))
        const settle = (tell: () => void) => {
          forget()
          if (process.alive) tell()
        }
        process.run(() => {
          Promise.resolve()
            .then(() => work(program))
            .then((value) => settle(() => resolve(value)), (error: unknown) => settle(() => reject(error)))
        })
      })
    })
  }
}
