import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The far end of a pty, held by a `socat` child (Node can't make one itself). */
export interface Pty {
  readonly child: ChildProcess
  /** Pulls the plug. */
  kill(): Promise<void>
}

/** Makes a pty that appears at `path`; throws when `socat` isn't installed. */
export async function openPty(path: string, onData: (bytes: Uint8Array) => void): Promise<Pty> {
  rmSync(path, { force: true })
  const child = spawn('socat', [`PTY,link=${path},rawer,echo=0`, 'STDIO'], { stdio: ['pipe', 'pipe', 'ignore'] })
  let failure: Error | null = null
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      failure = error
      resolve()
    })
  })
  child.stdout.on('data', onData)
  child.stdin.on('error', () => undefined)
  for (let tries = 0; !existsSync(path); tries++) {
    if (failure || child.exitCode !== null || tries > 400) throw new Error(`no pty at ${path}: socat did not make one`, { cause: failure })
    await sleep(5)
  }
  return {
    child,
    async kill() {
      child.kill('SIGKILL')
      await ended
      rmSync(path, { force: true })
    },
  }
}
