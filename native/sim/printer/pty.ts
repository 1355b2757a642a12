import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

let opened = 0

/** The far end of a pty, held by a `socat` child (Node can't make one itself). */
export interface Pty {
  readonly child: ChildProcess
  /** Pulls the plug. */
  kill(): Promise<void>
}

/**
 * Makes a pty that appears at `path`; throws when `socat` isn't installed. An ending `socat` removes its link by name, also the one of a successor, so each
 * gets a name of its own and `path` is our link.
 */
export async function openPty(path: string, onData: (bytes: Uint8Array) => void): Promise<Pty> {
  const own = `${path}.${process.pid}-${(opened += 1)}`
  const child = spawn('socat', [`PTY,link=${own},rawer,echo=0`, 'STDIO'], { stdio: ['pipe', 'pipe', 'ignore'] })
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
  for (let tries = 0; !existsSync(own); tries++) {
    if (failure || child.exitCode !== null || tries > 400) throw new Error(`no pty at ${path}: socat did not make one`, { cause: failure })
    await sleep(5)
  }
  rmSync(path, { force: true })
  symlinkSync(readlinkSync(own), path)
  return {
    child,
    async kill() {
      child.kill('SIGKILL')
      await ended
      rmSync(own, { force: true })
      rmSync(path, { force: true })
    },
  }
}
