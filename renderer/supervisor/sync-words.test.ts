import { expect, it } from 'vitest'
import type { SyncView } from '#contract/shared.ts'
import { supervisorView } from '../dev/supervisor-views.ts'
import { becauseKey, kindKey, lagOf, problemOf, reasonKey, stateOf, whatKey } from './sync-words.ts'
import { tasksOf } from './tasks.ts'

const well: SyncView = { peer: 'hub', reachable: true, lastContact: 1, lostSince: null, waiting: 0, behindSince: null, refused: null, stalledSince: null }
const peers: readonly (readonly [SyncView, string, string | null])[] = [
  [well, 'sync.state.ok', null],
  [{ ...well, waiting: 3 }, 'sync.state.sending', null],
  [{ ...well, lastContact: null }, 'sync.state.never', null],
  [{ ...well, reachable: false, lostSince: 1 }, 'sync.state.lost', 'sync.lost'],
  [{ ...well, reachable: false, lostSince: 1, stalledSince: 2, waiting: 1 }, 'sync.state.stalled', 'sync.stalled'],
  [{ ...well, refused: { code: 'fork', origin: 'quay-3.aa', own: true }, stalledSince: 2 }, 'sync.state.refused', 'sync.refused.fork'],
  [{ ...well, refused: { code: 'fork', origin: 'quay-4.aa', own: false } }, 'sync.state.refused', 'sync.refused.fork.other'],
  [{ ...well, refused: { code: 'unauthorised', origin: null, own: true } }, 'sync.state.refused', 'sync.refused.unpaired'],
  [{ ...well, peer: 'central', refused: { code: 'unauthorised', origin: null, own: true } }, 'sync.state.refused', 'sync.refused.unauthorised'],
  [{ ...well, refused: { code: 'revoked', origin: null, own: true } }, 'sync.state.refused', 'sync.refused.revoked'],
  [{ ...well, peer: 'central', ofHub: true, refused: { code: 'fork', origin: 'hub.aa', own: true } }, 'sync.state.refused', 'sync.atHub'],
  [{ ...well, peer: 'central', ofHub: true, reachable: false, lostSince: 1 }, 'sync.state.lost', 'sync.lost'],
  [{ ...well, reachable: false, lostSince: 1, stalledSince: 2, lostBecause: 'other-certificate' }, 'sync.state.stalled', 'sync.stranger'],
  [{ ...well, nothingComes: true }, 'sync.state.nothing', 'sync.nothing'],
  [{ ...well, refused: { code: 'of-a-later-version', origin: null, own: true } }, 'sync.state.refused', 'sync.refused.other'],
]

it.each(peers)('%o', (peer, state, title) => {
  expect(stateOf(peer).key).toBe(state)
  expect(problemOf(peer)?.title ?? null).toBe(title)
})

it.each([[-5_000, 'sync.lag.moment', 1], [59_999, 'sync.lag.moment', 1], [12 * 60_000, 'sync.lag.minutes', 12], [47 * 3_600_000, 'sync.lag.hours', 47], [90 * 3_600_000, 'sync.lag.days', 3]])('%i ms behind', (ms, key, count) => {
  expect(lagOf(ms)).toEqual({ key, count })
})

it('a fork names its way out, nothing else does', () => {
  expect(peers.filter(([peer]) => problemOf(peer)?.command).map(([peer]) => peer.refused?.code)).toEqual(['fork', 'fork'])
})

it('what a later version says is told by its own name', () => {
  expect([kindKey('status'), kindKey('weather')]).toEqual(['sync.received.status', null])
  expect([becauseKey('no connection'), becauseKey('certificate has expired')]).toEqual(['sync.because.no-connection', null])
  expect([reasonKey('duplicate'), reasonKey('weather')]).toEqual(['sync.reason.duplicate', 'sync.reason.other'])
  expect([whatKey('dossier.accepted'), whatKey('payment.received'), whatKey('dossier.weighed')]).toEqual(['sync.what.dossier.accepted', 'sync.what.payment', 'sync.what.other'])
})

it('trouble with a peer and what was put aside are tasks of the head of the office; one task a peer', () => {
  const view = { ...supervisorView, prints: [], devices: [], services: [], quarantined: 2, sync: [{ ...well, lostSince: 1, stalledSince: 2, waiting: 1 }, { ...well, peer: 'central' as const, lostSince: 5 }] }
  expect(tasksOf(view).map(({ kind }) => kind)).toEqual(['stalled', 'sync', 'aside'])
})
