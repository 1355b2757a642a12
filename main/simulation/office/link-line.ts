import type { StationClient } from '#contract/index.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import type { Machine } from '../world/machine.ts'
import type { LookUp, Network } from '../world/network.ts'
import { openStream, type StreamEnd } from '../world/stream-line.ts'
import type { Timeline } from '../world/timeline.ts'
import type { HubProgram, LinkClient } from './hub.ts'

interface Parts {
  readonly timeline: Timeline
  readonly network: Network
  readonly lookUp: LookUp
  readonly hub: () => Machine<HubProgram>
  /** Whether this station may speak to the hub's queue at all. */
  readonly isLinked: () => boolean
}

interface Ends {
  readonly near: StreamEnd
  readonly far: StreamEnd
}

/** A station's connection to its hub over the simulated network, in the place of a WebSocket. */
export function linkLine(parts: Parts, station: string): () => Promise<Connection> {
  return async () => {
    if (!parts.isLinked()) throw new Error('no connection')
    const hub = parts.hub()
    const { near, far } = await openStream(parts, station, hub.name)
    const remote = hub.program?.link(station)
    if (!remote) throw new Error('no connection')
    const link = clientOver({ near, far }, remote)
    return {
      welcome: { ok: true, audience: 'station', counter: null, station, sample: false, version: 'sim' },
      client: { link } as unknown as StationClient,
      closed: near.closed,
      close: near.close,
    }
  }
}

/** Every procedure by name: one that is forgotten here, and would pass the network by, is a type error. */
function clientOver(ends: Ends, remote: LinkClient): LinkClient {
  return {
    command: ((input, options) => call(ends, () => remote.command(input), options?.signal)) as LinkClient['command'],
    office: ((input, options) => call(ends, () => remote.office(input), options?.signal)) as LinkClient['office'],
    witness: ((input, options) => call(ends, () => remote.witness(input), options?.signal)) as LinkClient['witness'],
    leaseCodes: ((input, options) => call(ends, () => remote.leaseCodes(input), options?.signal)) as LinkClient['leaseCodes'],
    giveBack: ((input, options) => call(ends, () => remote.giveBack(input), options?.signal)) as LinkClient['giveBack'],
    leaseNumbers: ((input, options) => call(ends, () => remote.leaseNumbers(input), options?.signal)) as LinkClient['leaseNumbers'],
    queue: ((input, options) => Promise.resolve(follow(ends, (signal) => remote.queue(input, { signal }), options?.signal))) as LinkClient['queue'],
    recalls: ((input, options) => Promise.resolve(follow(ends, (signal) => remote.recalls(input, { signal }), options?.signal))) as LinkClient['recalls'],
  }
}

/** Asks the other end; rejects when the connection or the caller's patience ends first. */
function call<T>({ near, far }: Ends, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    void near.closed.then(() => reject(new Error('connection lost')))
    near.send(() => {
      work().then(
        (value) => far.send(() => resolve(value)),
        (error: unknown) => far.send(() => reject(error)),
      )
    })
  })
}

/** A stream of the other end, as it comes over the wire. */
async function* follow<T>({ near, far }: Ends, start: (signal: AbortSignal) => Promise<AsyncIterable<T>>, signal: AbortSignal | undefined) {
  const come: T[] = []
  let wake: () => void = () => undefined
  let open = true
  const end = () => {
    open = false
    wake()
  }
  signal?.addEventListener('abort', end, { once: true })
  void near.closed.then(end)
  near.send(() => {
    const stop = new AbortController()
    void far.closed.then(() => stop.abort())
    const failed = () => far.send(end)
    send(far, start(stop.signal), (one) => {
      come.push(one)
      wake()
    }).catch(failed)
  })
  while (open) {
    const next = come.shift()
    if (next) yield next
    else await new Promise<void>((resolve) => (wake = resolve))
  }
}

async function send<T>(far: StreamEnd, stream: Promise<AsyncIterable<T>>, arrive: (one: T) => void): Promise<void> {
  for await (const one of await stream) far.send(() => arrive(one))
}
