import type { LookUp, Network } from './network.ts'
import { currentProcess, type SimProcess } from './process.ts'
import type { Timeline } from './timeline.ts'

/** One end of a connection that keeps order, as TCP does: lost packets come late, never out of turn. */
export interface StreamEnd {
  /** Runs `arrive` at the other end, as the process there. */
  readonly send: (arrive: () => void) => void
  readonly close: () => void
  /** Settles when this end knows that the connection is gone. */
  readonly closed: Promise<void>
}

/** A lost packet is sent again after this. */
const againMs = 300
const connectMs = 4_000

interface Parts {
  readonly timeline: Timeline
  readonly network: Network
  readonly lookUp: LookUp
}

/** Opens a connection to the process that runs on a machine; rejects when nobody answers. */
export function openStream(parts: Parts, from: string, to: string): Promise<{ readonly near: StreamEnd; readonly far: StreamEnd; readonly farProcess: SimProcess }> {
  const near = currentProcess()
  if (!near) throw new Error('only a process opens a connection')
  return new Promise((resolve, reject) => {
    const reachable = parts.network.reaches(from, to) && parts.network.reaches(to, from)
    parts.timeline.after(reachable ? 2 * parts.network.delay() : connectMs, () => {
      const far = parts.lookUp(to)
      if (!reachable || !far) return reject(new Error('no connection'))
      const [a, b] = pair(parts, { name: from, process: near }, { name: to, process: far })
      resolve({ near: a, far: b, farProcess: far })
    })
  })
}

interface Place {
  readonly name: string
  readonly process: SimProcess
}

function pair(parts: Parts, near: Place, far: Place): [StreamEnd, StreamEnd] {
  const life = { open: true }
  const nearEnd = Promise.withResolvers<void>()
  const farEnd = Promise.withResolvers<void>()
  const stopListening: (() => void)[] = []
  const hear = (place: Place, end: typeof nearEnd) => {
    if (place.process.alive) place.process.run(() => end.resolve())
  }
  const close = () => {
    if (!life.open) return
    life.open = false
    for (const stop of stopListening) stop()
    parts.timeline.afterAsNobody(parts.network.delay(), () => (hear(near, nearEnd), hear(far, farEnd)))
  }
  stopListening.push(near.process.onDeath(close), far.process.onDeath(close))
  return [
    { send: sender(parts, life, near, far), close, closed: nearEnd.promise },
    { send: sender(parts, life, far, near), close, closed: farEnd.promise },
  ]
}

function sender({ timeline, network }: Parts, life: { readonly open: boolean }, from: Place, to: Place): StreamEnd['send'] {
  const queue: (() => void)[] = []
  const lost = () => !network.reaches(from.name, to.name) || Math.random() < network.weather.loss
  const pump = () => {
    if (!life.open || !to.process.alive) return
    if (lost()) return void timeline.afterAsNobody(againMs, pump)
    to.process.run(queue.shift() ?? (() => undefined))
    if (queue.length > 0) timeline.afterAsNobody(network.delay(), pump)
  }
  return (arrive) => {
    if (!life.open || !from.process.alive) return
    queue.push(arrive)
    if (queue.length === 1) timeline.afterAsNobody(network.delay(), pump)
  }
}
