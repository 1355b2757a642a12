import { createServer, type Socket } from 'node:net'
import { openPty, type Pty } from '../printer/pty.ts'
import { parseFaults, type Faults } from './fault.ts'
import { TerminalSim, type Plug, type TerminalSimOptions } from './terminal.ts'

export interface ZvtSimOptions extends Omit<TerminalSimOptions, 'framed'> {
  /** `tcp://host:port` (port 0: any) or `pty:PATH`. */
  readonly at: string
}

export interface ZvtSim {
  /** For a driver: `tcp://…` or `serial:PATH`. */
  readonly address: string
  stop(): Promise<void>
}

const darkMs = 500

/** Pulls the plug of one connection; it can't be put in again before `forMs` are over. */
type Cut = (forMs: number) => void

/** The terminal with its power switch, and with faults that strike once. */
class Site {
  readonly #options: TerminalSimOptions
  readonly #faults: Faults
  #sim: TerminalSim
  #counted = { in: 0, out: 0 }
  #struck = false
  #lit: NodeJS.Timeout | undefined
  isDark = false

  constructor(options: TerminalSimOptions) {
    this.#options = options
    this.#faults = parseFaults(options.fault ?? null)
    this.#sim = new TerminalSim(options)
  }

  plug(write: (bytes: Uint8Array) => void, cut: Cut): Plug {
    const pass = (direction: 'in' | 'out', bytes: Uint8Array, on: (bytes: Uint8Array) => void): void => {
      const room = this.#struck ? bytes.length : Math.min(bytes.length, this.#left(direction))
      this.#counted[direction] += room
      if (room > 0) on(bytes.subarray(0, room))
      if (room < bytes.length) this.#strike(direction, cut)
    }
    const plug = this.#sim.plug((bytes) => pass('out', bytes, write))
    return { take: (bytes) => pass('in', bytes, (some) => plug.take(some)), out: () => plug.out() }
  }

  off(): void {
    clearTimeout(this.#lit)
    this.#sim.die()
  }

  #left(direction: 'in' | 'out'): number {
    const { cutIn, cutOut, powerLoss } = this.#faults
    const line = (direction === 'in' ? cutIn : cutOut) ?? Infinity
    return Math.min(line - this.#counted[direction], (powerLoss ?? Infinity) - this.#counted.in - this.#counted.out)
  }

  #strike(direction: 'in' | 'out', cut: Cut): void {
    this.#struck = true
    const line = (direction === 'in' ? this.#faults.cutIn : this.#faults.cutOut) ?? Infinity
    if (this.#counted[direction] >= line) return cut(0)
    this.#sim.die()
    this.isDark = true
    this.#lit = setTimeout(() => {
      this.#sim = new TerminalSim(this.#options)
      this.isDark = false
    }, darkMs)
    cut(darkMs)
  }
}

/** Starts a simulated ZVT terminal. It shares no code with the driver. */
export async function startZvtSim(options: ZvtSimOptions): Promise<ZvtSim> {
  const pty = options.at.startsWith('pty:')
  const site = new Site({ ...options, framed: pty })
  const served = pty ? await servePty(options.at.slice(4), site) : await serveTcp(options.at, site)
  return {
    address: served.address,
    async stop() {
      site.off()
      await served.stop()
    },
  }
}

async function serveTcp(at: string, site: Site): Promise<ZvtSim> {
  const where = /^tcp:\/\/(.+):(\d+)$/.exec(at)
  if (!where?.[1]) throw new RangeError(`not an address: ${at}`)
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    if (site.isDark) return void socket.destroy()
    sockets.add(socket)
    // what was written before a cut still arrives
    const plug = site.plug((bytes) => void (socket.writable && socket.write(bytes)), () => socket.end(() => socket.destroy()))
    socket.on('data', (bytes) => plug.take(bytes))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      plug.out()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(where[2]), where[1]?.replaceAll(/[[\]]/g, ''), resolve)
  })
  const bound = server.address()
  return {
    address: `tcp://${where[1]}:${typeof bound === 'object' && bound ? bound.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

async function servePty(path: string, site: Site): Promise<ZvtSim> {
  let pty: Pty | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    const plug = site.plug(
      (bytes) => void pty?.child.stdin?.write(bytes),
      (forMs) => {
        plug.out()
        // what was written before the cut still arrives
        setTimeout(() => void pty?.kill().then(() => setTimeout(() => (stopped ? undefined : void open()), forMs)), 20)
      },
    )
    pty = await openPty(path, (bytes) => plug.take(bytes))
  }
  await open()
  return {
    address: `serial:${path}`,
    async stop() {
      stopped = true
      await pty?.kill()
    },
  }
}
