import type { StationsDesk } from '#api/stations.ts'
import type { LinkedStation } from '#contract/stations.ts'
import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Journal } from '#journal/journal.ts'
import type { Connections } from '#lan/connections.ts'
import type { DataFiles, LinkedMachine, StationConfig } from '#main/config.ts'
import type { QueueDesk } from '#usecases/queue-desk.ts'
import type { QueuePort } from '#usecases/queue-port.ts'
import { Refusal } from '#usecases/refusal.ts'
import type { Lan } from './open-lan.ts'
import { mayTakeOver, takeOver } from './take-over.ts'

interface Parts {
  readonly config: StationConfig
  readonly files: DataFiles
  readonly journal: Journal
  readonly desk: QueueDesk | null
  readonly queue: QueuePort
  readonly lan: Lan
  readonly presence: Connections
  readonly calendar: () => OfficeCalendar
  readonly address: () => string
  readonly now: () => number
  /** Starts this station anew with its new configuration, once the answer is out. */
  readonly restart: () => void
}

/** What the page "Thiết bị & trạm" shows and does. */
export function stationsDesk(parts: Parts): StationsDesk {
  const { config, files, journal, desk, queue, lan, now } = parts
  const hub = () => {
    if (!desk) throw new Refusal('not-the-hub')
    return desk
  }
  const codes = () => {
    if (!lan.pairing) throw new Refusal(desk ? 'hub-not-on-lan' : 'not-the-hub')
    // Whoever is paired here would find no hub: this one speaks to nobody any more.
    if (lan.term.superseded) throw new Refusal('hub-superseded')
    return lan.pairing
  }
  return {
    view: () => ({
      now: now(),
      isHub: desk !== null,
      superseded: desk !== null && lan.term.superseded,
      address: lan.fingerprint ? parts.address() : null,
      fingerprint: lan.fingerprint,
      code: lan.pairing?.current() ?? null,
      stations: desk ? lan.pairings.list().map((machine) => rowOf(parts, machine)) : [],
      counters: config.counters.map((one) => one.id),
      spare: config.spare ? { ready: mayTakeOver(config, files), hubLostSince: queue.lostSince() } : null,
    }),
    openCode: (purpose) => {
      if (purpose.counter !== null && !config.counters.some(({ id }) => id === purpose.counter)) throw new Refusal('no-such-counter')
      return codes().open(purpose)
    },
    closeCode: () => codes().close(),
    revoke: (id) => {
      hub().endLeases('supervisor', id, true)
      lan.pairings.revoke('supervisor', id)
    },
    endLeases: (id) => hub().endLeases('supervisor', id),
    promote: (force) => {
      if (!mayTakeOver(config, files)) throw new Refusal('not-a-spare')
      if (!force && queue.lostSince() === null) throw new Refusal('hub-alive')
      const { term } = takeOver({ config, files, journal, calendar: parts.calendar(), now })
      parts.restart()
      return { term }
    },
  }
}

function rowOf({ desk, lan, presence }: Parts, { id, kind, counters }: LinkedMachine): LinkedStation {
  const { now, lastSeen } = presence.presenceOf(id)
  return { id, kind: kind ?? 'station', counters, connected: now > 0, lastSeen, ...(desk?.leasedTo(id) ?? { leased: 0, away: 0 }), copy: lan.feeds?.stateOf(id) ?? null }
}
