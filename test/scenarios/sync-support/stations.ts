import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { writeConfig, type StationConfig } from '#main/config.ts'
import type { Dossier } from '#domain/dossier.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { openScreen } from '#main/demo/client.ts'
import { startStation, type RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'

const listen = { host: '127.0.0.1', port: 0, publicHost: null }
export const tokenOf = (name: string): string => `token-of-the-station-${name}`

/** An office of real stations in a temporary folder: a hub and counters, each with a data folder of its own. */
export class TestOffice {
  readonly dir = mkdtempSync(join(tmpdir(), 'motcua-office-'))
  readonly #running = new Map<string, RunningStation>()

  /** The data folder of a station, and where its sample journal lies in it. */
  folder = (name: string): string => join(this.dir, name)
  journalFile = (name: string): string => join(this.dir, name, 'sample', 'journal.db')

  hub(counters: readonly string[], config: Partial<StationConfig> = {}): Promise<RunningStation> {
    const stations = counters.map((id) => ({ id, token: tokenOf(id), counters: null }))
    return this.start('hub', { station: { id: 'hub', name: 'Sảnh' }, roles: ['hub', 'kiosk', 'supervisor'], counter: null, stations, ...config })
  }

  /** A counter linked to the running hub; `as` when it works in another folder than the one of its name. */
  counter(name: string, number: number, as = name): Promise<RunningStation> {
    const hub = this.running('hub')
    return this.start(as, { station: { id: name, name }, roles: ['counter', 'supervisor'], counter: number, hub: { url: new URL(hub.ready.urls.kiosk ?? '').origin, token: tokenOf(name) } })
  }

  async start(name: string, config: Partial<StationConfig>): Promise<RunningStation> {
    const data = this.folder(name)
    mkdirSync(data, { recursive: true })
    writeConfig(join(data, 'station.json'), { ...sampleConfig(), listen, ...config })
    const station = await startStation({ data, sampleIfEmpty: false })
    this.#running.set(name, station)
    return station
  }

  running(name: string): RunningStation {
    const station = this.#running.get(name)
    if (!station) throw new Error(`${name} does not run`)
    return station
  }

  async stop(name: string): Promise<void> {
    await this.#running.get(name)?.close()
    this.#running.delete(name)
  }

  async close(): Promise<void> {
    for (const name of [...this.#running.keys()].toReversed()) await this.stop(name)
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** Reads a station's journal from outside. */
  query<Row>(name: string, sql: string, ...values: readonly string[]): readonly Row[] {
    const db = new Database(this.journalFile(name), { readonly: true })
    try {
      return db.prepare<unknown[], Row>(sql).all(...values)
    } finally {
      db.close()
    }
  }
}

/** A clerk takes in the `n`th citizen's dossier at a running counter, as the screen would. */
export async function accept(counter: RunningStation, n: number): Promise<Dossier> {
  const { client, close } = await openScreen(counter.ready.urls.counter ?? '')
  try {
    const procedure = (await client.counter.procedures()).find(({ code }) => code === '2.002516')
    if (!procedure) throw new Error('no such procedure')
    return (await client.counter.accept({ commandId: randomUUID(), ...intakeForm({ ...procedure, service: '', together: [] }, n, ''), ticketId: null })).dossier
  } finally {
    close()
  }
}
