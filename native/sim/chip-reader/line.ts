import { createServer, type Socket } from 'node:net'
import { openPty } from '../printer/pty.ts'

/** Where the simulated reader hangs: a pty or a listening socket, one host at a time. */
export interface Line {
  /** As a driver opens it. */
  readonly address: string
  send(bytes: Buffer): void
  stop(): Promise<void>
}

async function openSocket(host: string, port: number, onData: (bytes: Buffer) => void): Promise<Line> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('data', onData).on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    address: `tcp://${host}:${typeof bound === 'object' && bound !== null ? bound.port : port}`,
    send: (bytes) => sockets.forEach((socket) => socket.writable && socket.write(bytes)),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Opens `pty:PATH` (with `socat`) or `tcp://HOST:PORT` (port 0: a free one). */
export async function openLine(at: string, onData: (bytes: Buffer) => void): Promise<Line> {
  const tcp = /^tcp:\/\/([^:/]+):(\d{1,5})$/.exec(at)
  if (tcp !== null) return openSocket(tcp[1] ?? '127.0.0.1', Number(tcp[2]), onData)
  if (!at.startsWith('pty:')) throw new RangeError(`not an address: ${at}`)
  const path = at.slice(4)
  const pty = await openPty(path, (bytes) => onData(Buffer.from(bytes)))
  return { address: `serial:${path}`, send: (bytes) => void pty.child.stdin?.write(bytes), stop: () => pty.kill() }
}
