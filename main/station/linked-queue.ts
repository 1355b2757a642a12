import { HubLink } from '#lan/hub-link.ts'
import type { StationConfig } from '#main/config.ts'
import type { AwayParts } from '#usecases/away-desk.ts'
import { LinkedQueue } from '#usecases/linked-queue.ts'
import { NumberBlocks } from '#usecases/number-blocks.ts'
import { screensOf } from './sessions.ts'

interface Parts extends Omit<AwayParts, 'numbers' | 'counters'> {
  readonly numberDays: () => readonly string[]
}

/** The office's queue at a station that is not its hub. */
export function linkedQueue(config: StationConfig, parts: Parts): LinkedQueue {
  const urls = config.hub ? [config.hub.url] : []
  const hub = new HubLink({ urls: () => urls, token: config.hub?.token ?? '', now: parts.now })
  const counters = screensOf(config).flatMap((screen) => (screen.startsWith('counter-') ? [Number(screen.slice('counter-'.length))] : []))
  return new LinkedQueue({ ...parts, hub, counters, numbers: new NumberBlocks(parts.journal) })
}
