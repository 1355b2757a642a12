import { createServer, type Socket } from 'node:net'
import { openPty, type Pty } from '../printer/pty.ts'
import type { Wire } from './terminal.ts'

/** Called with each wire that a till plugs in. */
export type Plugged = (wire: Wire) => void

export interface Place {
  /** For `openTransport`: `tcp://…` or `serial:PATH`. */
  readonly address: string
  stop(): Promise<void>
}

/** Byte counts after which the first wire breaks: of what came in, of what went out, and of both, which is when the power fails. */
export interface Cuts {
  readonly in: number
  readonly out: number
  readonly both: number
  readonly onPowerLoss: () => void
}

interface Raw {
  write(bytes: Uint8Array): void
  breakOff(): void
}

/** A wire over raw bytes that breaks at its cut, in the middle of a write if need be. */
function cuttable(raw: Raw, cuts: Cuts): { readonly wire: Wire; readonly receive: (bytes: Uint8Array) => void } {
  let [received, sent, broken] = [0, 0, false]
  const listeners = new Set<(bytes: Uint8Array) => void>()
  const room = (cut: number, already: number): number => Math.max(0, Math.min(cut - already, cuts.both - received - sent))
  const breakIfDue = (): void => {
    const powerless = received + sent >= cuts.both
    if (broken || (!powerless && received < cuts.in && sent < cuts.out)) return
    broken = true
    if (powerless) cuts.onPowerLoss()
    raw.breakOff()
  }
  return {
    wire: {
      write(bytes) {
        if (broken) return
        const leaving = bytes.subarray(0, room(cuts.out, sent))
        sent += leaving.length
        raw.write(leaving)
        breakIfDue()
      },
      onData(callback) {
        listeners.add(callback)
        return () => void listeners.delete(callback)
      },
    },
    receive(bytes) {
      if (broken) return
      const arrived = bytes.subarray(0, room(cuts.in, received))
      received += arrived.length
      for (const callback of listeners) callback(arrived)
      breakIfDue()
    },
  }
}

/** The cuts hold for the first wire only. */
function onceOnly(cuts: Cuts): () => Cuts {
  let used = false
  return () => {
    const mine = used ? { ...cuts, in: Infinity, out: Infinity, both: Infinity } : cuts
    used = true
    return mine
  }
}

async function serveTcp(host: string, port: number, nextCuts: () => Cuts, plugged: Plugged): Promise<Place> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    const breakOff = (): void => void socket.resetAndDestroy()
    const { wire, receive } = cuttable({ write: (bytes) => void (socket.writable && socket.write(bytes)), breakOff }, nextCuts())
    socket.on('data', receive).on('error', () => undefined).on('close', () => sockets.delete(socket))
    plugged(wire)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    address: `tcp://${host}:${typeof bound === 'object' && bound ? bound.port : port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

async function servePty(path: string, nextCuts: () => Cuts, plugged: Plugged): Promise<Place> {
  let pty: Pty | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    const breakOff = (): void => void pty?.kill().then(() => (stopped ? undefined : open()))
    const { wire, receive } = cuttable({ write: (bytes) => void pty?.child.stdin?.write(bytes), breakOff }, nextCuts())
    pty = await openPty(path, receive)
    plugged(wire)
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

/** Waits for tills at `pty:PATH` or `tcp://HOST:PORT` (port 0: a free one). Throws `RangeError` for another place. */
export async function serveWires(at: string, cuts: Cuts, plugged: Plugged): Promise<Place> {
  const nextCuts = onceOnly(cuts)
  const tcp = /^tcp:\/\/(.+):(\d+)$/.exec(at)
  if (tcp?.[1]) return serveTcp(tcp[1].replaceAll(/[[\]]/g, ''), Number(tcp[2]), nextCuts, plugged)
  if (at.startsWith('pty:') && at.length > 4) return servePty(at.slice(4), nextCuts, plugged)
  throw new RangeError(`not a place: ${at}`)
}
