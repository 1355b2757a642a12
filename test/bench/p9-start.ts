import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { dataFiles } from '#main/config.ts'
import { openDatabase } from '#journal/database.ts'
import { createViews, refold } from '#views/views.ts'
import { quantile, row, type Row } from './figure.ts'
import { writeLongJournal } from './long-journal.ts'
import { inScratch } from './scratch.ts'
import { startStationProcess, type StationProcess } from './station-process.ts'

const million = 1_000_000
const starts = 5
const soakSeconds = 30

/** P9: how soon a station serves, how long folding everything anew takes, what memory it holds, and whether that grows. */
export async function start(): Promise<readonly Row[]> {
  const warm = await inScratch(warmStart)
  const { cold, rebuilt } = await inScratch(longLife)
  const soak = await inScratch(soakRun)
  return [
    row('P9.warm', 'process started → ready to serve, small journal, median', warm, 's', { atMost: 1.5 }),
    row('P9.cold', 'the same with a journal of 1M events, its files not in memory', cold, 's', { atMost: 3 }),
    row('P9.views', 'all views folded anew, per 1M events, the file in memory', rebuilt, 's', { atMost: 6 }),
    row('P9.pss', 'memory of the station process (PSS, without browser) after traffic', soak.pss, 'MB', { atMost: 450 }),
    row('P9.soak', `heap after collection, growth over ${soakSeconds} s of traffic`, soak.growth, '%', { atMost: 5 }),
  ]
}

async function warmStart(dir: string): Promise<number> {
  const took: number[] = []
  for (let n = 0; n <= starts; n += 1) {
    const station = await startStationProcess(dir)
    if (n > 0) took.push(station.readyMs / 1_000)
    await station.stop()
  }
  return quantile(took, 0.5)
}

async function longLife(dir: string) {
  const events = writeLongJournal(dir, million)
  const { journal } = dataFiles(dir, true)
  forget(journal)
  const station = await startStationProcess(dir)
  await station.stop()
  const db = openDatabase(journal)
  try {
    // The cold reading is the row before this; here the folding counts, with the file in memory again.
    db.prepare('SELECT sum(length(data)) FROM events').get()
    const from = performance.now()
    db.transaction(() => refold(db, createViews(db)))()
    return { cold: station.readyMs / 1_000, rebuilt: ((performance.now() - from) / 1_000) * (million / events) }
  } finally {
    db.close()
  }
}

/** Takes a file out of the page cache where GNU dd can (no copying, only the advice); elsewhere the start is warm. */
function forget(file: string): void {
  spawnSync('sync', [file])
  spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'])
}

async function soakRun(dir: string) {
  const heapFile = join(dir, 'heap')
  const before = process.env['NODE_OPTIONS']
  process.env['NODE_OPTIONS'] = `${before ?? ''} --expose-gc --import ${join(import.meta.dirname, 'heap-probe.ts')}`
  process.env['MOTCUA_HEAP_FILE'] = heapFile
  const station = await startStationProcess(dir)
  process.env['NODE_OPTIONS'] = before ?? ''
  try {
    await traffic(station, soakSeconds / 3)
    const early = await heapOf(station, heapFile)
    await traffic(station, soakSeconds)
    const late = await heapOf(station, heapFile)
    return { pss: station.pss(), growth: Math.max(0, (100 * (late - early)) / early) }
  } finally {
    await station.stop()
  }
}

async function heapOf(station: StationProcess, file: string): Promise<number> {
  rmSync(file, { force: true })
  station.signal('SIGUSR2')
  for (const until = Date.now() + 5_000; Date.now() < until; await pause(50)) {
    if (existsSync(file) && readFileSync(file, 'utf8')) return Number(readFileSync(file, 'utf8'))
  }
  throw new Error('the station did not tell its heap')
}

/** A busy office: every screen open, citizens come and are served, screens come and go; ten visits a second. */
async function traffic(station: StationProcess, seconds: number): Promise<void> {
  const [kiosk, counter] = [await station.open('kiosk'), await station.open('counter-3')]
  const command = (action: Parameters<typeof counter.client.counter.do>[0]['action']) => counter.client.counter.do({ commandId: randomUUID(), action })
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; await pause(100)) {
    const board = await station.open('board')
    await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: '2.002516', priority: null, papers: [], print: false })
    await command({ kind: 'call-next', finishCurrent: true })
    for await (const view of await board.client.board.live()) if (view.calls.length) break
    for await (const view of await counter.client.counter.live()) if (view) break
    await command({ kind: 'start' })
    await command({ kind: 'finish' })
    board.close()
  }
  kiosk.close()
  counter.close()
}
