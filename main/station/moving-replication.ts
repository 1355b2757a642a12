import type { HubPlace } from './hub-place.ts'
import { startReplication, type Replication, type ReplicationParts } from './replication.ts'

/** Replication that goes on to another machine when that becomes the hub: what it lacks of our journal, it gets. */
export function movingReplication(parts: Omit<ReplicationParts, 'config'>, place: HubPlace): Replication {
  let current = startReplication({ ...parts, config: place.config() })
  let moving: Promise<void> = Promise.resolve()
  let closed = false
  place.onMove(() => {
    moving = moving.then(async () => {
      await current.close()
      if (!closed) current = startReplication({ ...parts, config: place.config() })
      parts.changed()
    })
  })
  return {
    views: () => current.views(),
    retry: () => current.retry(),
    close: async () => {
      closed = true
      await moving
      await current.close()
    },
  }
}
