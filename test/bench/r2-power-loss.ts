import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { powerLoss, type PowerLossReport, type PowerLossRun } from '../durability/power-loss.ts'
import { straceMissing } from '../durability/record.ts'
import { amount } from './amount.ts'
import { row, type Row } from './figure.ts'

/** Memory, where the machine offers it: the states are built and thrown away by the thousand. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** R2: disks as a power loss could have left them; `MOTCUA_BENCH_AMOUNT` states, 100,000 unless told. */
export async function powerLosses(): Promise<readonly Row[]> {
  const missing = straceMissing()
  if (missing) throw new Error(missing)
  const states = amount(100_000)
  const full = await inWorkers('full', states)
  const [normal] = await inWorkers('normal', Math.min(states, 3_000))
  const [lost, built] = [sum(full, 'lost'), sum(full, 'states')]
  for (const { faults } of full) for (const fault of faults) process.stderr.write(`${fault}\n`)
  return [
    row('R2.lost', `of ${built.toLocaleString('en')} power-loss states, those that lost something acknowledged`, lost, 'states', { atMost: 0 }),
    row('R2.normal', 'share of states in which synchronous=NORMAL is caught', (normal?.lost ?? 0) / (normal?.states ?? 1), '×', { atLeast: 0.3 }),
  ]
}

const sum = (reports: readonly PowerLossReport[], what: 'lost' | 'states') => reports.reduce((total, one) => total + one[what], 0)

async function inWorkers(mode: PowerLossRun['mode'], states: number): Promise<readonly PowerLossReport[]> {
  const threads = mode === 'full' ? availableParallelism() : 1
  return Promise.all(
    Array.from({ length: threads }, async (_, seed) => {
      const folder = mkdtempSync(join(place, 'motcua-r2-'))
      const run: PowerLossRun = { folder, mode, states: Math.ceil(states / threads), seed }
      const [report] = (await once(new Worker(import.meta.filename, { workerData: run }), 'message')) as [PowerLossReport]
      rmSync(folder, { recursive: true, force: true })
      return report
    }),
  )
}

if (!isMainThread) parentPort?.postMessage(powerLoss(workerData as PowerLossRun))
