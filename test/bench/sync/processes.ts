import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../../..')
const motcua = join(root, 'bin/motcua.js')

/** A receiving end in a process of its own. */
export interface Receiver {
  readonly url: string
  readonly key: string
  stop(): Promise<void>
}

/** A hub's journal and views in `dir`. */
export async function hubReceiver(dir: string): Promise<Receiver> {
  return { key: 'bench', ...(await running([join(import.meta.dirname, 'hub-process.ts'), dir])) }
}

/** The server of PouchDB in `dir`. */
export function pouchReceiver(dir: string): Promise<Omit<Receiver, 'key'>> {
  return running([join(import.meta.dirname, 'pouch-process.ts'), dir])
}

/** Where central keeps its data: a folder (PGlite) or PostgreSQL. */
export const place = (dir: string, url?: string): readonly string[] => (url === undefined ? ['--data', dir] : ['--data', dir, '--database-url', url])

/** Enrols an office with `motcua central enrol`; answers its key. */
export async function enrolled(office: string, at: readonly string[]): Promise<string> {
  const { child, line } = await firstLine([motcua, 'central', 'enrol', '--json', '--office', office, '--name', 'Bench', ...at])
  if (child.exitCode === null) await once(child, 'exit')
  return (line as { key: string }).key
}

/** `motcua central`, as it is run. */
export function centralReceiver(at: readonly string[]): Promise<Omit<Receiver, 'key'>> {
  return running([motcua, 'central', '--json', '--port', '0', ...at])
}

async function running(args: readonly string[]): Promise<Omit<Receiver, 'key'>> {
  const { child, line } = await firstLine(args)
  return {
    url: (line as { url: string }).url,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function firstLine(args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly line: unknown }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code} and said nothing`)))
  })
  return { child, line: JSON.parse(line) }
}
