/** Time as replication needs it; tests and simulations bring their own. */
export interface SyncClock {
  /** Epoch ms, to be shown; it may be set back. */
  now(): number
  /** Ms of a clock that nobody sets: how long something is ago. */
  ticks(): number
  /** Runs `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** The machine's clock. */
export const systemClock: SyncClock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Waits of a loop that can be woken. */
export interface Pauser {
  /** Forgets nudges so far: what they were about is going to be read now. */
  heard(): void
  nudge(): void
  /** Ends any wait at once. */
  hurry(): void
  sleep(ms: number): Promise<void>
  /** Not at all when there was a nudge since `heard`. */
  untilNudged(ms: number): Promise<void>
}

/** Waits end early when `signal` does. */
export function pauser(clock: SyncClock, signal: AbortSignal): Pauser {
  let nudged = false
  let wake: (() => void) | null = null
  let end: (() => void) | null = null
  const sleep = (ms: number, listen: boolean): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel()
        signal.removeEventListener('abort', done)
        wake = null
        end = null
        resolve()
      }
      const cancel = clock.after(ms, done)
      signal.addEventListener('abort', done)
      end = done
      if (listen) wake = done
      if (signal.aborted || (listen && nudged)) done()
    })
  return {
    heard: () => (nudged = false),
    nudge() {
      nudged = true
      wake?.()
    },
    hurry: () => end?.(),
    sleep: (ms) => sleep(ms, false),
    untilNudged: (ms) => sleep(ms, true),
  }
}

/** Waits between tries while the peer is away: doubled up to 4 s, so that it is found and drained within 10 s of its return (limits.md R5). */
const firstBackoffMs = 250
const longestBackoffMs = 4_000

/** How long to wait after so many failures in a row, ms, at `least` so long; `random` is 0 ≤ x < 1, for jitter. */
export function backoff(failures: number, random: number, least = 0): number {
  const wait = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.max(0, Math.min(failures, 10)))
  return Math.max(least, wait * (0.5 + random / 2))
}
