import { PeerAwayError, peerClient, type Peer, type PeerClient } from './http-client.ts'
import type { Load, Refusal, Versions } from '#sync/protocol/messages.ts'
import { acknowledged, oldestWaiting, waitingFor, type EventSource, type Marks } from './push-plan.ts'
import { backoff, pauser, systemClock, type Pauser, type SyncClock } from './pauser.ts'
import { takeBack } from './take-back.ts'
import { drain, greet, newSession, RefusedError, sendLess, type Session } from './push-session.ts'

export type { Peer } from './http-client.ts'
export type { EventSource } from './push-plan.ts'
export { systemClock, type SyncClock } from './pauser.ts'

/** What people are told of the way to the peer. Times are epoch ms. */
export interface PusherState {
  readonly reachable: boolean
  readonly lastContact: number | null
  /** Since when the peer can't be reached; null while it can, and before the first try. */
  readonly lostSince: number | null
  /** Why not, in the words of the machine, for a technician; null while it can be reached. */
  readonly lostBecause: string | null
  /** Events that the peer hasn't acknowledged. */
  readonly waiting: number
  /** Events that it has. */
  readonly acknowledged: number
  /** When the oldest waiting event was written; null when none waits. */
  readonly behindSince: number | null
  /** Set while the peer refuses us or one of our origins: for the supervisor. */
  readonly refused: Refusal | null
  /** Our own origins that the peer knows with another history, and up to which event both have the same one. */
  readonly forks: readonly { readonly origin: string; readonly common: number }[]
}

/** What was last known of a peer when the program ended: believed until the peer answers, so that a start without it doesn't tell people that everything waits. */
export interface Remembered {
  readonly marks: Marks
  readonly lastContact: number | null
}

export interface PusherOptions {
  readonly source: EventSource
  readonly remembered?: Remembered
  /** Told what to remember, after each hello. */
  readonly onGreeted?: (known: Remembered) => void
  readonly peer: Peer
  readonly office: string
  readonly station: string
  readonly onState?: (state: PusherState) => void
  /** What is neither the peer's refusal nor its absence: a journal that cannot be read, a mistake of ours. The pusher goes on trying. */
  readonly onBug?: (error: unknown) => void
  /** How large requests are; for a LAN when absent. */
  readonly load?: Load
  /** Versions of the protocol; this program's when absent. */
  readonly speaks?: Versions
  /** Carries the requests; HTTP to `peer` when absent. */
  readonly client?: PeerClient
  readonly clock?: SyncClock
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
  /** Asks the peer for its marks now and sends what is missing, whatever was refused or waited for before. */
  retry(): void
  state(): PusherState
}

const defaultIdleMs = 10_000
/** Wait before a database that turned out to be another one is greeted, ms. */
const otherDatabaseMs = 250

type Contact = Omit<PusherState, 'waiting' | 'acknowledged' | 'behindSince' | 'forks'>

/** Sends a journal to one peer, for as long as it isn't closed: as many requests at a time as the load says, from the peer's marks on. */
export function startPusher(options: PusherOptions): Pusher {
  const { source, clock = systemClock, random = Math.random, idleMs = defaultIdleMs } = options
  const abort = new AbortController()
  const client = options.client ?? peerClient(options.peer)
  const { remembered = { marks: new Map(), lastContact: null } } = options
  const session = newSession({ source, marks: new Map(remembered.marks), client, identity: { office: options.office, station: options.station }, signal: abort.signal, ...(options.speaks ? { speaks: options.speaks } : {}), ...(options.load ? { load: options.load } : {}) })
  const pause = pauser(clock, abort.signal)
  const asked = { now: false }
  let contact: Contact = { reachable: false, lastContact: remembered.lastContact, lostSince: null, lostBecause: null, refused: null }
  const state = (): PusherState => {
    const complaint = [...session.complaints.values()][0] ?? null
    const forks = [...session.forks].flatMap(([origin, { common }]) => (session.complaints.get(origin)?.code === 'fork' ? [{ origin, common }] : []))
    return { ...contact, refused: contact.refused ?? complaint, forks, waiting: waitingFor(source, session.marks), acknowledged: acknowledged(source, session.marks), behindSince: oldestWaiting(source, session.marks) }
  }
  const report = (next: Contact): void => {
    contact = next
    options.onState?.(state())
  }
  const reached = (refused: Refusal | null = null): void => report({ reachable: true, lastContact: clock.now(), lostSince: null, lostBecause: null, refused })
  const greeted = (): void => options.onGreeted?.({ marks: session.marks, lastContact: contact.lastContact })
  const failed = (error: unknown): void => {
    if (error instanceof RefusedError) {
      if (error.refusal.code === 'too-large') sendLess(session)
      reached(error.refusal)
    } else if (error instanceof PeerAwayError) {
      if (error.silent) session.silences += 1
      report({ ...contact, reachable: false, lostSince: contact.lostSince ?? clock.now(), lostBecause: error.message })
    } else options.onBug?.(error)
  }
  const run = async (): Promise<void> => {
    for (let failures = 0; !abort.signal.aborted; failures += 1) {
      try {
        await serve(session, { clock, idleMs, pause, asked, reached, greeted, drained: () => (failures = -1) })
      } catch (error) {
        if (abort.signal.aborted) return
        try {
          failed(error)
        } catch (bug) {
          // Even how we stand could not be told.
          options.onBug?.(bug)
        }
        await pause.sleep(backoff(failures, random(), error instanceof PeerAwayError ? error.notBeforeMs : 0))
      }
    }
  }
  const running = run().finally(() => client.close())
  return {
    state,
    nudge: () => pause.nudge(),
    retry() {
      asked.now = true
      pause.hurry()
    },
    async close() {
      abort.abort()
      await running
    },
  }
}

interface Serving {
  readonly clock: SyncClock
  readonly idleMs: number
  readonly pause: Pauser
  /** Somebody wants a hello now. */
  readonly asked: { now: boolean }
  readonly reached: () => void
  readonly greeted: () => void
  readonly drained: () => void
}

/** Keeps the peer up to date until it is lost, refuses, or we are closed. */
async function serve(session: Session, { clock, idleMs, pause, asked, reached, greeted, drained }: Serving): Promise<void> {
  for (let due = -Infinity; !session.signal.aborted; ) {
    pause.heard()
    if (asked.now || clock.ticks() >= due || session.source.origins().some((origin) => !session.asked.has(origin))) {
      asked.now = false
      await greet(session)
      reached()
      greeted()
      due = clock.ticks() + idleMs
      await takeBack(session)
    }
    if (await drain(session, reached)) {
      drained()
      await pause.untilNudged(Math.max(0, due - clock.ticks()))
    } else {
      // Another database than the one that was greeted: restored just now, or two behind one address.
      due = -Infinity
      await pause.sleep(otherDatabaseMs)
    }
  }
}
