import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { ChromiumHost } from '#shell/chromium.ts'
import { dataFolder, namedFolder } from '#shell/data-folder.ts'
import { findBrowser, hasDisplay } from '#shell/find-browser.ts'
import { buildScreens, root, screensAreStale, screensFolder } from './checkout.ts'
import { electronBinary, fetchElectron, whyNotFetchable } from './electron-binary.ts'
import { runStation, type StartStation } from './run-station.ts'
import { startErrorText } from './start-errors.ts'
import { startMessages, type Language } from './start-messages.ts'
import { addStartOptions, type StartOptions } from './start-options.ts'

/** The Electron program's exit code for "no window here, try the next host". */
export const noWindowExit = 75
/** Its exit code when the station itself failed; Electron's own failures (no display, missing library) end with others. */
export const stationFailedExit = 70

/** `motcua station`, also called `start`: what `npm start` does. */
export function registerStart(program: Command, dependencies: { readonly startStation: StartStation }): void {
  const command = program.command('station').alias('start').description('chạy máy này: Electron, hoặc trình duyệt của máy, hoặc in địa chỉ')
  addStartOptions(command).action(async (_: unknown, own: Command) => {
    const options = own.optsWithGlobals<StartOptions & { readonly lang?: string }>()
    process.exitCode = await start(options, options.lang === 'en' ? 'en' : 'vi', dependencies.startStation)
  })
}

const say = (message: string): void => void process.stderr.write(`${message}\n`)

/** Builds the screens of a checkout when they are older than their sources, then runs. Returns the exit code. */
export async function start(options: StartOptions, language: Language, startStation: StartStation): Promise<number> {
  if (screensAreStale()) {
    say(startMessages[language].building)
    await buildScreens().catch((error: Error) => keepOldScreens(error, language))
  }
  return runInHost(options, language, startStation)
}

/** Screens of an earlier build still serve (no bundler installed, a full disk); with none at all there is nothing to show. */
function keepOldScreens(error: Error, language: Language): void {
  if (!existsSync(join(screensFolder, 'kiosk.html'))) throw new Error(startMessages[language].noScreens(root, error.message.split('\n    at ')[0] ?? ''), { cause: error })
  say(startMessages[language].oldScreens(error.message))
}

/** Electron where it is or can be fetched, else the machine's browser, else no window but the addresses. Returns the exit code. */
export async function runInHost(options: StartOptions, language: Language, startStation: StartStation): Promise<number> {
  const messages = startMessages[language]
  const data = folderOf(options, language)
  const windows = options.headless !== true && hasDisplay()
  if (windows && options.electron) {
    const code = await inElectron(options, data, language)
    if (code !== noWindowExit) return code
  }
  const browser = windows ? findBrowser() : undefined
  const noWindows = options.headless === true ? '' : windows ? messages.noBrowser : messages.noDisplay
  return runStation({ data, options, language, startStation, ...(browser === undefined ? { noWindows } : { host: new ChromiumHost(browser, data) }) })
}

function folderOf({ data }: StartOptions, language: Language): string {
  try {
    return dataFolder(data)
  } catch (error) {
    throw new Error(startErrorText(error, namedFolder(data), language), { cause: error })
  }
}

async function inElectron(options: StartOptions, data: string, language: Language): Promise<number> {
  const messages = startMessages[language]
  const app = await electronApp(messages.fetching)
  if (!app) return noWindowExit
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const args = [app.folder, ...asArguments(options), '--data', data, '--lang', language, ...(asRoot ? ['--no-sandbox'] : [])]
  const child = spawn(app.binary, args, { stdio: 'inherit' })
  let stopping = false
  const relay = (signal: NodeJS.Signals): void => {
    stopping = true
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, relay)
  const code = await exitOf(child)
  for (const signal of signals) process.off(signal, relay)
  if (stopping) return 0
  if (code === noWindowExit) say(messages.electronFailed)
  return code
}

/** A binary that can't be run (wrong libc, missing library, no execute right), finds no display or crashes counts as no window. */
async function exitOf(child: ChildProcess): Promise<number> {
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code === stationFailedExit) return 1
    return code === 0 ? 0 : noWindowExit
  } catch {
    return noWindowExit
  }
}

/** Electron's program and the folder it runs, made or fetched when they aren't there; undefined when that can't be. */
async function electronApp(fetching: string): Promise<{ readonly binary: string; readonly folder: string } | undefined> {
  if (!existsSync(join(root, 'node_modules/electron'))) return undefined
  if (!electronBinary()) {
    if ((await whyNotFetchable()) !== undefined) return undefined
    say(fetching)
    if (!(await fetchElectron())) return undefined
  }
  const binary = electronBinary()
  const { buildAppTree } = await import('#build/app-tree.ts')
  return binary === undefined ? undefined : { binary, folder: await buildAppTree() }
}

function asArguments({ config, port, windowed, screens, json }: StartOptions): string[] {
  return [
    ...(config === undefined ? [] : ['--config', config]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(windowed ? ['--windowed'] : []),
    ...(screens ? ['--screens', screens.join(',')] : []),
    ...(json ? ['--json'] : []),
  ]
}
