import { HubLink } from '#lan/hub-link.ts'
import type { StationConfig } from '#main/config.ts'
import type { AwayParts } from '#usecases/away-desk.ts'
import { LinkedQueue } from '#usecases/linked-queue.ts'
import { NumberBlocks } from '#usecases/number-blocks.ts'
import type { HubPlace } from './hub-place.ts'
import { screensOf } from './sessions.ts'

interface Parts extends Omit<AwayParts, 'numbers' | 'counters'> {
  readonly numberDays: () => readonly string[]
}

/** The office's queue at a station that is not its hub. */
export function linkedQueue(config: StationConfig, place: HubPlace, parts: Parts): LinkedQueue {
  const hub = new HubLink({ address: place.address, token: config.hub?.token ?? '', now: parts.now, office: place.keep })
  place.onMove(hub.renew)
  const counters = screensOf(config).flatMap((screen) => (screen.startsWith('counter-') ? [Number(screen.slice('counter-'.length))] : []))
  return new LinkedQueue({ ...parts, hub, counters, numbers: new NumberBlocks(parts.journal) })
}
