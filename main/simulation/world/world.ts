import type { Plant } from '../plants/plant.ts'
import { Network } from './network.ts'
import { Random } from './random.ts'
import { enterWorld } from './take-over.ts'
import { Timeline } from './timeline.ts'

/** 07:30 of Monday 23/11/2026 in Vietnam: an office opens. */
const opening = Date.parse('2026-11-23T07:30:00+07:00')
/** Virtual ms that people and faults are at it. */
const dayMs = 9_000

/** One run: its time, its chance, its network, and what went wrong in it. */
export class World {
  readonly timeline = new Timeline(opening)
  readonly network: Network
  /** When the office closes: nobody begins anything after it, and the faults end. */
  closing = opening + dayMs
  /** What people do. */
  readonly people: Random
  /** What breaks. */
  readonly faults: Random
  readonly plant: Plant
  /** Crashes in the middle of things, a probability for each commit. */
  strikes = 0
  /** Machines that nobody works at: they replicate, and have no part in the queue. */
  readonly unlinked = new Set<string>()
  /** How often the office got a new hub, or an old state of it: what was asked of the one before is not known to the next. */
  promotions = 0
  /** The hub's machine burnt, or was put back from a backup: once a run. */
  hubFell = false
  /** Whether the hub's clock was set while it ran: its day may be another since. */
  hubsClock: 'still' | 'moved' = 'still'
  /** Of each machine how often it lost its disk, or what was written on it since a backup. */
  readonly disksLost = new Map<string, number>()
  /** The day's faults are over. */
  mended = false
  readonly #violations = new Set<string>()
  readonly #trace: ((line: string) => void) | null

  constructor(seed: number, plant: Plant, trace: ((line: string) => void) | null) {
    const random = new Random(seed)
    this.network = new Network(this.timeline, random.fork())
    this.people = random.fork()
    this.faults = random.fork()
    this.plant = plant
    this.#trace = trace
    enterWorld(this.timeline, random.fork())
  }

  /** The office stays open for so long at least, ms from now: a hub that takes over must have work. */
  stayOpen(ms: number): void {
    this.closing = Math.max(this.closing, this.timeline.now + ms)
  }

  /** What must not have happened, said once. */
  violation(what: string): void {
    this.tell(`VIOLATION ${what}`)
    this.#violations.add(what)
  }

  get violations(): readonly string[] {
    return [...this.#violations]
  }

  /** A line for whoever replays this seed. */
  tell(line: string): void {
    this.#trace?.(`${((this.timeline.now - opening) / 1000).toFixed(3).padStart(8)} ${line}`)
  }
}
