import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('./central-command.ts', import.meta.url))

export interface CentralProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Every line of stdout so far. */
  readonly lines: readonly string[]
  /** Sends the signal; answers the exit code (null when killed) and how long the end took, ms. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>
}

/** Runs `motcua --json central …` and waits for its ready line. */
export async function centralProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CentralProcess> {
  const child = spawn(process.execPath, [command, '--json', 'central', ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  const lines: string[] = []
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      resolve((JSON.parse(line) as { url: string }).url)
    })
    void exited.then((code) => reject(new Error(`central ended with ${code} before it was ready`)))
  })
  return {
    url,
    child,
    lines,
    async end(signal) {
      const start = performance.now()
      child.kill(signal)
      return { code: await exited, ms: performance.now() - start }
    },
  }
}

/** Runs the command to its end. */
export async function centralOnce(args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string; readonly ms: number }> {
  const start = performance.now()
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err, ms: performance.now() - start }
}
