import { parentPort, workerData } from 'node:worker_threads'
import { startPrinterSim } from '#native/sim/printer/start.ts'

/** Runs the simulated printer of a sample station on a thread of its own: drawing paper must not hold up the queue. */
const sim = await startPrinterSim({ at: 'tcp://127.0.0.1:0', outDir: workerData as string })
parentPort?.on('message', (message: { readonly fault?: string | null; readonly stop?: true }) => {
  if (message.stop) void sim.stop().then(() => parentPort?.close())
  else sim.setFault(message.fault ?? null)
})
parentPort?.postMessage(sim.address)
