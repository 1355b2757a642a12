import { parentPort, workerData } from 'node:worker_threads'
import { sampleOffice } from './office/rules.ts'
import { noPlant, plants } from './plants/plants.ts'
import type { FromWorker, WorkerData } from './protocol.ts'
import { runSeed, type SeedResult } from './run-seed.ts'
import { ProcessDied } from './world/process.ts'
import { takeOverPlatform } from './world/take-over.ts'

/** A thread that does nothing but run seeds: each message is one, each answer its result. */
const { plant, verbose } = workerData as WorkerData
const tell = (message: FromWorker): void => parentPort?.postMessage(message)

takeOverPlatform()
// Thousands of lost connections are told by their message alone.
Error.stackTraceLimit = 0
const office = sampleOffice()
let stray: string[] = []

/** Nobody waits for what a dead process had begun; anything else that nobody waits for is a bug. */
process.on('unhandledRejection', (error) => {
  const closed = error instanceof TypeError && error.message.includes('database connection is not open')
  if (!closed && !(error instanceof ProcessDied)) stray.push(`nobody handles ${String(error)}`)
})

/** A run that breaks off is told like any other: whoever waits for it must not wait for ever. */
const brokenOff = (seed: number, error: unknown): SeedResult => ({ seed, events: 0, violations: [`the run broke off: ${String(error)}`], digest: '' })

parentPort?.on('message', (seed: number) => {
  stray = []
  const planted = (plant === null ? undefined : plants[plant]?.()) ?? noPlant
  void runSeed(seed, office, planted, verbose ? (line) => tell({ line }) : null)
    .catch((error: unknown) => brokenOff(seed, error))
    .then((result) => tell({ result: { ...result, violations: [...result.violations, ...stray] } }))
})
