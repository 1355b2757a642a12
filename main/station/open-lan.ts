import type { Session } from '#api/session.ts'
import { machineIdentity, fingerprintOf, type Identity } from '#lan/certificate.ts'
import { termPath } from '#lan/ask-term.ts'
import type { Connections } from '#lan/connections.ts'
import { sendJson } from '#lan/json-body.ts'
import { PairingDesk } from '#lan/pairing-desk.ts'
import type { Route } from '#lan/server.ts'
import { sameToken } from '#lan/tokens.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'
import type { Journal } from '#journal/journal.ts'
import type { ChangeSource } from '#sync/protocol/changes.ts'
import type { Authentication } from '#sync/receiver.ts'
import { HubTerm } from '#usecases/hub-term.ts'
import type { QueueDesk } from '#usecases/queue-desk.ts'
import { fence } from './fencing.ts'
import { officeBook } from './office-book.ts'
import { pairingRoutes } from './pairing-routes.ts'
import { Pairings } from './pairings.ts'
import { replicaRoute } from './replication.ts'
import { spareFeeds, type SpareFeeds } from './spare-feeds.ts'

export interface LanParts {
  readonly config: StationConfig
  readonly files: DataFiles
  readonly journal: Journal
  /** The hub's own queue; null at any other station. */
  readonly desk: QueueDesk | null
  /** What is handed down to stations. */
  readonly changes: ChangeSource
  readonly presence: Connections
  readonly now: () => number
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
  readonly closer: AsyncDisposableStack
}

/** What a station is to the other machines of its office. */
export interface Lan {
  readonly identity: Identity | null
  readonly fingerprint: string | null
  readonly pairings: Pairings
  /** The codes of a hub that others can reach, else null. */
  readonly pairing: PairingDesk | null
  readonly book: ReturnType<typeof officeBook>
  readonly feeds: SpareFeeds | null
  readonly term: HubTerm
  readonly routes: readonly Route[]
  /** Calls back when the token of a session is taken back. */
  readonly onRevoked: (session: Session, end: () => void) => () => void
}

/** Whether other machines can reach the port. */
const isOnLan = ({ listen }: StationConfig): boolean => !/^(127\.|localhost$|::1$)/.test(listen.host)

/** Who this machine is to the others, whom it lets in, and what it sends to its spares. Rejects with HubSupersededError at a hub that another replaced. */
export async function openLan(parts: LanParts): Promise<Lan> {
  const { config, files, journal, desk, changes, presence, now, changed, log, closer } = parts
  const identity = isOnLan(config) ? await machineIdentity(files.identity, `Mot Cua ${config.station.id}`) : null
  const fingerprint = identity && fingerprintOf(identity.cert)
  const pairings = new Pairings(config, files.config, journal)
  pairings.onChange(changed)
  const term = desk?.term ?? new HubTerm(journal)
  if (desk) closer.defer(await fence(term, pairings))
  const feeds = desk && spareFeeds({ config, journal, pairings, now, changed, log })
  if (feeds) closer.defer(feeds.close)
  const pairing = desk && fingerprint ? new PairingDesk(fingerprint, now, changed) : null
  const replaced = (id: string) => desk?.endLeases('supervisor', id, true)
  const takes = desk !== null || config.spare
  return {
    identity, fingerprint, pairings, pairing, feeds, term,
    book: officeBook(config, pairings),
    routes: [
      ...(takes ? [replicaRoute({ config, journal, changes, authenticate: (key) => whoPushes(config, pairings, key) })] : []),
      ...(pairing ? [pairingRoutes({ config, desk: pairing, pairings, now, connected: (id) => presence.presenceOf(id).now > 0, replaced })] : []),
      termRoute(desk, term),
    ],
    onRevoked: (session, end) => (session.station === null ? () => undefined : pairings.onRevoked(session.station, end)),
  }
}

/** To a hub its stations push their own journals; to a spare its hub pushes everybody's. */
function whoPushes(config: StationConfig, pairings: Pairings, key: string): Authentication {
  if (config.spare && config.hub) return sameToken(config.hub.token, key) ? { mayPush: (origin) => !origin.startsWith(`${config.station.id}.`) } : { refused: 'unauthorised' }
  const station = pairings.find(key)
  return station && !station.kind ? { mayPush: (origin) => origin.startsWith(`${station.id}.`) } : { refused: 'unauthorised' }
}

function termRoute(desk: QueueDesk | null, term: HubTerm): Route {
  return (request, response) => {
    if (request.url !== termPath || request.method !== 'GET') return Promise.resolve(false)
    sendJson(response, 200, { hub: desk !== null && !term.superseded, term: desk ? term.own : term.known })
    return Promise.resolve(true)
  }
}
