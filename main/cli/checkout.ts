import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout, or of the packaged program: the folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the built screens are. */
export const screensFolder = join(root, 'dist/renderer')

const sources = ['renderer', 'preload', 'main/domain', 'vite.config.ts', 'package-lock.json']

/** Latest change in a file or below a folder, ms; 0 when it isn't there. What a build makes itself (`generated/`) is no change. */
export function newest(path: string): number {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && basename(entry.parentPath) !== 'generated')
  return Math.max(mtimeMs, ...below.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

/** Whether dist/renderer is missing or older than what it is made of. Never in the packaged program, which has no sources. */
export function screensAreStale(): boolean {
  if (!existsSync(join(root, 'renderer'))) return false
  const built = existsSync(join(screensFolder, 'kiosk.html')) ? statSync(join(screensFolder, 'kiosk.html')).mtimeMs : 0
  return sources.some((source) => newest(join(root, source)) > built)
}

/**
 * Builds the screens beside their place and moves them in, so that a running station never serves half of them. In a process of its own:
 * the bundler's memory must not stay with the station. Whoever builds (a test, too), it is what users get. Throws with the bundler's last words.
 */
export async function buildScreens(): Promise<void> {
  const begun = new Date()
  const fresh = `${screensFolder}.new-${process.pid}`
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', '--logLevel', 'error', '--outDir', fresh, '--emptyOutDir']
  const child = spawn(process.execPath, [vite, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(words.trim() || `vite build: ${code}`)
  // What was edited while the bundler read is newer than this.
  utimesSync(join(fresh, 'kiosk.html'), begun, begun)
  moveInto(fresh, screensFolder)
}

/** Puts a finished folder in the place of the old one; when another start was quicker, its folder is as good as ours. */
export function moveInto(fresh: string, place: string): void {
  rmSync(place, { recursive: true, force: true })
  try {
    renameSync(fresh, place)
  } catch (error) {
    if (!existsSync(place)) throw error
    rmSync(fresh, { recursive: true, force: true })
  }
}
