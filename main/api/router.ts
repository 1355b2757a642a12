import { api } from './base.ts'
import { boardRouter } from './board.ts'
import { counterRouter } from './counter.ts'
import { followRouter } from './follow.ts'
import { kioskRouter } from './kiosk.ts'
import { linkRouter, type HubQueue } from './link.ts'
import type { ApiParts } from './parts.ts'
import { personRouter } from './person.ts'
import { replicationRouter } from './replication.ts'
import { stationsRouter } from './stations.ts'
import { supervisorRouter } from './supervisor.ts'
import { terminalDayRouter } from './terminal-day.ts'
import { touchpadRouter } from './touchpad.ts'

/** The whole contract, implemented once; both bridges carry it. */
export function stationRouter(parts: ApiParts, hub: HubQueue | null) {
  return api.router({
    kiosk: kioskRouter(parts),
    counter: counterRouter(parts),
    board: boardRouter(parts),
    touchpad: touchpadRouter(parts),
    follow: followRouter(parts),
    stations: stationsRouter(parts),
    supervisor: supervisorRouter(parts),
    terminalDay: terminalDayRouter(parts),
    link: linkRouter(parts, hub),
    replication: replicationRouter(parts),
    person: personRouter(parts),
  })
}

export type StationRouter = ReturnType<typeof stationRouter>
