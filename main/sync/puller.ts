import { changesPath, longestWaitMs, readChangesAnswer, type ChangesAnswer, type ChangesRequest } from '#sync/protocol/changes.ts'
import { ourVersions, type Refusal } from '#sync/protocol/messages.ts'
import { PeerAwayError, peerClient, type Peer, type PeerClient } from './http-client.ts'
import { backoff, pauser, systemClock, type SyncClock } from './pauser.ts'
import { noOf, RefusedError } from './push-session.ts'

/** Where what comes down is kept. */
export interface ChangeStore {
  /** How far we are, and in which epoch of the peer; null before the first answer. */
  cursor(): { readonly epoch: string; readonly n: number } | null
  /** Keeps the changes and the cursor after them in one durable transaction; taking them again changes nothing. */
  take(answer: ChangesAnswer, n: number): void
}

export interface PullerState {
  readonly reachable: boolean
  readonly lastContact: number | null
  readonly refused: Refusal | null
  /** Questions in a row that brought nothing. */
  readonly failures: number
}

export interface PullerOptions {
  readonly store: ChangeStore
  readonly peer: Peer
  readonly office: string
  readonly station: string
  readonly onState?: (state: PullerState) => void
  /** What is neither the peer's refusal nor its absence. The puller goes on trying. */
  readonly onBug?: (error: unknown) => void
  /** Carries the requests; HTTP to `peer` when absent. A client of its own: a question is kept open, and nothing must wait behind it. */
  readonly client?: PeerClient
  readonly clock?: SyncClock
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number
  /** How long the peer may keep a question open, ms. */
  readonly waitMs?: number
}

export interface Puller {
  /** Stops; a question under way is cut off. Resolves when nothing runs any more. */
  close(): Promise<void>
  /** Asks now, when it waits after a failure. */
  retry(): void
  state(): PullerState
}

/** The peer answers this long after its wait, or it is lost, ms. */
const graceMs = 5_000

/** Asks a peer for what comes down, one question after the other, for as long as it isn't closed. */
export function startPuller(options: PullerOptions): Puller {
  const { store, clock = systemClock, random = Math.random } = options
  const abort = new AbortController()
  const client = options.client ?? peerClient(options.peer)
  const pause = pauser(clock, abort.signal)
  let state: PullerState = { reachable: false, lastContact: null, refused: null, failures: 0 }
  const report = (next: PullerState): void => {
    state = next
    options.onState?.(state)
  }
  const run = async (): Promise<void> => {
    for (let restarts = 0; !abort.signal.aborted; ) {
      try {
        // The first question isn't kept open: its answer says that the peer is there.
        const answer = await ask(options, client, state.reachable ? (options.waitMs ?? longestWaitMs) : 0, abort.signal)
        store.take(answer, answer.changes.at(-1)?.n ?? (answer.fromStart ? 0 : (store.cursor()?.n ?? 0)))
        report({ reachable: true, lastContact: clock.now(), refused: null, failures: 0 })
        // Once is a database put back from a backup; again and again are two behind one address.
        restarts = answer.fromStart ? restarts + 1 : 0
        if (restarts > 1) await pause.sleep(backoff(restarts, random()))
      } catch (error) {
        if (abort.signal.aborted) return
        const failures = state.failures + 1
        if (error instanceof RefusedError) report({ reachable: true, lastContact: clock.now(), refused: error.refusal, failures })
        else report({ ...state, reachable: false, failures })
        if (!(error instanceof RefusedError || error instanceof PeerAwayError)) options.onBug?.(error)
        await pause.sleep(backoff(failures - 1, random(), error instanceof PeerAwayError ? error.notBeforeMs : 0))
      }
    }
  }
  const running = run().finally(() => client.close())
  return {
    state: () => state,
    retry: () => pause.hurry(),
    async close() {
      abort.abort()
      await running
    },
  }
}

/** One question. Throws PeerAwayError or RefusedError. */
async function ask({ store, office, station }: PullerOptions, client: PeerClient, waitMs: number, signal: AbortSignal): Promise<ChangesAnswer> {
  const cursor = store.cursor()
  const { oldest, newest } = ourVersions
  const request: ChangesRequest = { protocol: newest, oldest, office, station, epoch: cursor?.epoch ?? null, after: cursor?.n ?? 0, waitMs }
  const body = Buffer.from(JSON.stringify(request))
  const said = await client.post({ path: changesPath, body, encoding: 'identity', silenceMs: waitMs + graceMs, signal })
  const answer = said.status === 200 ? readChangesAnswer(said.body) : undefined
  if (answer) return answer
  throw noOf(said)
}
