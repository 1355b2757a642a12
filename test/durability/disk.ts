import type { Step } from './record.ts'

/** Numbers in [0, 1) from a seed, so that a state can be built again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

const sector = 512

type Pending = Extract<Step, { kind: 'write' | 'size' }>

interface File {
  /** What is certainly on the platter. */
  durable: Buffer
  /** Written since the last sync of this file: may be there whole, in part, or not at all, in any order. */
  pending: Pending[]
}

/** A disk that keeps only what was synced for certain. Deleting a file is taken as done at once, as SQLite syncs the folder after it. */
export class Disk {
  readonly #files = new Map<string, File>()

  apply(step: Step): void {
    if (step.kind === 'said') return
    if (step.kind === 'gone') return void this.#files.delete(step.file)
    const file = this.#files.get(step.file) ?? { durable: Buffer.alloc(0), pending: [] }
    this.#files.set(step.file, file)
    if (step.kind !== 'sync') return void file.pending.push(step)
    file.durable = replayed(file.durable, file.pending)
    file.pending = []
  }

  /** The files as they may be found after the power failed now. */
  afterPowerLoss(random: () => number): ReadonlyMap<string, Buffer> {
    return new Map([...this.#files].map(([name, { durable, pending }]) => [name, replayed(durable, survivors(pending, random))]))
  }
}

/** Which of the unsynced writes survived: all, none, a beginning, or any sectors of any of them. */
function survivors(pending: readonly Pending[], random: () => number): readonly Pending[] {
  const manner = random()
  if (manner < 0.1) return pending
  if (manner < 0.2) return []
  if (manner < 0.5) return pending.slice(0, Math.floor(random() * (pending.length + 1)))
  return pending.flatMap((one) => (one.kind === 'size' ? (random() < 0.5 ? [one] : []) : sectors(one).filter(() => random() < 0.7)))
}

function sectors({ file, at, bytes }: Extract<Pending, { kind: 'write' }>): readonly Pending[] {
  return Array.from({ length: Math.ceil(bytes.length / sector) }, (_, n) => ({
    kind: 'write' as const, file, at: at + n * sector, bytes: bytes.subarray(n * sector, (n + 1) * sector),
  }))
}

/** The file after these steps, each on top of the one before. */
function replayed(before: Buffer, steps: readonly Pending[]): Buffer {
  const ends = steps.map((step) => (step.kind === 'size' ? step.size : step.at + step.bytes.length))
  const room = Buffer.alloc(Math.max(before.length, ...ends))
  before.copy(room)
  let size = before.length
  for (const step of steps) {
    if (step.kind === 'write') {
      step.bytes.copy(room, step.at)
      size = Math.max(size, step.at + step.bytes.length)
    } else {
      room.fill(0, Math.min(size, step.size))
      size = step.size
    }
  }
  return room.subarray(0, size)
}
