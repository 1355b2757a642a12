import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface ThinLine {
  readonly url: string
  /** Bytes of TCP payload in both directions. */
  bytes(): number
  close(): void
}

/** Bytes that pass at once; smaller would only cost CPU. */
const quantum = 16_384

/** A line to `target` that lets `bitsPerSecond` through in each direction, and counts. */
export async function thinLine(target: string, bitsPerSecond: number): Promise<ThinLine> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let passed = 0
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      void pump(from, to, bitsPerSecond / 8, (length) => (passed += length)).catch(() => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    bytes: () => passed,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** Passes bytes on when their time has come: each takes `1 / rate` seconds of the line. */
async function pump(from: Socket, to: Socket, rate: number, count: (length: number) => void): Promise<void> {
  let free = performance.now()
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; at += quantum) {
      const piece = chunk.subarray(at, at + quantum)
      free = Math.max(free, performance.now()) + (piece.length / rate) * 1_000
      // Timers are no finer than a millisecond; the line's clock keeps what one took too long.
      if (free - performance.now() > 1) await pause(free - performance.now())
      count(piece.length)
      to.write(piece)
    }
  }
  to.end()
}
