import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SyncView } from '#contract/shared.ts'
import type { Journal } from '#journal/journal.ts'
import { ChainError } from '#journal/journal.ts'
import { sameToken } from '#lan/tokens.ts'
import { startPusher, systemClock, type Pusher } from '#sync/pusher.ts'
import { StaleMarkError, syncRequestHandler, type ReplicaStore } from '#sync/receiver.ts'
import type { StationConfig } from '#main/config.ts'

/** The journal as a place where other stations' events are kept. */
export function replicaStore(journal: Journal): ReplicaStore {
  return {
    epoch: () => journal.epoch(),
    mark: (origin) => journal.head(origin),
    hashAt: (origin, seq) => journal.after(origin, seq - 1, 1)[0]?.hash ?? null,
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

/** Serves /sync/ at a hub: each linked station may push its own origins and nobody else's. */
export function hubSync(config: StationConfig, journal: Journal): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  if (!config.roles.includes('hub')) return () => Promise.resolve(false)
  return syncRequestHandler({
    office: config.office.agency,
    store: replicaStore(journal),
    authenticate: (key) => {
      const station = config.stations.find((one) => sameToken(one.token, key))
      return station ? { mayPush: (origin) => origin.startsWith(`${station.id}.`) } : { refused: 'unauthorised' }
    },
  })
}

/** This station's events, those of its earlier epochs among them. */
const ownOrigins = (journal: Journal): readonly string[] => journal.origins().filter((origin) => journal.standing(origin) !== 'copied')

/** Sends the journal on: a station its own events to the hub, the hub everything to central. */
export function startReplication(config: StationConfig, journal: Journal, now: () => number, changed: () => void, log: (code: string, error: unknown) => void): Replication {
  const clock = { ...systemClock, now }
  const pushers: { readonly peer: SyncView['peer']; readonly pusher: Pusher }[] = []
  const add = (peer: SyncView['peer'], url: string, key: string, origins: () => readonly string[]) => {
    const source = { origins, after: journal.after.bind(journal), head: journal.head.bind(journal), standing: journal.standing.bind(journal) }
    pushers.push({ peer, pusher: startPusher({ source, peer: { url, key }, office: config.office.agency, station: config.station.id, onState: changed, onBug: (error) => log('sync.bug', error), clock }) })
  }
  const isHub = config.roles.includes('hub')
  if (config.hub && !isHub) add('hub', config.hub.url, config.hub.token, () => ownOrigins(journal))
  else if (config.central) add('central', config.central.url, config.central.key, () => journal.origins())
  const stop = journal.onCommit(() => pushers.forEach(({ pusher }) => pusher.nudge()))
  return {
    views: () =>
      pushers.map(({ peer, pusher }) => {
        const { reachable, lastContact, lostSince, waiting } = pusher.state()
        return { peer, reachable, lastContact, lostSince, waiting }
      }),
    close: async () => {
      stop()
      await Promise.all(pushers.map(({ pusher }) => pusher.close()))
    },
  }
}

export interface Replication {
  readonly views: () => readonly SyncView[]
  readonly close: () => Promise<void>
}
