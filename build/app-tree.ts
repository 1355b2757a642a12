import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { moveInto, newest, root, screensFolder } from '#cli/checkout.ts'

/** Folders of the station that Electron runs, with the data files that lie in them. */
const folders = ['main', 'preload', 'native', 'central']
const target = join(root, 'dist/app')
const skipped = /\.test\.tsx?$|(^|\/)(fixtures|__fixtures__)\/|tsconfig\.json$/

/**
 * `./x.ts` and `#layer/x.ts` in quotes → `.js`: imports, but also workers and `new URL('./x.ts', import.meta.url)`. File for file and line for
 * line, so that everything found by a relative path under Node is found in the packaged program too; no bundle to be surprised by.
 */
export function toJavaScript(source: string): string {
  return stripTypeScriptTypes(source).replace(/(['"])((?:\.{1,2}\/|#)[^'"\n]*)\.ts\1/g, '$1$2.js$1')
}

/**
 * Makes dist/app, the folder that Electron runs and electron-builder packs: the sources without their types, the screens, the preload
 * script in the one file that a sandboxed window can load. Does nothing when it is newer than all of these.
 * @returns its path
 */
export async function buildAppTree(): Promise<string> {
  const stamp = join(target, 'package.json')
  const inputs = [...folders.map((folder) => join(root, folder)), screensFolder, join(root, 'package.json')]
  if (existsSync(stamp) && inputs.every((input) => newest(input) < newest(stamp))) return target
  const fresh = `${target}.new-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  for (const folder of folders) copyFolder(folder, fresh)
  cpSync(screensFolder, join(fresh, 'dist/renderer'), { recursive: true })
  await buildPreload(join(fresh, 'preload'))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>
  writeFileSync(join(fresh, 'package.json'), `${JSON.stringify({ ...manifest, main: 'main/electron-main.js' }, null, 2)}\n`)
  moveInto(fresh, target)
  return target
}

function copyFolder(folder: string, fresh: string): void {
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name)
    const path = from.slice(root.length).replaceAll('\\', '/')
    if (!entry.isFile() || skipped.test(path)) continue
    const to = join(fresh, path)
    mkdirSync(dirname(to), { recursive: true })
    if (path.endsWith('.ts')) writeFileSync(to.replace(/\.ts$/, '.js'), toJavaScript(readFileSync(from, 'utf8')))
    else cpSync(from, to)
  }
}

/** A sandboxed preload script is CommonJS in one file, with nothing to require but `electron`. */
async function buildPreload(outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'chrome140',
      minify: false,
      lib: { entry: join(root, 'preload/electron.ts'), formats: ['cjs'], fileName: () => 'electron.cjs' },
      rollupOptions: { external: ['electron'] },
    },
  })
}
