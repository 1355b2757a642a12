import type { ReplicationView } from '#contract/replication.ts'
import { actorOf, api } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

function replicationView(parts: ApiParts): ReplicationView {
  const { quarantine, received } = parts.replication
  return { now: parts.now(), peers: parts.sync(), quarantine: quarantine(), received: received() }
}

/** The sync console of the head of the office. */
export function replicationRouter(parts: ApiParts) {
  return {
    live: api.replication.live.handler(({ signal }) => live(parts.changes, () => replicationView(parts), signal)),
    retry: api.replication.retry.handler(() => {
      parts.replication.retry()
      return { ok: true as const }
    }),
    settle: api.replication.settle.handler(({ input, context }) => {
      parts.replication.settle(actorOf(context.session), input)
      return { ok: true as const }
    }),
    retryQuarantine: api.replication.retryQuarantine.handler(() => parts.replication.retryQuarantine()),
  }
}
