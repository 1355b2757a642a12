import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from 'playwright'
import type { Connection } from '#preload/bridge/connection.ts'
import { findBrowser } from '#shell/find-browser.ts'
import { quantile, row, type Row } from './figure.ts'
import { inScratch } from './scratch.ts'
import { startStationProcess, type StationProcess } from './station-process.ts'

const boards = 20
const calls = 200
const warmUp = 20

/** P3: a clerk's call → painted on the board in a real Chromium, nineteen more boards connected. */
export async function board(): Promise<readonly Row[]> {
  const took = await inScratch(callToPaint)
  const what = `call → painted in Chromium, ${boards} boards connected`
  return [row('P3.p50', `${what}, median`, quantile(took, 0.5), 'ms', { atMost: 12 }), row('P3.p99', `${what}, p99`, quantile(took, 0.99), 'ms', { atMost: 40 })]
}

async function callToPaint(dir: string): Promise<number[]> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('no Chromium on this machine')
  const station = await startStationProcess(dir)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--mute-audio', '--autoplay-policy=no-user-gesture-required'] })
  const others: Connection[] = []
  try {
    for (let n = 1; n < boards; n += 1) others.push(await watch(station))
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    // A call is held a moment, so that it is drawn as one that is being called; the next comes later than that.
    await page.goto(station.urlOf('board').replace('#', '?hold=30&voice=off#'))
    return await callAndLook(station, page)
  } finally {
    for (const one of others) one.close()
    await browser.close()
    await station.stop()
  }
}

/** One more board: reads every view, paints nothing. */
async function watch(station: StationProcess): Promise<Connection> {
  const connection = await station.open('board')
  const views = await connection.client.board.live()
  const read = async () => {
    for await (const view of views) void view
  }
  read().catch((error: unknown) => {
    if (!(error instanceof Error)) throw error
  })
  return connection
}

async function callAndLook(station: StationProcess, page: Page): Promise<number[]> {
  const [kiosk, counter] = [await station.open('kiosk'), await station.open('counter-3')]
  const painted = await paints(page)
  const command = (action: Parameters<typeof counter.client.counter.do>[0]['action']) => counter.client.counter.do({ commandId: randomUUID(), action })
  const took: number[] = []
  try {
    for (let seq = 1; seq <= calls + warmUp; seq += 1) {
      await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
      await pause(50)
      const at = performance.timeOrigin + performance.now()
      await command({ kind: 'call-next', finishCurrent: false })
      const paint = await painted(seq)
      if (seq > warmUp) took.push(paint - at)
      await command({ kind: 'start' })
      await command({ kind: 'finish' })
    }
    return took
  } finally {
    kiosk.close()
    counter.close()
  }
}

/** When a call was painted, by its number, epoch ms: the board leaves a mark behind the frame. Rejects when it is not painted in five seconds. */
async function paints(page: Page): Promise<(seq: number) => Promise<number>> {
  const marks = new Map<string, number>()
  await page.exposeFunction('benchMark', (name: string, at: number) => marks.set(name, at))
  await page.evaluate(() => {
    const tell = (globalThis as unknown as { readonly benchMark: (name: string, at: number) => void }).benchMark
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) tell(name, performance.timeOrigin + startTime)
    }).observe({ type: 'mark' })
  })
  return async (seq) => {
    for (const until = performance.now() + 5_000; performance.now() < until; await pause(5)) {
      const at = marks.get(`board-call-${seq}`)
      if (at !== undefined) return at
    }
    throw new Error(`call ${seq} was not painted within 5 s`)
  }
}
