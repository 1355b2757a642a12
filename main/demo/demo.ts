import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { verifyFolder } from '#main/cli/verify.ts'
import { openScreen } from './client.ts'
import { BoardWatch, Desk, openKiosk, serveCounter, type TakeTicket, type Watches } from './crowd.ts'
import { cutCentral, drained, killWhilePrinting, restoreCentral } from './faults.ts'
import { firstCitizen, lastPictures, openScreens, type Screens } from './first-citizen.ts'
import { browserCounters, closeOffice, openOffice, type DemoOffice, type DemoPlace } from './office.ts'
import { Stopwatch } from './stopwatch.ts'
import type { Tally } from './tally.ts'

export interface DemoOptions {
  readonly out: string
  /** Citizens after the first. */
  readonly citizens: number
  /** Clock of the stations when the day begins; null is the machine's. */
  readonly clock: number | null
  readonly say: (line: string) => void
}

/** What `DIR/summary.json` holds (docs/cli.md). */
export interface Summary extends Tally {
  readonly ok: boolean
  readonly seconds: number
  readonly faults: readonly string[]
  readonly latency: { readonly issueToPrinterMs: object; readonly callToBoardMs: object }
  readonly screens: readonly string[]
  readonly slips: readonly string[]
  readonly problems: readonly string[]
}

/** Runs the day and writes its summary. Invariants that fail are in `problems`. */
export async function runDemo(options: DemoOptions): Promise<Summary> {
  const from = performance.now()
  const out = resolve(options.out)
  for (const old of ['work', 'slips']) rmSync(join(out, old), { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const place: DemoPlace = { work: join(out, 'work'), slips: join(out, 'slips'), clockOffsetMs: options.clock === null ? 0 : options.clock - Date.now() }
  options.say('Mở tỉnh, một trạm chủ, hai quầy, ba máy in, một máy quét')
  const office = await openOffice(place)
  try {
    const day = await liveTheDay(office, place, options)
    options.say('Đóng máy, soát sổ')
    await closeOffice(office)
    const summary = await reckon(office, place, day, from)
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
    return summary
  } finally {
    await closeOffice(office)
  }
}

interface Day {
  readonly watches: Watches
  readonly counted: Tally
  readonly screens: readonly string[]
  readonly out: string
}

async function liveTheDay(office: DemoOffice, place: DemoPlace, options: DemoOptions): Promise<Day> {
  const out = resolve(options.out)
  const watches: Watches = { issueToPrinter: new Stopwatch(), callToBoard: new Stopwatch() }
  const [screens, kiosk, board] = await Promise.all([openScreens(office, out), openKiosk(office, watches), BoardWatch.open(office.stations.hub.child.ready.urls.board ?? '')])
  try {
    const desks = await openDesks(office, watches, board)
    options.say('Mở cửa: những người đến sớm, ba quầy gọi số')
    const early = await openDoors(kiosk.take, desks, options.citizens)
    options.say('Một người dân trên màn hình thật, từ ki-ốt đến bàn đánh giá')
    const waiting = await firstCitizen(office, screens, () => comeIn(kiosk.take, early, options.citizens))
    options.say('Những người còn lại; tỉnh mất nối giữa chừng; quầy 2 bị tắt ngang khi đang in')
    await crowd({ office, place, desks, take: kiosk.take, from: waiting, to: options.citizens })
    options.say('Chờ tỉnh nhận đủ')
    const { waited } = await drained(office, 20_000)
    options.say(`Tỉnh đã nhận đủ sau ${Math.round(waited)} ms`)
    await lastPictures(office, screens)
    const { counted } = await drained(office, 10_000)
    return { watches, counted, screens: screens.names, out }
  } finally {
    board.close()
    kiosk.close()
    await closeScreens(screens)
  }
}

const closeScreens = async ({ browser }: Screens): Promise<void> => browser.close()

/** A third of the morning's citizens come for what counters 1, 4, 5 and 6 do, three of which call one. The answer is how many came. */
async function openDoors(take: TakeTicket, desks: readonly Desk[], citizens: number): Promise<number> {
  const early = Math.floor(citizens / 4)
  for (let n = 1; n <= early; n += 1) await take(n, ({ service }) => service !== 'A' && service !== 'B')
  await Promise.all(desks.slice(1, 4).map((desk) => desk.callNext()))
  return early
}

/** Some more for counters 2 and 3, behind the citizen at the kiosk. The answer is how many have come so far. */
async function comeIn(take: TakeTicket, from: number, citizens: number): Promise<number> {
  const to = Math.min(citizens, from + 9)
  for (let n = from + 1; n <= to; n += 1) await take(n, ({ service }) => service === 'A' || service === 'B')
  return to
}

interface Crowd {
  readonly office: DemoOffice
  readonly place: DemoPlace
  readonly desks: readonly Desk[]
  readonly take: TakeTicket
  /** Citizens who have come already, and all that will. */
  readonly from: number
  readonly to: number
}

/** Who fails first is who is told of: the others end with the sockets that are closed then. */
async function crowd({ office, place, desks, take, from, to }: Crowd): Promise<void> {
  const closing = { now: false }
  const midway = Promise.withResolvers<void>()
  const third = Math.max(1, Math.floor((to - from) / 3))
  const come = async () => {
    for (let n = from + 1; n <= to; n += 1) {
      await take(n)
      if (n === from + third) await cutCentral(office).then(midway.resolve)
      if (n === from + third * 2) await restoreCentral(office, place)
    }
  }
  const morning = async () => {
    await Promise.all([come(), midway.promise.then(() => killWhilePrinting(office, place))])
    closing.now = true
  }
  await Promise.all([morning(), ...desks.map((desk) => serveCounter(desk, closing))])
}

/** A clerk at each counter but counter 2, whose station is going to be killed. */
async function openDesks(office: DemoOffice, watches: Watches, board: BoardWatch): Promise<readonly Desk[]> {
  const kiosk = await openScreen(office.stations.hub.child.ready.urls.kiosk ?? '')
  const procedures = await kiosk.client.kiosk.procedures()
  kiosk.close()
  const { counter = '', touchpad = '' } = office.stations['quay-3'].child.ready.urls
  const { origin } = new URL(counter)
  const browsers = browserCounters.map((id) => ({
    counter: `${origin}/counter.html#t=${office.tokens[`counter-${id}`]}`,
    touchpad: `${origin}/touchpad.html#t=${office.tokens[`touchpad-${id}`]}`,
  }))
  return Promise.all([{ counter, touchpad }, ...browsers].map((urls) => Desk.open(urls, procedures, watches, board)))
}

async function reckon(office: DemoOffice, place: DemoPlace, day: Day, from: number): Promise<Summary> {
  const { counted } = day
  const problems = [...problemsOf(counted), ...journalProblems(office)]
  const slips = readdirSync(place.slips, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(png|bin)$/.test(file))
  return {
    ok: problems.length === 0,
    seconds: Math.round((performance.now() - from) / 100) / 10,
    ...counted,
    faults: ['central-down', 'kill-9-while-printing'],
    latency: { issueToPrinterMs: day.watches.issueToPrinter.result(), callToBoardMs: day.watches.callToBoard.result() },
    screens: day.screens,
    slips: slips.map((file) => join(relative(day.out, place.slips), file)).toSorted(),
    problems,
  }
}

function problemsOf({ duplicates, lost, prints, tickets, dossiers }: Tally): readonly string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [duplicates.ticketNumbers === 0, `${duplicates.ticketNumbers} ticket numbers given twice`],
    [duplicates.dossierCodes === 0, `${duplicates.dossierCodes} dossier codes given twice`],
    [duplicates.events === 0, `${duplicates.events} events twice`],
    [lost === 0, `${lost} events not where they must be`],
    [prints.unknown >= 1, 'the killed print job was not noticed'],
    [prints.reprinted >= 1, 'the killed print job was not printed again'],
    [tickets > 0 && dossiers > 0, 'nothing happened'],
  ]
  return checks.flatMap(([holds, problem]) => (holds ? [] : [problem]))
}

function journalProblems(office: DemoOffice): readonly string[] {
  return Object.values(office.stations).flatMap(({ name, data }) => {
    const report = verifyFolder(data)
    return report?.ok ? [] : [`${name}: ${report?.problems.join('; ') ?? 'no journal'}`]
  })
}
