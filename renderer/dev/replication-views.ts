import type { ReplicationView } from '#contract/replication.ts'
import { supervisorView } from './supervisor-views.ts'

const { now } = supervisorView
const minutes = (n: number) => now - n * 60_000
const hub = { peer: 'hub', reachable: true, lastContact: now - 2_000, lostSince: null, waiting: 0, behindSince: null, refused: null, stalledSince: null } as const
const central = { ...hub, peer: 'central' } as const

/** A copied disk, a province that takes nothing, and three kinds of quarantine. */
export const troubledReplication: ReplicationView = {
  now,
  peers: [
    { ...hub, waiting: 14, behindSince: minutes(12), refused: { code: 'fork', origin: 'quay-3.7c1f09aa', own: true } },
    { ...central, reachable: false, lostSince: minutes(4), lostBecause: 'silent', waiting: 210, behindSince: minutes(47), stalledSince: minutes(3) },
  ],
  quarantine: [
    { where: 'here', origin: 'quay-3.7c1f09aa', seq: 214, type: 'dossier.accepted', subject: 'H15.50.05.13-261123-0042', reason: 'duplicate', at: minutes(9) },
    { where: 'central', origin: 'quay-2.10bb3e21', seq: 98, type: 'payment.received', subject: 'H15.50.05.13-261123-0017', reason: 'impossible-amount', at: minutes(70) },
    { where: 'central', origin: 'quay-5.92aa10cd', seq: 12, type: 'dossier.accepted', subject: 'H15.50.05.14-261123-0003', reason: 'another-office', at: minutes(95) },
  ],
  received: [
    { kind: 'calendar', count: 1, newestAt: minutes(300) },
    { kind: 'procedure', count: 4, newestAt: minutes(200) },
    { kind: 'status', count: 182, newestAt: minutes(1) },
    { kind: 'erasure', count: 1, newestAt: minutes(30) },
  ],
}

/** At a counter: the hub gone since the evening before, and what only the hub can mend. */
export const counterReplication: ReplicationView = {
  ...troubledReplication,
  peers: [
    { ...hub, reachable: false, lastContact: minutes(1_020), lostSince: minutes(1_020), lostBecause: 'connect EHOSTUNREACH 192.168.1.10:7410', waiting: 3, behindSince: minutes(1_010) },
    { ...central, waiting: 41, behindSince: minutes(2_900), refused: { code: 'fork', origin: 'hub.7c1f09aa', own: true }, ofHub: true },
  ],
  quarantine: troubledReplication.quarantine.filter(({ where }) => where === 'central'),
}

export const calmReplication: ReplicationView = { now, peers: [central], quarantine: [], received: [] }

/** Sent, and deaf. */
export const deafReplication: ReplicationView = { ...calmReplication, peers: [{ ...central, nothingComes: true }], received: [{ kind: 'price', count: 12, newestAt: minutes(9_000) }] }
