import { PeerAwayError, peerClient, type Peer, type PeerClient } from './http-client.ts'
import type { Refusal } from '#sync/protocol/messages.ts'
import { waitingFor, type EventSource } from './push-plan.ts'
import { drain, greet, newSession, RefusedError, sendLess, type Session } from './push-session.ts'

export type { Peer } from './http-client.ts'
export type { EventSource } from './push-plan.ts'

/** Time as the pusher needs it; tests and simulations bring their own. */
export interface PusherClock {
  now(): number
  /** Runs `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** The machine's clock. */
export const systemClock: PusherClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** What people are told of the way to the peer. Times are epoch ms. */
export interface PusherState {
  readonly reachable: boolean
  readonly lastContact: number | null
  /** Since when the peer can't be reached; null while it can, and before the first try. */
  readonly lostSince: number | null
  /** Events that the peer hasn't acknowledged. */
  readonly waiting: number
  /** Set while the peer refuses us or one of our origins: for the supervisor. */
  readonly refused: Refusal | null
  /** Our own origins that the peer knows with another history, and up to which event both have the same one. */
  readonly forks: readonly { readonly origin: string; readonly common: number }[]
}

export interface PusherOptions {
  readonly source: EventSource
  readonly peer: Peer
  readonly office: string
  readonly station: string
  readonly onState?: (state: PusherState) => void
  /** What is neither the peer's refusal nor its absence: a journal that cannot be read, a mistake of ours. The pusher goes on trying. */
  readonly onBug?: (error: unknown) => void
  /** Carries the requests; HTTP to `peer` when absent. */
  readonly client?: PeerClient
  readonly clock?: PusherClock
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number
  /** How often an idle pusher asks for the peer's marks, ms: notices its loss, and its restoration from a backup. */
  readonly idleMs?: number
}

export interface Pusher {
  /** Stops; a request in flight is cut off (it may be repeated later). Resolves when nothing runs any more. */
  close(): Promise<void>
  /** Something was committed. */
  nudge(): void
  state(): PusherState
}

/** Waits between tries while the peer is away: doubled up to 4 s, so that it is found and drained within 10 s of its return (limits.md R5). */
const firstBackoffMs = 250
const longestBackoffMs = 4_000
const defaultIdleMs = 10_000

type Contact = Omit<PusherState, 'waiting' | 'forks'>

/** Sends a journal to one peer, for as long as it isn't closed: one request at a time, from the peer's marks on. */
export function startPusher(options: PusherOptions): Pusher {
  const { source, clock = systemClock, random = Math.random, idleMs = defaultIdleMs } = options
  const abort = new AbortController()
  const client = options.client ?? peerClient(options.peer)
  const session = newSession({ source, client, identity: { office: options.office, station: options.station }, signal: abort.signal })
  const pause = pauser(clock, abort.signal)
  let contact: Contact = { reachable: false, lastContact: null, lostSince: null, refused: null }
  const state = (): PusherState => {
    const complaint = [...session.complaints.values()][0] ?? null
    const forks = [...session.forks].flatMap(([origin, { common }]) => (session.complaints.get(origin)?.code === 'fork' ? [{ origin, common }] : []))
    return { ...contact, refused: contact.refused ?? complaint, forks, waiting: waitingFor(source, session.marks) }
  }
  const report = (next: Contact): void => {
    contact = next
    options.onState?.(state())
  }
  const reached = (refused: Refusal | null = null): void => report({ reachable: true, lastContact: clock.now(), lostSince: null, refused })
  const failed = (error: unknown): void => {
    if (error instanceof RefusedError) {
      if (error.refusal.code === 'too-large') sendLess(session)
      reached(error.refusal)
    } else if (error instanceof PeerAwayError) {
      if (error.silent) session.silences += 1
      report({ ...contact, reachable: false, lostSince: contact.lostSince ?? clock.now() })
    } else options.onBug?.(error)
  }
  const run = async (): Promise<void> => {
    for (let failures = 0; !abort.signal.aborted; failures += 1) {
      try {
        await serve(session, { clock, idleMs, pause, reached, drained: () => (failures = -1) })
      } catch (error) {
        if (abort.signal.aborted) return
        failed(error)
        const wait = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.max(0, Math.min(failures, 10)))
        await pause.sleep(wait * (0.5 + random() / 2))
      }
    }
  }
  const running = run().finally(() => client.close())
  return {
    state,
    nudge: () => pause.nudge(),
    async close() {
      abort.abort()
      await running
    },
  }
}

interface Serving {
  readonly clock: PusherClock
  readonly idleMs: number
  readonly pause: Pauser
  readonly reached: () => void
  readonly drained: () => void
}

/** Keeps the peer up to date until it is lost, refuses, or we are closed. */
async function serve(session: Session, { clock, idleMs, pause, reached, drained }: Serving): Promise<void> {
  for (let due = -Infinity; !session.signal.aborted; ) {
    pause.heard()
    if (clock.now() >= due || session.source.origins().some((origin) => !session.asked.has(origin))) {
      await greet(session)
      reached()
      due = clock.now() + idleMs
    }
    if (await drain(session, reached)) {
      drained()
      await pause.untilNudged(Math.max(0, due - clock.now()))
    } else due = -Infinity
  }
}

interface Pauser {
  /** Forgets nudges so far: what they were about is going to be read now. */
  heard(): void
  nudge(): void
  sleep(ms: number): Promise<void>
  /** Not at all when there was a nudge since `heard`. */
  untilNudged(ms: number): Promise<void>
}

function pauser(clock: PusherClock, signal: AbortSignal): Pauser {
  let nudged = false
  let wake: (() => void) | null = null
  const sleep = (ms: number, listen: boolean): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel()
        signal.removeEventListener('abort', done)
        wake = null
        resolve()
      }
      const cancel = clock.after(ms, done)
      signal.addEventListener('abort', done)
      if (listen) wake = done
      if (signal.aborted || (listen && nudged)) done()
    })
  return {
    heard: () => (nudged = false),
    nudge() {
      nudged = true
      wake?.()
    },
    sleep: (ms) => sleep(ms, false),
    untilNudged: (ms) => sleep(ms, true),
  }
}
