import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { Lexer } from './lexer.ts'
import { Machine, type FinishedSheet, type Port } from './machine.ts'
import { openPty, type Pty } from './pty.ts'

export interface PrinterSimOptions {
  /** `tcp://host:port` (port 0: any) or `pty:PATH`. */
  readonly at: string
  readonly widthDots?: number
  readonly dpi?: number
  /** Each slip as `.png` and `.bin` goes here; null: nothing is written. */
  readonly outDir?: string | null
  /** See `faultNames`. */
  readonly fault?: string | null
}

/** A slip that came out of the simulated printer. */
export interface SimSlip {
  /** Lines as the interpreter reads them back, letter by letter; pictures and codes in square brackets. */
  readonly lines: readonly string[]
  readonly text: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly png: Buffer
  /** Where it was written, or null. */
  readonly files: { readonly png: string; readonly bin: string } | null
}

export interface PrinterSim {
  /** For our own `openTransport`: `tcp://…` or `serial:PATH`. */
  readonly address: string
  readonly slips: readonly SimSlip[]
  /** What it did besides printing, in order: `drawer 0 50/500 ms`, `beep 2`. */
  readonly acts: readonly string[]
  /** How often its picture memory was written. */
  memoryWrites(): number
  setFault(fault: string | null): void
  /** Resolves when `count` slips are out; rejects after `timeoutMs` (default 10,000). */
  waitForSlips(count: number, timeoutMs?: number): Promise<readonly SimSlip[]>
  stop(): Promise<void>
}

const idleMs = 400

interface Connection extends Port {
  take(bytes: Uint8Array): void
}

/** Starts a simulated ESC/POS printer that draws what it prints. It shares no code with the driver. */
export async function startPrinterSim(options: PrinterSimOptions): Promise<PrinterSim> {
  const slips: SimSlip[] = []
  const waiting = new Set<() => void>()
  const width = options.widthDots ?? 576
  const outDir = options.outDir ?? null
  let idle: NodeJS.Timeout | null = null
  if (outDir) mkdirSync(outDir, { recursive: true })

  const finished = ({ strip, lines, bytes }: FinishedSheet): void => {
    const png = strip.toPng()
    const base = outDir ? join(outDir, `slip-${String(slips.length + 1).padStart(4, '0')}`) : null
    const files = base ? { png: `${base}.png`, bin: `${base}.bin` } : null
    if (files) {
      writeFileSync(files.png, png)
      writeFileSync(files.bin, bytes)
    }
    slips.push({ lines, text: lines.join('\n'), bytes, width, height: strip.height, png, files })
    for (const check of waiting) check()
  }
  const machine = new Machine(width, options.dpi ?? 203, finished)
  machine.setFault(options.fault ?? null)

  const connection = (answer: (bytes: Uint8Array) => void, busy: (stop: boolean) => void, die: () => void): Connection => {
    const lexer = new Lexer()
    const port: Connection = {
      answer,
      busy,
      take(bytes) {
        const usable = machine.powered(bytes)
        for (const token of lexer.push(usable)) machine.receive(token, port)
        if (machine.powerFails) die()
        if (idle) clearTimeout(idle)
        idle = setTimeout(() => machine.isIdle() && machine.finish(), idleMs)
      },
    }
    machine.attach(port)
    return port
  }

  const close = options.at.startsWith('pty:') ? await servePty(options.at.slice(4), machine, connection) : await serveTcp(options.at, machine, connection)
  return {
    address: close.address,
    slips,
    acts: machine.acts,
    memoryWrites: () => machine.memory.writes,
    setFault: (fault) => machine.setFault(fault),
    waitForSlips: (count, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (slips.length < count) return
          clearTimeout(timer)
          waiting.delete(check)
          resolve(slips)
        }
        const timer = setTimeout(() => {
          waiting.delete(check)
          reject(new Error(`${slips.length} of ${count} slips came out in ${timeoutMs} ms`))
        }, timeoutMs)
        waiting.add(check)
        check()
      }),
    async stop() {
      if (idle) clearTimeout(idle)
      machine.stop()
      await close.stop()
    },
  }
}

type Connect = (answer: (bytes: Uint8Array) => void, busy: (stop: boolean) => void, die: () => void) => Connection

async function serveTcp(at: string, machine: Machine, connect: Connect): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const where = /^tcp:\/\/(.+):(\d+)$/.exec(at)
  if (!where?.[1]) throw new RangeError(`not an address: ${at}`)
  const sockets = new Set<Socket>()
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    const die = (): void => {
      machine.powerOff()
      socket.resetAndDestroy()
    }
    const port = connect((bytes) => void (socket.writable && socket.write(bytes)), (stop) => void (stop ? socket.pause() : socket.resume()), die)
    socket.on('data', (bytes) => port.take(bytes))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      machine.detach(port)
      if (machine.isIdle()) machine.finish()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(where[2]), where[1]?.replaceAll(/[[\]]/g, ''), resolve)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return {
    address: `tcp://${where[1]}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

async function servePty(path: string, machine: Machine, connect: Connect): Promise<{ readonly address: string; stop(): Promise<void> }> {
  let pty: Pty | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    const port = connect(
      (bytes) => void pty?.child.stdin?.write(bytes),
      (stop) => void (stop ? pty?.child.stdout?.pause() : pty?.child.stdout?.resume()),
      () => {
        machine.powerOff()
        machine.detach(port)
        void pty?.kill().then(() => (stopped ? undefined : open()))
      },
    )
    pty = await openPty(path, (bytes) => port.take(bytes))
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
