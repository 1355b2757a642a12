import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { FromWorker, WorkerData } from './protocol.ts'
import type { SeedResult } from './run-seed.ts'

export interface Simulation {
  readonly first: number
  readonly last: number
  readonly plant: string | null
  readonly threads?: number
  /** Ends at the first seed with a violation. */
  readonly untilCaught?: boolean
  /** Gets what happens in each seed, line by line; one thread then. */
  readonly onLine?: (line: string) => void
  readonly onResult?: (result: SeedResult) => void
}

/** What all seeds came to. */
export interface Report {
  readonly seeds: number
  readonly events: number
  readonly violations: readonly { readonly seed: number; readonly what: string }[]
}

/** Runs the seeds on worker threads, each seed on one; the report does not depend on how many there are. */
export async function simulate(simulation: Simulation): Promise<Report> {
  const { first, last, onLine } = simulation
  const results: SeedResult[] = []
  let next = first
  const take = (): number | null => {
    const caught = simulation.untilCaught === true && results.some(({ violations }) => violations.length > 0)
    return next > last || caught ? null : next++
  }
  const threads = onLine ? 1 : Math.min(simulation.threads ?? availableParallelism(), last - first + 1)
  const keep = (result: SeedResult) => {
    results.push(result)
    simulation.onResult?.(result)
  }
  await Promise.all(Array.from({ length: threads }, () => runThread(simulation, take, keep)))
  results.sort((a, b) => a.seed - b.seed)
  return {
    seeds: results.length,
    events: results.reduce((sum, { events }) => sum + events, 0),
    violations: results.flatMap(({ seed, violations }) => violations.map((what) => ({ seed, what }))),
  }
}

/** One thread, until there is no seed left. Rejects when it dies: a bug of the simulator. */
function runThread({ plant, onLine }: Simulation, take: () => number | null, keep: (result: SeedResult) => void): Promise<void> {
  const workerData: WorkerData = { plant, verbose: onLine !== undefined }
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData })
  return new Promise<void>((resolve, reject) => {
    const go = () => {
      const seed = take()
      if (seed === null) resolve()
      else worker.postMessage(seed)
    }
    worker.on('message', (message: FromWorker) => {
      if ('line' in message) return onLine?.(message.line)
      keep(message.result)
      go()
    })
    worker.on('error', reject)
    go()
  }).finally(() => void worker.terminate())
}
