import { knock, openFrontDoor } from '#shell/front-door.ts'
import type { Host, ScreenKind, SecretBox, ServeWindow } from '#shell/host.ts'
import { startMessages, type Language } from './start-messages.ts'
import { startErrorText } from './start-errors.ts'
import { screenKinds, type StartOptions } from './start-options.ts'

/** What the station says when it can be used: the first line of `station --json`. */
export interface Ready {
  readonly ready: true
  readonly urls: Partial<Record<ScreenKind, string>>
  readonly station: string
  readonly sample: boolean
}

/** A station in this process, or the addresses of the one that holds the data folder already. */
export interface RunningStation {
  readonly ready: Ready
  readonly alreadyRunning: boolean
  /** For windows in this process; without it they use WebSocket like any other screen. */
  readonly serveWindow?: ServeWindow
  close(): Promise<void>
}

export type StartStation = (options: {
  readonly data?: string
  readonly config?: string
  readonly port?: number
  readonly sampleIfEmpty: boolean
  readonly secrets?: SecretBox
}) => Promise<RunningStation>

export interface Run {
  readonly data: string
  readonly options: StartOptions
  readonly language: Language
  readonly startStation: StartStation
  /** Absent: no display, no browser, or `--headless`. */
  readonly host?: Host
  /** Why there are no windows, said once the addresses are there. */
  readonly noWindows?: string
}

/**
 * Runs a station until its windows are closed or the process is told to end, then stores everything.
 * @returns the exit code
 */
export async function runStation(run: Run): Promise<number> {
  const { data, options, startStation } = run
  const ended = endSignal()
  const wanted = { data, sampleIfEmpty: true, ...pick(options), ...(run.host?.secrets ? { secrets: run.host.secrets } : {}) }
  const station = await startStation(wanted).catch((error: unknown) => {
    throw new Error(startErrorText(error, data, run.language), { cause: error })
  })
  if (station.serveWindow) run.host?.serveWindows?.(station.serveWindow)
  announce(run, station)
  try {
    if (station.alreadyRunning) await visit(run, station.ready, ended)
    else await serve(run, station.ready, ended)
  } finally {
    await run.host?.quit()
    await station.close()
  }
  return 0
}

async function serve({ data, host, options, language }: Run, ready: Ready, ended: Promise<void>): Promise<void> {
  const door = await openFrontDoor(data, () => (host ? host.focus() : Promise.reject(new Error('no windows here'))))
  const shown = host !== undefined && (await openWindows(host, ready, options, language))
  await (shown ? Promise.race([ended, host.closed]) : ended)
  await door.close()
}

/** A second start: the first one comes to the front; if it has no windows of its own, its pages are shown from here. */
async function visit({ data, host, options, language }: Run, ready: Ready, ended: Promise<void>): Promise<void> {
  if (host === undefined || (await knock(data))) return
  if (await openWindows(host, ready, options, language)) await Promise.race([ended, host.closed])
}

/** False, and said on stderr, when the browser would not open: the addresses serve all the same. */
async function openWindows(host: Host, ready: Ready, options: StartOptions, language: Language): Promise<boolean> {
  const wanted = options.screens ?? (ready.sample ? screenKinds.filter((kind) => kind !== 'supervisor') : screenKinds)
  const screens = wanted.flatMap((kind) => (ready.urls[kind] === undefined ? [] : [{ kind, url: ready.urls[kind] }]))
  const fullscreen = !ready.sample && options.windowed !== true
  try {
    const beside = screens.map(({ kind }) => kind)
    for (const { kind, url } of screens) {
      const alone = fullscreen && kind !== 'counter' && kind !== 'supervisor'
      await host.openWindow(kind, url, { fullscreen: alone, beside })
    }
    return screens.length > 0
  } catch (error) {
    process.stderr.write(`${startMessages[language].noWindow(error instanceof Error ? error.message : String(error))}\n`)
    return false
  }
}

function announce({ options, language, noWindows }: Run, { ready, alreadyRunning }: RunningStation): void {
  if (noWindows) process.stderr.write(`${noWindows}\n`)
  if (options.json) {
    process.stdout.write(`${JSON.stringify(ready)}\n`)
    return
  }
  const say = startMessages[language]
  const lines = screenKinds.flatMap((kind) => (ready.urls[kind] === undefined ? [] : [`  ${say.screens[kind].padEnd(26)}${ready.urls[kind]}`]))
  process.stdout.write(`${alreadyRunning ? say.alreadyRunning(ready.station) : say.running(ready.station, ready.sample)}\n${lines.join('\n')}\n`)
  if (ready.sample) process.stdout.write(`${say.trySample}\n`)
}

function pick({ config, port }: StartOptions): { readonly config?: string; readonly port?: number } {
  return { ...(config === undefined ? {} : { config }), ...(port === undefined ? {} : { port }) }
}

/** Settles at the first signal to end; a second one ends the process at once, as everywhere. */
function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
