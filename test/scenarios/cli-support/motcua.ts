import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../../bin/motcua.js', import.meta.url))

/** A zone far from Vietnam's: nothing may depend on the machine's. */
const env = { ...process.env, TZ: 'America/New_York', DISPLAY: '', WAYLAND_DISPLAY: '' }

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly ms: number
}

/** Runs `motcua …` to its end; kills it after `limitMs`, then `code` is null. */
export async function motcua(args: readonly string[], limitMs = 120_000): Promise<Ended> {
  const from = performance.now()
  const child = spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs, killSignal: 'SIGKILL' })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err, ms: performance.now() - from }
}

export interface Running<Ready> {
  readonly ready: Ready
  readonly child: ChildProcess
  /** Every line of stdout so far. */
  readonly lines: readonly string[]
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>
}

const running = new Set<ChildProcess>()

/** Starts `motcua … --json` and waits for its first line. */
export async function startMotcua<Ready>(args: readonly string[]): Promise<Running<Ready>> {
  const child = spawn(process.execPath, [bin, ...args, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const lines: string[] = []
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  void exited.then(() => running.delete(child))
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      if (lines.length === 1) resolve(JSON.parse(line) as Ready)
    })
    void exited.then((code) => reject(new Error(`${args.join(' ')}: ended with ${code} before it was ready\n${err}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    const from = performance.now()
    child.kill(signal)
    return { code: await exited, ms: performance.now() - from }
  }
  return { ready, child, lines, end }
}

/** Ends what a failed test left. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
