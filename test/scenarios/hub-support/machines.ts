import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parseLocal } from '#domain/local-time.ts'
import { openScreen } from '#main/demo/client.ts'
import { startChild, type Child } from '#main/demo/processes.ts'
import { sampleConfig } from '#main/station/sample.ts'
import type { Ready } from '#main/station/open-station.ts'
import type { Connection } from '#preload/bridge/connection.ts'

const command = join(import.meta.dirname, '..', '..', '..', 'main', 'cli.ts')
/** A Monday morning, so that a real office is open. */
const clockOffsetMs = (parseLocal('2026-11-23T09:00') ?? 0) - Date.now()

export interface Ran {
  readonly code: number
  readonly json: Readonly<Record<string, unknown>>
  readonly stderr: string
}

/** Runs `motcua … --json` to its end. */
export function motcua(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args, '--json'], (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? 1) : 0
      resolve({ code, json: stdout.trim() ? (JSON.parse(stdout) as Ran['json']) : {}, stderr })
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The machines of a real office, each a process with a data folder and a port of its own, paired by code over TLS. */
export class Machines {
  readonly dir = mkdtempSync(join(tmpdir(), 'motcua-machines-'))
  readonly #running = new Map<string, Child<Ready>>()
  readonly #screens: Connection[] = []
  hubPort = 0

  folder = (name: string): string => join(this.dir, name)

  async makeHub(name = 'may-chu'): Promise<void> {
    this.hubPort = await freePort()
    const config = {
      ...sampleConfig(), sample: false, printer: null, scanner: null, clockOffsetMs, counter: null,
      station: { id: name, name }, roles: ['hub', 'supervisor'], listen: { host: '0.0.0.0', port: this.hubPort, publicHost: null },
    }
    mkdirSync(this.folder(name), { recursive: true })
    writeFileSync(join(this.folder(name), 'station.json'), JSON.stringify(config))
  }

  /** Pairs a machine with the hub in `at`, by a code that is opened there. */
  async pair(name: string, purpose: string, at = 'may-chu', port?: number): Promise<Ran> {
    const opened = await motcua('hub', 'code', '--for', purpose, '--data', this.folder(at))
    const hub = `127.0.0.1:${port ?? this.hubPort}`
    const paired = await motcua('station', 'pair', '--code', String(opened.json['code']), '--hub', hub, '--name', name, '--port', String(await freePort()), '--data', this.folder(name))
    if (paired.code === 0) this.#setClock(name)
    return paired
  }

  #setClock(name: string): void {
    const file = join(this.folder(name), 'station.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...config, clockOffsetMs }))
  }

  async start(name: string): Promise<Child<Ready>> {
    const child = await startChild<Ready>(['station', '--headless', '--data', this.folder(name)], join(this.dir, `${name}.log`))
    this.#running.set(name, child)
    return child
  }

  async kill(name: string): Promise<void> {
    await this.#running.get(name)?.kill()
    this.#running.delete(name)
  }

  /** A screen of a running machine. */
  async screen(name: string, kind: 'counter' | 'kiosk' | 'supervisor'): Promise<Connection> {
    const url = this.#running.get(name)?.ready.urls[kind]
    const screen = await openScreen(url ?? '')
    this.#screens.push(screen)
    return screen
  }

  async close(): Promise<void> {
    for (const screen of this.#screens) screen.close()
    await Promise.all([...this.#running.values()].map((child) => child.stop()))
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** The port on which a machine listens. */
  portOf = (name: string): number => (JSON.parse(readFileSync(join(this.folder(name), 'station.json'), 'utf8')) as { listen: { port: number } }).listen.port

  /** Reads a machine's journal from outside. */
  query<Row>(name: string, sql: string, ...values: readonly unknown[]): readonly Row[] {
    const db = new Database(join(this.folder(name), 'journal.db'), { readonly: true })
    try {
      return db.prepare<unknown[], Row>(sql).all(...values)
    } finally {
      db.close()
    }
  }
}
