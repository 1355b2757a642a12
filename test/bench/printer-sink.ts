import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** `10 04 n`: how are you? Answered by a healthy printer; bits 1 and 4 are always set. */
const healthy = 0x12
/** `1D 28 48 06 00 30 30 d1 d2 d3 d4`: say this id when everything before it is on paper. */
const processId = Buffer.from([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30])

/** A TCP port that answers like a printer in order and prints nothing; it notes when the last byte of each job came. */
export async function startPrinterSink() {
  const ends: number[] = []
  let wake: () => void = () => undefined
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    let rest = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      const at = performance.now()
      const text = Buffer.concat([rest, bytes])
      const end = text.indexOf(processId)
      if (bytes.length === 3 && bytes[0] === 0x10 && bytes[1] === 4) socket.write(Buffer.of(healthy))
      if (end >= 0 && text.length >= end + 11) {
        rest = Buffer.alloc(0)
        ends.push(at)
        // 37 22 d1 d2 d3 d4 00: it is on paper.
        socket.write(Buffer.concat([Buffer.of(0x37, 0x22), text.subarray(end + 7, end + 11), Buffer.of(0)]))
        wake()
      } else rest = text.subarray(Math.max(0, text.length - 11))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** When the last byte of job `n` (from 0) came, on the clock of `performance.now()`. */
    ended: async (n: number): Promise<number> => {
      for (const until = performance.now() + 10_000; ends[n] === undefined; ) {
        if (performance.now() > until) throw new Error(`the printer got ${ends.length} tickets, number ${n + 1} did not come`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 500)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      return ends[n]
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
