import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { StoredEvent } from '#domain/event.ts'
import type { Versions } from '#sync/protocol/messages.ts'
import { syncRequestHandler, type ReplicaStore } from '#sync/receiver.ts'

export interface MemoryPeer {
  readonly url: string
  readonly port: number
  /** What it has got, by origin. */
  readonly events: ReadonlyMap<string, StoredEvent[]>
  close(): Promise<void>
}

interface Options {
  readonly office: string
  readonly speaks?: Versions
  /** What stands before the peer: answers a request itself and says true, or lets it through. */
  readonly before?: (req: IncomingMessage, res: ServerResponse) => boolean
  readonly port?: number
}

/** The receiving side over a real socket, with a store in memory; it hands nothing down. */
export async function memoryPeer({ office, speaks, before = () => false, port = 0 }: Options): Promise<MemoryPeer> {
  const events = new Map<string, StoredEvent[]>()
  const of = (origin: string) => events.get(origin) ?? []
  const store: ReplicaStore = {
    epoch: () => 'e1',
    mark: (origin) => of(origin).at(-1) ?? null,
    hashAt: (origin, seq) => of(origin)[seq - 1]?.hash ?? null,
    after: (origin, seq, limit) => of(origin).slice(seq, seq + limit),
    append(added) {
      for (const event of added) events.set(event.origin, [...of(event.origin), event])
    },
  }
  const handle = syncRequestHandler({ office, store, authenticate: () => ({ mayPush: () => true }), ...(speaks ? { speaks } : {}) })
  const server = createServer((req, res) => {
    if (!before(req, res)) void handle(req, res)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    events,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
