import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './checkout.ts'

const packageFolder = join(root, 'node_modules/electron')
/** A site that answers at all does so well within this; an office without Internet must not wait longer at each start. */
const probeWithinMs = 2_500

/** Path of Electron's program, which is not part of its npm package; undefined while it hasn't been fetched. */
export function electronBinary(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const note = join(packageFolder, 'path.txt')
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[String(process.platform)]
  const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist'), name ?? 'electron')
  return existsSync(path) ? path : undefined
}

/** Electron's version as its npm package states it. */
export function electronVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version
}

/** Where the binary comes from: GitHub, or the mirror that `ELECTRON_MIRROR` names (as for Electron's own installer). */
export function electronSource(env: NodeJS.ProcessEnv = process.env): string {
  return env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com/electron/electron/releases/download/'
}

/**
 * Asks the source for the checksums of this very version.
 * @returns undefined when the binary can be fetched, else the reason in the system's words
 */
export async function whyNotFetchable(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const address = `${electronSource(env)}v${electronVersion()}/SHASUMS256.txt`
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(probeWithinMs) })
    return answer.ok ? undefined : `${address}: HTTP ${answer.status}`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `${address}: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}

/** Runs Electron's own installer, which checks the download against the checksums in its package. False when it failed. */
export async function fetchElectron(): Promise<boolean> {
  const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(installer, 'exit')) as [number | null]
  return code === 0 && electronBinary() !== undefined
}
