import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const cli = join(import.meta.dirname, '..', 'cli.ts')
const readyMs = 60_000

/** One `motcua …` process of the demo, known by its first line. */
export interface Child<T> {
  readonly ready: T
  readonly process: ChildProcess
  readonly send: (line: string) => void
  /** SIGTERM, and the exit; SIGKILL when it takes over ten seconds. */
  readonly stop: () => Promise<void>
  /** SIGKILL: what a power cut looks like to the process. */
  readonly kill: () => Promise<void>
}

/** Starts a command with `--json` and waits for its first line. stderr goes to a file beside the data. */
export async function startChild<T>(args: readonly string[], errors: string): Promise<Child<T>> {
  const child = spawn(process.execPath, [cli, '--json', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stderr.pipe(createWriteStream(errors, { flags: 'a' }))
  const ready = await firstLine<T>(child, args.join(' '))
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await exited
    clearTimeout(late)
  }
  return { ready, process: child, send: (line) => child.stdin.write(`${line}\n`), stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

function firstLine<T>(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${what}: not ready after ${readyMs / 1000} s`)), readyMs)
    const lines = createInterface({ input: child.stdout })
    lines.once('line', (line) => {
      clearTimeout(late)
      resolve(JSON.parse(line) as T)
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`${what}: ended with ${code} before it was ready`))
    })
  })
}
