import type { FollowView } from '#contract/follow.ts'
import { FollowScreen } from '../follow/follow-screen.tsx'
import { kioskNow, kioskView } from './kiosk-view.ts'
import type { DevScreens } from './screens.ts'

const view: FollowView = { now: kioskNow, asOf: kioskNow, office: kioskView.office, number: 'A012', title: 'Đăng ký khai sinh', state: 'waiting', counter: null, ahead: 4, estimate: { from: 15, to: 25 }, counters: [2, 3] }
const follow = (change: Partial<FollowView>, lostSince: number | null = null) => () => <FollowScreen view={{ ...view, ...change }} lostSince={lostSince} />

export const screens: DevScreens = {
  'follow-waiting': follow({}),
  'follow-called': follow({ state: 'called', counter: 3 }),
  'follow-lost': follow({ title: 'Giao đất, cho thuê đất, chuyển mục đích (không đấu giá)', number: 'D1012' }, kioskNow),
  'follow-done': follow({ state: 'done', counter: 3 }),
}
