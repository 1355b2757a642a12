import type { Call } from '#contract/board.ts'
import type { Speaker, SpeechOutcome } from './speaker.ts'

/** Time as the queue sees it, so that tests can run it by hand. */
export interface QueueClock {
  /** Milliseconds, only differences count. */
  now(): number
  sleep(ms: number): Promise<void>
}

export const realClock: QueueClock = {
  now: () => performance.now(),
  sleep: async (ms) => new Promise((done) => setTimeout(done, ms)),
}

/** `opening`: shown, chime sounding. `speaking`: words are heard. `held`: said, kept for its shortest time. `quiet`: nothing new. */
export type HeroPhase = 'opening' | 'speaking' | 'held' | 'quiet'

export interface CallQueueState {
  /** The call shown largest; the last one stays when no other follows. */
  readonly hero: Call | null
  readonly phase: HeroPhase
  /** Calls that wait for their turn, in the order of the voice. */
  readonly pending: readonly Call[]
  /** Calls before the hero, newest first, one a ticket number, at most twelve. */
  readonly recent: readonly Call[]
}

/** A board that has called nobody yet. */
export const emptyQueue: CallQueueState = { hero: null, phase: 'quiet', pending: [], recent: [] }

export interface CallQueueOptions {
  readonly speaker: () => Speaker
  readonly clock: QueueClock
  /** Shortest time of a call in the largest place. */
  readonly minHoldMs: number
  /** How often a call is said again; a repeat is skipped when another call waits. */
  readonly repeats: () => number
  readonly onChange: (state: CallQueueState) => void
  readonly onOutcome?: (outcome: SpeechOutcome) => void
}

export interface CallQueue {
  /** Takes the calls of a live view, each once by `seq`. `now` is the time of the view. */
  offer(calls: readonly Call[], now: number): void
  readonly state: CallQueueState
  close(): void
}

/** A call older than this at its first sight is only listed: who it was for is served or gone. */
const staleMs = 120_000
/** The same for calls found when the board starts: it must not read the morning again. */
const staleAtStartMs = 20_000
/** No announcement lasts this long; a stuck loudspeaker must not hold the board. */
const stuckMs = 25_000
const recentKept = 12
const vietnamMs = 7 * 3_600_000

const dayOf = (at: number) => Math.floor((at + vietnamMs) / 86_400_000)

/** Order of calls: by day, then by `seq`, which starts again each day. */
export const isAfter = (call: Call, other: Call | null): boolean =>
  other === null || dayOf(call.at) > dayOf(other.at) || (dayOf(call.at) === dayOf(other.at) && call.seq > other.seq)

const inOrder = (calls: readonly Call[]) => calls.toSorted((a, b) => (isAfter(a, b) ? 1 : -1))

/** The list "Vừa gọi": `call` on top, each number once. */
export function listed(recent: readonly Call[], call: Call | null): readonly Call[] {
  if (call === null) return recent
  return [call, ...recent.filter((other) => other.number !== call.number)].slice(0, recentKept)
}

/**
 * One queue for eye and ear: a call is shown and spoken in the order of `seq`, one at a time, each at least `minHoldMs`, never two voices
 * at once. What comes while one is spoken waits. The display goes on in the same order when nothing can be heard.
 */
export function createCallQueue(options: CallQueueOptions): CallQueue {
  const { clock } = options
  let state = emptyQueue
  let newest: Call | null = null
  let running = false
  let closed = false

  const set = (next: Partial<CallQueueState>) => {
    if (closed) return
    state = { ...state, ...next }
    options.onChange(state)
  }

  const sayOnce = async (call: Call, chime: boolean) => {
    const onWords = () => state.hero === call && state.phase === 'opening' && set({ phase: 'speaking' })
    const stuck = clock.sleep(stuckMs).then((): SpeechOutcome => 'failed')
    const speaker = options.speaker()
    const said = speaker.say(call, { chime, onWords }).catch((): SpeechOutcome => 'failed')
    const outcome = await Promise.race([said, stuck])
    if (outcome === 'failed') speaker.stop()
    options.onOutcome?.(outcome)
    return outcome
  }

  const announce = async (call: Call) => {
    const start = clock.now()
    const rest = state.pending.slice(1)
    set({ hero: call, phase: 'opening', pending: rest, recent: listed(state.recent, state.hero).filter((old) => old.number !== call.number) })
    let outcome = await sayOnce(call, true)
    for (let again = options.repeats(); again > 0 && outcome === 'spoken' && state.pending.length === 0 && !closed; again -= 1) {
      outcome = await sayOnce(call, false)
    }
    set({ phase: 'held' })
    const left = options.minHoldMs - (clock.now() - start)
    if (left > 0 && !closed) await clock.sleep(left)
  }

  const run = async () => {
    if (running) return
    running = true
    for (let call = state.pending[0]; call !== undefined && !closed; call = state.pending[0]) await announce(call)
    running = false
    set({ phase: 'quiet' })
  }

  const offer = (calls: readonly Call[], now: number) => {
    const limit = newest === null && state.hero === null ? staleAtStartMs : staleMs
    const fresh = inOrder(calls).filter((call) => isAfter(call, newest))
    if (fresh.length === 0) return
    newest = fresh.at(-1) ?? newest
    const live = fresh.filter((call) => now - call.at <= limit)
    const past = fresh.filter((call) => now - call.at > limit)
    if (running || live.length > 0) set({ recent: past.reduce(listed, state.recent), pending: [...withoutRecalled(state.pending, live), ...live] })
    else {
      const [hero, ...recent] = past.reduce(listed, listed(state.recent, state.hero))
      set({ hero: hero ?? null, recent })
    }
    void run()
  }

  return {
    offer,
    get state() {
      return state
    },
    close() {
      closed = true
      options.speaker().stop()
    },
  }
}

/** A number called again while its first call still waits is announced once, at the counter of the later call. */
function withoutRecalled(pending: readonly Call[], later: readonly Call[]): readonly Call[] {
  return pending.filter((call) => !later.some((next) => next.number === call.number))
}
