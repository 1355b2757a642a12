import { randomUUID } from 'node:crypto'
import type { Connection } from '#preload/bridge/connection.ts'
import { quantile, row, type Row } from './figure.ts'
import { openDesk } from './office.ts'
import { inScratch } from './scratch.ts'
import { startStationProcess, type StationProcess } from './station-process.ts'

const clients = 4
const inFlight = 8
const seconds = 5
const singles = 2_000
const many = 32
const eachIssues = 60
const day = 1_000_000
const sample = 10_000

/** P10: tickets through the API, how fast, how fast in the evening, and whether each number is given once. */
export async function tickets(): Promise<readonly Row[]> {
  const [live, flat] = [await inScratch(throughTheApi), await inScratch(eveningToMorning)]
  return [
    row('P10.rate', `durable issues through WebSocket, ${clients} clients with ${inFlight} in flight`, live.rate, '/s', { atLeast: 1_000 }),
    row('P10.p95', 'one client, one ticket after the other, p95', live.p95, 'ms', { atMost: 2 }),
    row('P10.flat', `rate after ${day.toLocaleString('en')} tickets of a day ÷ rate of the first ${sample.toLocaleString('en')}`, flat, '×', { atLeast: 0.8 }),
    row('P10.duplicates', `numbers given twice, ${many} kiosks and ${many} counters at once`, live.duplicates, 'numbers', { atMost: 0 }),
    row('P10.doubleCalls', `tickets called twice, ${many} kiosks and ${many} counters at once`, live.doubleCalls, 'tickets', { atMost: 0 }),
  ]
}

async function throughTheApi(dir: string) {
  const counters = Array.from({ length: many }, (_, index) => ({ id: index + 1, services: ['A', 'B'], staff: `cb${index + 1}`, staffName: null }))
  const station = await startStationProcess(dir, { counters })
  const kiosks = await Promise.all(Array.from({ length: many }, () => station.open('kiosk')))
  try {
    const p95 = await oneByOne(kiosks[0]!)
    const rate = await flood(kiosks.slice(0, clients))
    return { p95, rate, ...(await rush(station, kiosks)) }
  } finally {
    for (const kiosk of kiosks) kiosk.close()
    await station.stop()
  }
}

async function issue({ client }: Connection): Promise<string> {
  const { ticket } = await client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: '2.002516', priority: null, papers: [], print: false })
  return ticket.number
}

async function oneByOne(kiosk: Connection): Promise<number> {
  for (let n = 0; n < 300; n += 1) await issue(kiosk)
  const took: number[] = []
  for (let n = 0; n < singles; n += 1) {
    const from = performance.now()
    await issue(kiosk)
    took.push(performance.now() - from)
  }
  return quantile(took, 0.95)
}

async function flood(kiosks: readonly Connection[]): Promise<number> {
  const from = performance.now()
  const end = from + seconds * 1_000
  let done = 0
  const keepOn = async (kiosk: Connection) => {
    for (; performance.now() < end; done += 1) await issue(kiosk)
  }
  await Promise.all(kiosks.flatMap((kiosk) => Array.from({ length: inFlight }, () => keepOn(kiosk))))
  return (done * 1_000) / (performance.now() - from)
}

/** Everybody at once: each kiosk issues while each counter calls, starts and finishes. */
async function rush(station: StationProcess, kiosks: readonly Connection[]) {
  const counters = await Promise.all(Array.from({ length: many }, (_, index) => station.open(`counter-${index + 1}`)))
  const [numbers, called]: [string[], string[]] = [[], []]
  const serve = async ({ client }: Connection) => {
    for (let n = 0; n < eachIssues; n += 1) {
      const { ticketId } = await client.counter.do({ commandId: randomUUID(), action: { kind: 'call-next', finishCurrent: true } })
      if (ticketId !== null) called.push(ticketId)
      await client.counter.do({ commandId: randomUUID(), action: { kind: 'start' } })
    }
  }
  const take = async (kiosk: Connection) => {
    for (let n = 0; n < eachIssues; n += 1) numbers.push(await issue(kiosk))
  }
  await Promise.all([...kiosks.map(take), ...counters.map(serve)])
  for (const counter of counters) counter.close()
  return { duplicates: numbers.length - new Set(numbers).size, doubleCalls: called.length - new Set(called).size }
}

/** Tickets in bulk as a busy day leaves them: issued, served, over; those before and after still wait. */
function eveningToMorning(dir: string): number {
  const { desk, journal, close } = openDesk(dir)
  try {
    const issueMany = () => {
      const from = performance.now()
      for (let n = 0; n < sample; n += 1) {
        const answer = desk.run(randomUUID(), 'kiosk', { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'bench' })
        if (!answer.ok) throw new Error(answer.reason)
      }
      return performance.now() - from
    }
    const morning = issueMany()
    const today = desk.snapshot().day
    for (let nth = sample + 1; nth <= day; nth += 500) {
      const batch = Array.from({ length: 500 }, (_, index) => ({ id: randomUUID(), nth: nth + index }))
      journal.append('bench', [
        ...batch.map(({ id, nth: number }) => ({
          type: 'ticket.issued' as const, subject: id,
          data: { number: `A${number}`, day: today, service: 'A', procedure: null, title: 'Hộ tịch', priority: null, papers: [], promised: null, key: randomUUID(), station: 'bench' },
        })),
        ...batch.map(({ id }) => ({ type: 'ticket.finished' as const, subject: id, data: { counter: 3, staff: null } })),
      ])
    }
    return morning / issueMany()
  } finally {
    close()
  }
}
