import { spawn } from 'node:child_process'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** The wire of a simulated device that only talks. */
export interface OutPort {
  /** Address as a reader opens it. */
  readonly address: string
  readonly send: (bytes: Uint8Array) => Promise<void>
  /** Calls back whenever a reader connects; on a pty when the first one has opened it, or at once where the system doesn't tell. */
  readonly onReader: (callback: () => void) => void
  readonly stop: () => Promise<void>
}

/** Thrown when the place can't be opened; the message is for a technician. */
export class SimPortError extends Error {
  override readonly name = 'SimPortError'
}

async function waitForLink(path: string, gone: Promise<string>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await lstat(path).then(() => true, () => false)) return
    const ended = await Promise.race([gone, delay(20, null)])
    if (ended !== null) throw new SimPortError(`socat: ${ended}`)
  }
  throw new SimPortError(`no pty at ${path}`)
}

const none = (): string[] => []

/** Whether a process other than `except` holds the terminal open, as far as /proc shows. */
async function isHeld(terminal: string, except: number | undefined): Promise<boolean> {
  const pids = (await readdir('/proc').catch(none)).filter((name) => /^\d+$/.test(name) && Number(name) !== except)
  const held = await Promise.all(
    pids.map(async (pid) => {
      const open = await readdir(`/proc/${pid}/fd`).catch(none)
      const targets = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
      return targets.includes(terminal)
    }),
  )
  return held.includes(true)
}

/** Resolves when a reader has opened the pty. What was written before would be flushed away by its opening. */
async function waitForReader(path: string, except: number | undefined, stopped: AbortSignal): Promise<void> {
  if (process.platform !== 'linux') return
  const terminal = await readlink(path)
  while (!stopped.aborted && !(await isHeld(terminal, except))) await delay(100)
}

async function openPty(path: string): Promise<OutPort> {
  if (await lstat(path).then((found) => !found.isSymbolicLink(), () => false)) throw new SimPortError(`${path} exists and is no pty`)
  const socat = spawn('socat', [`PTY,rawer,link=${path}`, 'STDIO'], { stdio: ['pipe', 'ignore', 'pipe'] })
  const stopped = new AbortController()
  let said = ''
  socat.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = new Promise<string>((resolve) => {
    socat.once('error', (error) => resolve(error.message))
    socat.once('exit', (code) => resolve(said.trim() || `exit ${code ?? 'by signal'}`))
  })
  socat.stdin.on('error', () => socat.kill())
  await waitForLink(path, gone)
  const announce = async (callback: () => void) => {
    await waitForReader(path, socat.pid, stopped.signal)
    if (!stopped.signal.aborted) callback()
  }
  return {
    address: `serial:${path}`,
    send: (bytes) => new Promise((resolve) => void socat.stdin.write(bytes, () => resolve())),
    onReader: (callback) => void announce(callback),
    stop: async () => {
      stopped.abort()
      socat.kill()
      await gone
    },
  }
}

async function openTcpPort(host: string, port: number): Promise<OutPort> {
  const readers = new Set<Socket>()
  const callbacks: (() => void)[] = []
  const server = createServer((socket) => {
    readers.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => readers.delete(socket)).resume()
    for (const callback of callbacks) callback()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new SimPortError(error.message)))
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    address: `tcp://${host}:${bound !== null && typeof bound === 'object' ? bound.port : port}`,
    send: async (bytes) => {
      await Promise.all([...readers].map((socket) => new Promise<void>((resolve) => void socket.write(bytes, () => resolve()))))
    },
    onReader: (callback) => {
      callbacks.push(callback)
      if (readers.size > 0) callback()
    },
    stop: async () => {
      for (const socket of readers) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Opens `pty:PATH` or `tcp://HOST:PORT` (port 0: a free one). */
export async function openOutPort(at: string): Promise<OutPort> {
  const tcp = /^tcp:\/\/([^:/]+):(\d{1,5})$/.exec(at)
  if (tcp !== null) return openTcpPort(tcp[1] ?? '127.0.0.1', Number(tcp[2]))
  if (at.startsWith('pty:') && at.length > 4) return openPty(at.slice(4))
  throw new SimPortError(`not an address: ${at}`)
}
