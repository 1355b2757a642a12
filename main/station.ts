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
  let station: OpenStation | null = null
  const open = async () => {
    const config = withPort(configOf(options, base.config), options.port ?? station?.port)
    station = await openStation(config, dataFiles(dir, config.sample), { secrets: options.secrets ?? null, restart })
    writeFileSync(base.running, JSON.stringify(station.ready), { mode: 0o600 })
    return station
  }
  const restart = async () => {
    await station?.close()
    await open()
  }
  try {
    const { ready } = await open()
    return {
      ready,
      alreadyRunning: false,
      serveWindow: (port, kind) => station?.serveWindow(port, kind),
      close: async () => {
        await station?.close()
        rmSync(base.running, { force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function configOf(options: StartOptions, own: string): StationConfig {
  const config = readConfig(options.config ? resolve(options.config) : own)
  if (config) return config
  if (!options.sampleIfEmpty || options.config) throw new NoConfigError(options.config ?? own)
  return sampleConfig()
}

function withPort(config: StationConfig, port: number | undefined): StationConfig {
  return port === undefined ? config : { ...config, listen: { ...config.listen, port } }
}

function readReady(file: string): Ready {
  if (!existsSync(file)) throw new Error(`${file}: the other process has not come up yet`)
  return JSON.parse(readFileSync(file, 'utf8')) as Ready
}
