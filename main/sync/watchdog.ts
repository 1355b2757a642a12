import { connect } from 'node:net'
import type { PusherState } from './pusher.ts'
import { systemClock, type SyncClock } from './pauser.ts'

export interface WatchdogOptions {
  readonly state: () => Pick<PusherState, 'reachable' | 'waiting' | 'acknowledged'>
  /** Asks the peer's machine directly, past the pusher: that one may believe wrongly that it is away. */
  readonly probe: () => Promise<boolean>
  /** Told when the alarm begins and when it is over. */
  readonly onAlarm: (stalled: boolean) => void
  readonly clock?: SyncClock
}

export interface Watchdog {
  /** Since when a peer that can be reached doesn't take what waits, epoch ms; null while all is well, or the peer is away. */
  stalledSince(): number | null
  close(): void
}

const tickMs = 1_000
/** An outbox whose peer can be reached empties within 10 s, always (limits.md R5). */
const patienceTicks = 10

/**
 * Alarms when something waits, the peer can be reached, and for 10 s nothing of it gets there. Counts its own ticks and reads no clock
 * for that: somebody may set it.
 */
export function startWatchdog({ state, probe, onAlarm, clock = systemClock }: WatchdogOptions): Watchdog {
  let [ticks, seen] = [0, -1]
  let since: number | null = null
  let closed = false
  const settle = (stuck: boolean): void => {
    ticks = stuck ? ticks + 1 : 0
    const stalled = ticks >= patienceTicks
    if (stalled === (since !== null)) return
    since = stalled ? clock.now() - patienceTicks * tickMs : null
    onAlarm(stalled)
  }
  const look = async (): Promise<void> => {
    const { reachable, waiting, acknowledged } = state()
    const moved = acknowledged !== seen
    seen = acknowledged
    settle(waiting > 0 && !moved && (reachable || (await probe())))
  }
  let cancel = clock.after(tickMs, tick)
  function tick(): void {
    // A journal that can't be read says nothing of the peer; the pusher tells of it.
    void look().catch(() => undefined).finally(() => {
      if (!closed) cancel = clock.after(tickMs, tick)
    })
  }
  return {
    stalledSince: () => since,
    close() {
      closed = true
      cancel()
    },
  }
}

/** Longest time to wait for a connection, ms. */
const probeMs = 2_000

/** Whether something listens at the host and port of a URL. */
export function canConnect(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)), timeout: probeMs })
    const end = (there: boolean) => () => {
      socket.destroy()
      resolve(there)
    }
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false))
  })
}
