import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StoredEvent } from '#domain/event.ts'
import { toWire, type WireBatch } from '#sync/protocol/batch.ts'
import { compress, type Encoding } from '#sync/protocol/encoding.ts'
import type { Mark, Refusal } from '#sync/protocol/messages.ts'

export interface RawAnswer {
  readonly status: number
  readonly body: { readonly code?: string; readonly have?: number; readonly epoch?: string; readonly marks?: Record<string, Mark>; readonly refused?: Refusal[]; readonly protocol?: number }
}

/** One request of the protocol by hand, over a real socket. */
export async function post(url: string, key: string, path: string, body: unknown, encoding: Encoding = 'zstd'): Promise<RawAnswer> {
  const packed = await compress(encoding, Buffer.from(JSON.stringify(body)))
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-encoding': encoding },
    body: new Uint8Array(packed),
  })
  return { status: response.status, body: (await response.json()) as RawAnswer['body'] }
}

export function hello(url: string, key: string, office: string, origins: readonly string[], protocol = 1): Promise<RawAnswer> {
  return post(url, key, '/sync/v1/hello', { protocol, office, station: 'hub', origins })
}

export function send(url: string, key: string, ...batches: readonly WireBatch[]): Promise<RawAnswer> {
  return post(url, key, '/sync/v1/events', { protocol: 1, batches })
}

export function batch(events: readonly StoredEvent[]): WireBatch {
  const made = toWire(events)
  if (!made) throw new Error('no events')
  return made
}

/** Waits until it is so; throws after `ms`. */
export async function until(what: () => boolean | Promise<boolean>, ms = 60_000): Promise<number> {
  const start = performance.now()
  while (!(await what())) {
    if (performance.now() - start > ms) throw new Error(`not so after ${ms} ms: ${what.toString()}`)
    await sleep(10)
  }
  return performance.now() - start
}

/**
 * A line between pusher and peer that breaks: the n-th connection is cut after `cuts[n]` bytes in either direction; after
 * the last cut it holds.
 */
export async function breakingLine(target: string, cuts: readonly number[]): Promise<{ readonly url: string; readonly connections: () => number; close(): Promise<void> }> {
  const { hostname, port } = new URL(target)
  let connections = 0
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const cut = cuts[connections] ?? Infinity
    connections += 1
    const far = connect(Number(port), hostname)
    let passed = 0
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (chunk: Buffer) => {
        const room = cut - passed
        passed += chunk.length
        to.write(chunk.subarray(0, Math.max(0, room)))
        if (passed >= cut) setImmediate(end)
      })
      from.on('error', end)
      from.on('close', end)
      open.add(from)
    }
    pass(near, far)
    pass(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    connections: () => connections,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
