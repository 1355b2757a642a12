import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Lane, type Fault, type Verdict } from './case.ts'
import { anyFault, everyCut, random } from './plan.ts'
import type { FaultedProtocol } from './protocol.ts'

/** What many suffering sales came to. `unknown` counts those that had to be recovered; `violations` is empty unless a promise was broken. */
export interface Summary {
  readonly sales: number
  readonly approved: number
  readonly unknown: number
  readonly violations: readonly string[]
}

/** Journals are read as a whole at each start of a till, so a lane is short. */
const salesPerLane = 60
const lanesAtOnce = 24
/** Processes die here, not machines: what was written is there, so memory will do and is much faster than a disk. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const amounts = [10_000, 15_000, 50_000, 70_000, 120_000] as const

async function inLane<T>(protocol: FaultedProtocol, work: (lane: Lane) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(scratch, 'motcua-terminal-'))
  const lane = new Lane(protocol, folder)
  try {
    return await work(lane)
  } finally {
    lane.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bytes of a sale that goes well, on a terminal that has sold before. */
async function measure(protocol: FaultedProtocol): Promise<Verdict['sent']> {
  return inLane(protocol, async (lane) => {
    await lane.sell(50_000, {})
    return (await lane.sell(50_000, {})).sent
  })
}

function add(a: Summary, verdict: Verdict, where: string): Summary {
  return {
    sales: a.sales + 1,
    approved: a.approved + (verdict.outcome === 'approved' ? 1 : 0),
    unknown: a.unknown + (verdict.wasUnknown ? 1 : 0),
    violations: [...a.violations, ...verdict.violations.map((what) => `${where} ${what}`)],
  }
}

/** Sells once for each fault, in lanes side by side; the same amount again and again, because that is what confuses a recovery. */
async function sellAll(protocol: FaultedProtocol, faults: readonly Fault[], below: (n: number) => number): Promise<Summary> {
  let summary: Summary = { sales: 0, approved: 0, unknown: 0, violations: [] }
  const chunks = Array.from({ length: Math.ceil(faults.length / salesPerLane) }, (_, i) => faults.slice(i * salesPerLane, (i + 1) * salesPerLane))
  const worker = async (): Promise<void> => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
      const mine = chunk
      await inLane(protocol, async (lane) => {
        for (const fault of mine) {
          const amount = amounts[below(8)] ?? 50_000
          const qr = protocol.sellsByQr && below(3) === 0
          const verdict = await lane.sell(amount, fault, qr)
          summary = add(summary, verdict, `${qr ? 'QR ' : ''}${JSON.stringify(fault)}`)
          // what is wrong stays wrong in this lane's sums
          if (verdict.violations.length > 0) return
        }
      })
    }
  }
  await Promise.all(Array.from({ length: lanesAtOnce }, worker))
  return summary
}

/** The line cut at every byte of a sale, in each direction. */
export async function cutEverywhere(protocol: FaultedProtocol): Promise<Summary> {
  return sellAll(protocol, everyCut(await measure(protocol)), random(1))
}

/** `count` sales, each with some fault. The same seed tries the same faults. */
export async function sellUnderFaults(protocol: FaultedProtocol, count: number, seed: number): Promise<Summary> {
  const sent = await measure(protocol)
  const below = random(seed)
  return sellAll(protocol, Array.from({ length: count }, () => anyFault(below, sent, protocol.noisy)), below)
}
