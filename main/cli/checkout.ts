import { existsSync, readdirSync, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout, or of the packaged program: the folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the built screens are. */
export const screensFolder = join(root, 'dist/renderer')

const sources = ['renderer', 'preload', 'main/domain', 'vite.config.ts', 'package-lock.json']

/** Latest change in a file or below a folder, ms; 0 when it isn't there. */
export function newest(path: string): number {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(mtimeMs, ...below.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

/** Whether dist/renderer is missing or older than what it is made of. Never in the packaged program, which has no sources. */
export function screensAreStale(): boolean {
  if (!existsSync(join(root, 'renderer'))) return false
  const built = existsSync(join(screensFolder, 'kiosk.html')) ? statSync(join(screensFolder, 'kiosk.html')).mtimeMs : 0
  return sources.some((source) => newest(join(root, source)) > built)
}

/** Builds the screens beside their place and moves them in, so that a running station never serves half of them. */
export async function buildScreens(): Promise<void> {
  const { build } = await import('vite')
  const fresh = `${screensFolder}.new-${process.pid}`
  await build({ root: join(root, 'renderer'), configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } })
  await rm(screensFolder, { recursive: true, force: true })
  await rename(fresh, screensFolder)
}
