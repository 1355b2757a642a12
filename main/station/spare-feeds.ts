import type { LinkedMachine, StationConfig } from '#main/config.ts'
import type { Journal } from '#journal/journal.ts'
import { lanLoad } from '#sync/protocol/messages.ts'
import { startPusher, systemClock, type Pusher } from '#sync/pusher.ts'
import type { Pairings } from './pairings.ts'
import { sourceOf } from './replication.ts'

interface Parts {
  readonly config: StationConfig
  readonly journal: Journal
  readonly pairings: Pairings
  readonly now: () => number
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
}

/** How far a spare's copy is. */
export interface SpareState {
  readonly reachable: boolean
  readonly lastContact: number | null
  readonly waiting: number
}

export interface SpareFeeds {
  readonly stateOf: (station: string) => SpareState | null
  readonly close: () => Promise<void>
}

/** Sends every journal of the office on to the hub's spares, by the protocol of all replication. */
export function spareFeeds({ config, journal, pairings, now, changed, log }: Parts): SpareFeeds {
  const feeds = new Map<string, { readonly machine: LinkedMachine; readonly pusher: Pusher }>()
  const ending: Promise<void>[] = []
  const start = (machine: LinkedMachine, spare: NonNullable<LinkedMachine['spare']>): Pusher => {
    const origins = () => journal.origins().filter((origin) => !origin.startsWith(`${machine.id}.`))
    return startPusher({
      source: sourceOf(journal, origins),
      peer: { url: spare.url, key: machine.token, ...(spare.cert === undefined ? {} : { ca: spare.cert }) },
      office: config.office.agency, station: config.station.id, load: lanLoad, clock: { ...systemClock, now }, onState: changed,
      onBug: (error) => log('spare.bug', error),
    })
  }
  const look = () => {
    const machines = pairings.list()
    for (const [id, { machine, pusher }] of feeds) {
      if (machines.includes(machine)) continue
      feeds.delete(id)
      ending.push(pusher.close())
    }
    for (const machine of machines) if (machine.spare && !feeds.has(machine.id)) feeds.set(machine.id, { machine, pusher: start(machine, machine.spare) })
  }
  look()
  pairings.onChange(look)
  const stop = journal.onCommit(() => feeds.forEach(({ pusher }) => pusher.nudge()))
  return {
    stateOf: (station) => feeds.get(station)?.pusher.state() ?? null,
    close: async () => {
      stop()
      await Promise.all([...ending, ...[...feeds.values()].map(({ pusher }) => pusher.close())])
    },
  }
}
