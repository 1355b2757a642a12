import { randomUUID } from 'node:crypto'
import { quantile, row, type Row } from './figure.ts'
import { startPrinterSink } from './printer-sink.ts'
import { inScratch } from './scratch.ts'
import { startStationProcess } from './station-process.ts'
import { wireTimes } from './wire-times.ts'

const warmUp = 50
const tickets = 300
/** Between two citizens, ms: each finds the station idle, as in an office. */
const between = 15

/** P2: tap at the kiosk → last byte at a printer on the LAN, and bytes and time of the standard slips on a serial line. */
export async function print(): Promise<readonly Row[]> {
  const taps = await inScratch(tapToPaper)
  const what = 'tap → last byte at a TCP printer'
  return [row('P2.p50', `${what}, median`, quantile(taps, 0.5), 'ms', { atMost: 4 }), row('P2.p99', `${what}, p99`, quantile(taps, 0.99), 'ms', { atMost: 15 }), ...wireTimes()]
}

async function tapToPaper(dir: string): Promise<number[]> {
  const sink = await startPrinterSink()
  const station = await startStationProcess(dir, { printer: { address: sink.address, profile: 'epson-tm-t82', drawer: 'none' } })
  const [kiosk, board] = [await station.open('kiosk'), await station.open('board')]
  const taps: number[] = []
  try {
    void drain(await board.client.board.live())
    void drain(await kiosk.client.kiosk.live())
    await online(() => kiosk.client.kiosk.live())
    for (let n = 0; n < warmUp + tickets; n += 1) {
      const tapped = performance.now()
      await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: '2.002516', priority: null, papers: [], print: true })
      const took = (await sink.ended(n)) - tapped
      if (n >= warmUp) taps.push(took)
      await new Promise((resolve) => setTimeout(resolve, between))
    }
    return taps
  } finally {
    kiosk.close()
    board.close()
    await station.stop()
    sink.close()
  }
}

/** Reads a live view to its end, as a screen does. */
async function drain(views: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const view of views) void view
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

async function online(live: () => Promise<AsyncIterable<{ readonly printerOnline: boolean }>>): Promise<void> {
  for await (const view of await live()) if (view.printerOnline) return
}
