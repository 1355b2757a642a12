import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SyncView } from '#contract/shared.ts'
import type { Downstream } from '#journal/downstream.ts'
import type { Journal } from '#journal/journal.ts'
import { ChainError } from '#journal/journal.ts'
import { forgetFork, forksOf, noteFork } from '#journal/renew-epoch.ts'
import type { Refusal } from '#sync/protocol/messages.ts'
import type { ChangeSource } from '#sync/protocol/changes.ts'
import { lanLoad, wanLoad } from '#sync/protocol/messages.ts'
import { startPuller } from '#sync/puller.ts'
import { startPusher, systemClock, type EventSource, type PusherState } from '#sync/pusher.ts'
import { StaleMarkError, syncRequestHandler, type Authentication, type ReplicaStore } from '#sync/receiver.ts'
import { canConnect, startWatchdog } from '#sync/watchdog.ts'
import type { Vault } from '#vault/vault.ts'
import type { StationConfig } from '#main/config.ts'
import { changeStore } from './hub-changes.ts'
import { peerMemory } from './peer-memory.ts'

/** The journal as a place where other stations' events are kept. */
export function replicaStore(journal: Journal): ReplicaStore {
  return {
    epoch: () => journal.epoch(),
    mark: (origin) => journal.head(origin),
    hashAt: (origin, seq) => journal.hashAt(origin, seq),
    after: (origin, seq, limit) => journal.after(origin, seq, limit),
    append: (events) => {
      try {
        journal.appendReplica(events)
      } catch (error) {
        if (error instanceof ChainError && error.fault.kind === 'gap') throw new StaleMarkError(error.message)
        throw error
      }
    },
  }
}

export interface ReplicaRouteParts {
  readonly config: StationConfig
  readonly journal: Journal
  readonly changes: ChangeSource
  readonly authenticate: (key: string) => Authentication
}

/** Serves /sync/: takes what others may push here, and lets them read what comes down. */
export function replicaRoute({ config, journal, changes, authenticate }: ReplicaRouteParts): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return syncRequestHandler({ office: config.office.agency, store: replicaStore(journal), changes, authenticate })
}

/** The journal as it is sent to a peer; what the peer gives back of what was lost with a disk is stored in it. */
export function sourceOf(journal: Journal, origins: () => readonly string[]): EventSource {
  return {
    origins, after: journal.after.bind(journal), head: journal.head.bind(journal), standing: journal.standing.bind(journal),
    takeBack: (events) => void journal.appendReplica(events),
  }
}

/** This station's events, those of its earlier epochs among them. */
export const ownOrigins = (journal: Journal): readonly string[] => journal.origins().filter((origin) => journal.standing(origin) !== 'copied')

export interface ReplicationParts {
  readonly config: StationConfig
  readonly journal: Journal
  readonly downstream: Downstream
  readonly vault: Vault
  readonly now: () => number
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
}

export interface Replication {
  readonly views: () => readonly SyncView[]
  /** Tries again now, whatever it waits for. */
  readonly retry: () => void
  readonly close: () => Promise<void>
}

/** So many questions in a row that bring nothing, though the peer takes what we send, are worth telling. */
const patience = 5

/** The one peer of a station: the hub has central, everybody else the hub; null where none is configured. */
function peerOf({ config, journal }: ReplicationParts): { readonly peer: SyncView['peer']; readonly url: string; readonly key: string; readonly cert?: string | undefined; readonly origins: () => readonly string[] } | null {
  const { hub, central, roles } = config
  if (hub && !roles.includes('hub')) return { peer: 'hub', url: hub.url, key: hub.token, cert: hub.cert, origins: () => ownOrigins(journal) }
  return central ? { peer: 'central', ...central, origins: () => journal.origins() } : null
}

/** Sends the journal on and reads what comes down: a station its own events to the hub, the hub everything to central. */
export function startReplication(parts: ReplicationParts): Replication {
  const found = peerOf(parts)
  if (!found) return { views: () => [], retry: () => undefined, close: () => Promise.resolve() }
  const { config, journal, downstream, vault, now, changed, log } = parts
  const { peer, url, key, cert, origins } = found
  const source = sourceOf(journal, origins)
  const shared = {
    peer: { url, key, ...(cert === undefined ? {} : { ca: cert }) }, office: config.office.agency, station: config.station.id, clock: { ...systemClock, now }, onBug: (error: unknown) => log('sync.bug', error),
  }
  const memory = peerMemory(journal.db, peer)
  let [wasReachable, told]: [boolean, string | null] = [false, null]
  const puller = startPuller({ ...shared, store: changeStore(downstream, vault, peer), onState: changed })
  const pusher = startPusher({ ...shared, source, load: peer === 'central' ? wanLoad : lanLoad, remembered: memory.remembered, onGreeted: memory.keep, onState: (state) => {
    // Once a reason: a peer that greets and takes nothing is lost anew every few seconds.
    if (state.lostBecause !== null && state.lostBecause !== told) log('sync.lost', new Error(`${peer}: ${state.lostBecause}`))
    if (state.lostBecause !== null || state.waiting === 0) told = state.lostBecause
    // Whoever takes what we send can answer what we ask, too.
    if (state.reachable && !wasReachable) puller.retry()
    wasReachable = state.reachable
    noteForks(parts, state)
    changed()
  } })
  const watchdog = startWatchdog({
    state: () => pusher.state(), clock: shared.clock, probe: () => canConnect(url),
    onAlarm: (stalled) => {
      if (stalled) log('sync.stalled', new Error(`${peer}: ${pusher.state().waiting} events wait though it can be reached`))
      changed()
    },
  })
  const stop = journal.onCommit(() => pusher.nudge())
  return {
    views: () => {
      const { reachable, lastContact, lostSince, lostBecause, waiting, refused, behindSince } = pusher.state()
      const nothingComes = reachable && puller.state().failures >= patience
      return [{ peer, reachable, lastContact, lostSince, lostBecause, waiting, behindSince, refused: refused && refusalView(journal, refused), stalledSince: watchdog.stalledSince(), nothingComes }]
    },
    retry: () => {
      pusher.retry()
      puller.retry()
    },
    close: async () => {
      stop()
      watchdog.close()
      await Promise.all([pusher.close(), puller.close()])
      memory.close()
    },
  }
}

function refusalView(journal: Journal, { code, origin }: Refusal): NonNullable<SyncView['refused']> {
  return { code, origin: origin ?? null, own: origin === undefined || journal.standing(origin) !== 'copied' }
}

/** Keeps what `motcua station new-epoch` needs to know of forks, as the peer tells it now, and says each once in the log. */
export function noteForks({ journal, log }: Pick<ReplicationParts, 'journal' | 'log'>, { forks, reachable, refused }: PusherState): void {
  // Away, or no to everything: it didn't say how our origins stand.
  if (!reachable || (refused !== null && refused.origin === undefined)) return
  const known = new Map(forksOf(journal.db).map(({ origin, common }) => [origin, common]))
  for (const origin of known.keys()) if (!forks.some((one) => one.origin === origin)) forgetFork(journal.db, origin)
  for (const fork of forks) {
    if (known.get(fork.origin) === fork.common) continue
    noteFork(journal.db, fork)
    log('sync.fork', new Error(`${fork.origin}: the peer has other events after #${fork.common}; close the station and run: motcua station new-epoch`))
  }
}
