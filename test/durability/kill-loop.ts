import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import type { Connection } from '#preload/bridge/connection.ts'
import { verifyFolder } from '#cli/verify.ts'
import { id, openScreen } from '#main/demo/client.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { drained, restoreCentral } from '#main/demo/faults.ts'
import { closeOffice, openOffice, type DemoOffice, type DemoPlace, type DemoStation } from '#main/demo/office.ts'
import { startChild } from '#main/demo/processes.ts'
import type { Ready } from '#main/station/open-station.ts'
import { seeded } from './disk.ts'

export interface KillReport {
  readonly kills: Readonly<Record<Victim, number>>
  readonly acknowledged: { readonly tickets: number; readonly dossiers: number }
  /** In words; empty when everything acknowledged is everywhere, once. */
  readonly faults: readonly string[]
}

const victims = ['hub', 'quay-2', 'central'] as const
type Victim = (typeof victims)[number]

/** What was acknowledged, while the loop runs. */
class Work {
  readonly tickets = new Map<string, string>()
  readonly codes: string[] = []
  readonly #place: (victim: 'kiosk' | 'counter') => string
  #ended = false

  constructor(place: (screen: 'kiosk' | 'counter') => string) {
    this.#place = place
  }

  /** Takes numbers at the kiosk and dossiers at a counter until `end`; what broke in between is asked for again under the same id. */
  async run(): Promise<void> {
    await Promise.all([this.#kiosk(), this.#counter()])
  }

  end(): void {
    this.#ended = true
  }

  async #kiosk(): Promise<void> {
    while (!this.#ended) {
      const commandId = id()
      const issue = { commandId, service: 'A', procedure: '2.002516', priority: null, papers: [], print: false }
      const answer = await this.#persist('kiosk', ({ client }) => client.kiosk.issue(issue))
      if (answer) this.tickets.set(answer.ticket.id, answer.ticket.number)
      await sleep(10)
    }
  }

  async #counter(): Promise<void> {
    for (let n = 0; !this.#ended; n += 1) {
      const commandId = id()
      const answer = await this.#persist('counter', async ({ client }) => {
        const procedure = (await client.counter.procedures()).find((one) => one.code === '2.002516')
        if (!procedure) throw new Error('the catalogue is empty')
        return client.counter.accept({ commandId, ...intakeForm({ ...procedure, service: 'A', together: [] }, n, ''), ticketId: null })
      })
      if (answer) this.codes.push(answer.dossier.code)
      await sleep(30)
    }
  }

  /** Until it is answered, over as many connections as it takes; undefined at the end of the run. */
  async #persist<T>(screen: 'kiosk' | 'counter', ask: (connection: Connection) => Promise<T>): Promise<T | undefined> {
    while (!this.#ended) {
      const opened = await safe(openScreen(this.#place(screen)))
      if (!opened.isSuccess) {
        await sleep(50)
        continue
      }
      const answer = await safe(ask(opened.data))
      opened.data.close()
      if (answer.isSuccess) return answer.data
      await sleep(20)
    }
    return undefined
  }
}

/** Real processes, killed with SIGKILL one after the other at random moments while they work and send (R1). */
export async function killLoop(work: string, kills: number, seed: number): Promise<KillReport> {
  const place: DemoPlace = { work, slips: join(work, 'slips'), clockOffsetMs: 0 }
  const office = await openOffice(place)
  const random = seeded(seed)
  const counts: Record<Victim, number> = { hub: 0, 'quay-2': 0, central: 0 }
  const load = new Work((screen) => (screen === 'kiosk' ? office.stations.hub.child.ready.urls.kiosk : office.stations['quay-2'].child.ready.urls.counter) ?? '')
  const running = load.run()
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(50 + random() * 600)
      const victim = victims[Math.floor(random() * victims.length)] ?? 'hub'
      counts[victim] += 1
      await strike(office, place, victim)
    }
    await sleep(1_000)
    load.end()
    await running
    const { counted } = await drained(office, 60_000)
    const doubled = Object.entries(counted.duplicates).filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what} twice`)
    await closeOffice(office)
    return {
      kills: counts,
      acknowledged: { tickets: load.tickets.size, dossiers: load.codes.length },
      faults: [...doubled, ...missing(office, load), ...Object.values(office.stations).flatMap(unsound)],
    }
  } finally {
    load.end()
    await closeOffice(office)
  }
}

async function strike(office: DemoOffice, place: DemoPlace, victim: Victim): Promise<void> {
  if (victim === 'central') {
    await office.central.kill()
    return restoreCentral(office, place)
  }
  const station = office.stations[victim]
  const { port } = new URL(station.child.ready.urls.supervisor ?? '')
  await station.child.kill()
  // The same port: its screens and stations come back to it.
  station.child = await startChild<Ready>([...station.args, '--port', port], join(place.work, 'processes.log'))
}

/** What was acknowledged and is not in the hub's journal, which holds the whole office. */
function missing(office: DemoOffice, { tickets, codes }: Work): readonly string[] {
  const db = new Database(join(office.stations.hub.data, 'sample', 'journal.db'), { readonly: true })
  const times = db.prepare<[string, string]>('SELECT count(*) FROM events WHERE type = ? AND subject = ?').pluck()
  const wrong = (type: string, subjects: readonly string[]) => subjects.filter((subject) => times.get(type, subject) !== 1).map((subject) => `${type} ${subject}: ${String(times.get(type, subject))} times`)
  const faults = [...wrong('ticket.issued', [...tickets.keys()]), ...wrong('dossier.accepted', codes)]
  db.close()
  const twice = tickets.size - new Set(tickets.values()).size
  return twice === 0 ? faults : [...faults, `${twice} numbers given twice`]
}

function unsound(station: DemoStation): readonly string[] {
  const report = verifyFolder(station.data)
  return report === null ? [`${station.name}: no journal`] : report.ok ? [] : report.problems.map((problem) => `${station.name}: ${problem}`)
}
