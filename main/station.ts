import { existsSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dataFiles, readConfig, type StationConfig } from './config.ts'
import { lockDataFolder } from './station/data-lock.ts'
import { openStation, type OpenStation, type Ready } from './station/open-station.ts'
import { sampleConfig } from './station/sample.ts'
import type { ServeWindow } from '#shell/host.ts'
import type { SecretStore } from '#vault/master-key.ts'

export interface StartOptions {
  readonly data?: string
  readonly config?: string
  readonly port?: number
  /** A folder without configuration becomes a sample office; else it is refused. */
  readonly sampleIfEmpty: boolean
  /** The operating system's secret store, where the host has one. */
  readonly secrets?: SecretStore
}

export interface RunningStation {
  readonly ready: Ready
  /** Another process holds this data folder; `ready` is what that one said. */
  readonly alreadyRunning: boolean
  /** Serves a window of this process; absent when another process holds the folder. */
  readonly serveWindow?: ServeWindow
  readonly close: () => Promise<void>
}

/** Thrown when a folder has no configuration and may not become a sample. */
export class NoConfigError extends Error {
  override readonly name = 'NoConfigError'
}

/** Starts the station of a data folder, once: a second start answers with the first one's addresses. */
export async function startStation(options: StartOptions): Promise<RunningStation> {
  const dir = resolve(options.data ?? 'data')
  const base = dataFiles(dir, false)
  const unlock = lockDataFolder(dir)
  if (!unlock) return { ready: readReady(base.running), alreadyRunning: true, close: () => Promise.resolve() }
  try {
    const held = new StationProcess(dir, options)
    const ready = await held.open(options.port)
    return {
      ready,
      alreadyRunning: false,
      serveWindow: held.serveWindow,
      close: async () => {
        await held.close()
        rmSync(base.running, { force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The station of this process over its restarts: one at a time, and back to the last configuration that worked when a new one does not. */
class StationProcess {
  readonly #dir: string
  readonly #options: StartOptions
  readonly #configFile: string
  #station: OpenStation | null = null
  /** What stood in the configuration file when the station last came up; null when there was none. */
  #worked: string | null = null
  #restarting: Promise<void> = Promise.resolve()
  #ended = false

  constructor(dir: string, options: StartOptions) {
    this.#dir = dir
    this.#options = options
    this.#configFile = options.config ? resolve(options.config) : dataFiles(dir, false).config
  }

  async open(port: number | undefined): Promise<Ready> {
    const config = withPort(configOf(this.#options, this.#configFile), port)
    const files = { ...dataFiles(this.#dir, config.sample), config: this.#configFile }
    this.#station = await openStation(config, files, { secrets: this.#options.secrets ?? null, restart: this.#restart })
    this.#worked = existsSync(this.#configFile) ? readFileSync(this.#configFile, 'utf8') : null
    writeFileSync(files.running, JSON.stringify(this.#station.ready), { mode: 0o600 })
    return this.#station.ready
  }

  /** A window that asks while the station is between two configurations is sent away, and asks again. */
  readonly serveWindow: ServeWindow = (port, kind) => (this.#station ? this.#station.serveWindow(port, kind) : port.close())

  async close(): Promise<void> {
    this.#ended = true
    await this.#restarting.catch(() => undefined)
    await this.#station?.close()
  }

  readonly #restart = (): Promise<void> => {
    this.#restarting = this.#restarting.catch(() => undefined).then(() => (this.#ended ? undefined : this.#reopen()))
    return this.#restarting
  }

  async #reopen(): Promise<void> {
    const before = this.#station
    this.#station = null
    await before?.close()
    // The same port, also when any free one was asked for: screens come back to it.
    const port = before?.port ?? this.#options.port
    try {
      await this.open(port)
    } catch (error) {
      if (this.#worked === null) rmSync(this.#configFile, { force: true })
      else writeFileSync(this.#configFile, this.#worked, { mode: 0o600, flush: true })
      await this.open(port)
      throw error
    }
  }
}

function configOf(options: StartOptions, file: string): StationConfig {
  const config = readConfig(file)
  if (config) return config
  if (!options.sampleIfEmpty || options.config) throw new NoConfigError(options.config ?? file)
  return sampleConfig()
}

function withPort(config: StationConfig, port: number | undefined): StationConfig {
  return port === undefined ? config : { ...config, listen: { ...config.listen, port } }
}

function readReady(file: string): Ready {
  if (!existsSync(file)) throw new Error(`${file}: the other process has not come up yet`)
  return JSON.parse(readFileSync(file, 'utf8')) as Ready
}
