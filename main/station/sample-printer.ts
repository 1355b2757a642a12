import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** The simulated printer of a sample station: same bytes, real socket, paper as PNG in `outDir`. */
export interface SamplePrinter {
  readonly address: string
  /** `null` mends it; else the name of a fault of the simulator. */
  readonly setFault: (fault: string | null) => void
  readonly stop: () => Promise<void>
}

export async function startSamplePrinter(outDir: string): Promise<SamplePrinter> {
  const worker = new Worker(new URL('./sample-printer-worker.ts', import.meta.url), { workerData: outDir })
  const [address] = (await once(worker, 'message')) as [string]
  return {
    address,
    setFault: (fault) => worker.postMessage({ fault }),
    stop: async () => {
      const ended = once(worker, 'exit')
      worker.postMessage({ stop: true })
      await ended
    },
  }
}
