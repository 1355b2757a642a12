import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildScreens, screensAreStale } from '#cli/checkout.ts'
import { startChild } from '#main/demo/processes.ts'
import { openScreen } from '#main/demo/client.ts'
import { writeConfig, type StationConfig } from '#main/config.ts'
import { sampleConfig } from '#main/station/sample.ts'

interface Ready {
  readonly urls: Readonly<Record<string, string>>
}

/** A station in a process of its own, as it is used: a sample office, so that it takes tickets at any hour. */
export async function startStationProcess(dir: string, change: Partial<StationConfig> = {}) {
  // Screens that are older than their sources would be built first: that is no part of any figure.
  if (screensAreStale()) await buildScreens()
  writeConfig(join(dir, 'station.json'), { ...sampleConfig(), listen: { host: '127.0.0.1', port: 0, publicHost: null }, ...change })
  const from = performance.now()
  const child = await startChild<Ready>(['station', '--data', dir, '--headless', '--port', '0'], join(dir, 'errors.log'))
  const readyMs = performance.now() - from
  const tokens = JSON.parse(readFileSync(join(dir, 'sample', 'tokens.json'), 'utf8')) as Readonly<Record<string, string>>
  const base = Object.values(child.ready.urls)[0]?.split('/').slice(0, 3).join('/') ?? ''
  const urlOf = (screen: string) => `${base}/${screen.split('-')[0]}.html#t=${tokens[screen]}`
  return {
    /** From the start of the process to its first line, ms. */
    readyMs,
    urlOf,
    /** Opens a screen by its name: `kiosk`, `board`, `counter-3`. */
    open: (screen: string) => openScreen(urlOf(screen)),
    /** Memory of the process alone, its share of shared pages included, MB. Linux only. */
    pss: () => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.process.pid}/smaps_rollup`, 'utf8'))?.[1]) / 1_024,
    signal: (signal: NodeJS.Signals) => child.process.kill(signal),
    stop: child.stop,
  }
}

export type StationProcess = Awaited<ReturnType<typeof startStationProcess>>
