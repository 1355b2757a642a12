import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import type { Ready } from '#main/station/open-station.ts'
import { id, openScreen, waitFor } from './client.ts'
import { intakeForm } from './citizens.ts'
import { tally, type Tally } from './tally.ts'
import type { CentralReady, DemoOffice, DemoPlace } from './office.ts'
import { startChild } from './processes.ts'

/** Takes central away as a dead line would: the process is killed, its port closed. */
export async function cutCentral(office: DemoOffice): Promise<void> {
  await office.central.kill()
}

/** Brings central back on the same port and data. */
export async function restoreCentral(office: DemoOffice, place: DemoPlace): Promise<void> {
  const { port } = new URL(office.central.ready.url)
  office.central = await startChild<CentralReady>([...office.centralArgs, '--port', port], join(place.work, 'processes.log'))
}

/**
 * Kills a station while its printer is at work on a receipt and starts it again. The job must show as unknown, and its reprint
 * must be marked. Rejects when it does not.
 */
export async function killWhilePrinting(office: DemoOffice, place: DemoPlace): Promise<void> {
  const station = office.stations['quay-2']
  const before = await openScreen(station.child.ready.urls.counter ?? '')
  const procedures = await before.client.counter.procedures()
  const procedure = procedures.find((one) => one.code === '2.002516') ?? procedures[0]
  if (!procedure) throw new Error('the catalogue is empty')
  const { dossier, print } = await before.client.counter.accept({ commandId: id(), ...intakeForm({ ...procedure, service: 'A', together: [] }, 777, ''), ticketId: null })
  if (print !== 'printing') throw new Error(`the receipt was over before the station could be killed: ${print}`)
  await sleep(150)
  await station.child.kill()
  station.child = await startChild<Ready>(station.args, join(place.work, 'processes.log'))
  const after = await openScreen(station.child.ready.urls.counter ?? '')
  const view = await waitFor('print in doubt', (signal) => after.client.counter.live(undefined, { signal }), (one) => one.prints.some((job) => job.what === dossier.code))
  const job = view.prints.find((one) => one.what === dossier.code)
  if (job?.state !== 'unknown') throw new Error(`the interrupted receipt shows as ${job?.state ?? 'nothing'}, not as unknown`)
  await after.client.counter.reprint({ commandId: id(), jobId: job.jobId })
  await waitFor('reprint', (signal) => after.client.counter.live(undefined, { signal }), (one) => one.prints.length === 0, 30_000)
  after.close()
  before.close()
}

/** Waits until the hub and central hold every event of every station; the count then, and how long it took, ms. Rejects after `ms`. */
export async function drained(office: DemoOffice, ms: number): Promise<{ readonly counted: Tally; readonly waited: number }> {
  const from = performance.now()
  for (;;) {
    const counted = await tally(office)
    const waited = performance.now() - from
    if (counted.lost === 0) return { counted, waited }
    if (waited > ms) throw new Error(`${counted.lost} events had not arrived within ${ms / 1000} s`)
    await sleep(100)
  }
}
