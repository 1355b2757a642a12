import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '#preload/bridge/connection.ts'
import { quantile, row, type Row } from './figure.ts'
import { inScratch } from './scratch.ts'
import { startStationProcess, type StationProcess } from './station-process.ts'

const screens = 100
const rounds = 5
/** People waiting, so that a view has its usual size. */
const waiting = 60

interface Measured {
  readonly currentMs: number
  /** Calls that were pressed while the screens came back, ms each. */
  readonly calls: readonly number[]
}

/** C1 (issue C): a hundred boards come back at once, as after a switch lost its power: all current in 3 s, no call delayed more than 100 ms. */
export async function reconnect(): Promise<readonly Row[]> {
  const measured = await inScratch(async (dir) => {
    const station = await startStationProcess(dir)
    try {
      return await measure(station)
    } finally {
      await station.stop()
    }
  })
  const what = `${screens} boards reconnect at once, ${waiting} waiting`
  return [
    row('C1.current', `${what}: until the last has its view, worst of ${rounds}`, Math.max(...measured.map((one) => one.currentMs)), 'ms', { atMost: 3_000 }),
    row('C1.call', `${what}: a call pressed meanwhile, the slowest`, quantile(measured.flatMap((one) => one.calls), 1), 'ms', { atMost: 100 }),
  ]
}

async function measure(station: StationProcess): Promise<readonly Measured[]> {
  const [kiosk, counter] = [await station.open('kiosk'), await station.open('counter-3')]
  try {
    for (let n = 0; n < waiting + rounds * 40; n += 1) await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
    const taken: Measured[] = []
    for (let round = 0; round < rounds; round += 1) taken.push(await storm(station, counter))
    return taken
  } finally {
    kiosk.close()
    counter.close()
  }
}

/** All boards at once, and a clerk who goes on calling until they are there. */
async function storm(station: StationProcess, counter: Connection): Promise<Measured> {
  const calls: number[] = []
  let arrived = false
  const clerk = async () => {
    while (!arrived) {
      const from = performance.now()
      await counter.client.counter.do({ commandId: randomUUID(), action: { kind: 'call-next', finishCurrent: true } })
      calls.push(performance.now() - from)
      await counter.client.counter.do({ commandId: randomUUID(), action: { kind: 'start' } })
      await pause(20)
    }
  }
  const from = performance.now()
  const calling = clerk()
  const boards = await Promise.all(Array.from({ length: screens }, () => current(station)))
  const currentMs = performance.now() - from
  arrived = true
  await calling
  for (const board of boards) board.close()
  await pause(300)
  return { currentMs, calls }
}

/** A board with its first view. */
async function current(station: StationProcess): Promise<Connection> {
  const board = await station.open('board')
  for await (const view of await board.client.board.live()) if (view.counters.length > 0) break
  return board
}
