import type { SupervisorView } from '#contract/supervisor.ts'

/** Something that a person should look at, gravest first. Only what the station knows. */
export type Task =
  | { readonly kind: 'long-wait'; readonly urgency: 0; readonly people: number; readonly service: string; readonly minutes: number }
  | { readonly kind: 'device'; readonly urgency: 0 | 1; readonly name: string; readonly code: string; readonly device: SupervisorView['devices'][number]['kind'] }
  | { readonly kind: 'print'; readonly urgency: 1; readonly state: 'unknown' | 'failed' | 'waiting'; readonly what: string; readonly since: number; readonly reason: string | null }
  | { readonly kind: 'card-doubt'; readonly urgency: 0; readonly at: number; readonly amount: number; readonly code: string }
  | { readonly kind: 'card-orphan'; readonly urgency: 0; readonly at: number; readonly amount: number; readonly receipt: string | null }
  | { readonly kind: 'sync'; readonly urgency: 1; readonly peer: 'hub' | 'central'; readonly since: number; readonly waiting: number }
  | { readonly kind: 'refused' | 'stalled'; readonly urgency: 0; readonly peer: 'hub' | 'central'; readonly waiting: number }
  | { readonly kind: 'gone-clerk'; readonly urgency: 1; readonly counter: number; readonly name: string }
  | { readonly kind: 'aside'; readonly urgency: 1; readonly count: number }

function longWaits(view: SupervisorView): readonly Task[] {
  return view.services.flatMap((service) => {
    const late = service.waits.filter((wait) => wait.minutes > 30).map((wait) => wait.minutes)
    return late.length === 0 ? [] : [{ kind: 'long-wait', urgency: 0, people: late.length, service: service.name, minutes: Math.max(...late) } as const]
  })
}

const devices = (view: SupervisorView): readonly Task[] =>
  view.devices
    .filter((device) => device.state === 'down' || device.state === 'warning')
    .map((device) => ({ kind: 'device', urgency: device.state === 'down' ? 0 : 1, name: device.name, code: device.code, device: device.kind }))

const prints = (view: SupervisorView): readonly Task[] =>
  view.prints.map(({ state, what, since, reason }) => ({ kind: 'print', urgency: 1, state, what, since, reason }))

const cards = (view: SupervisorView): readonly Task[] => [
  ...view.cardDoubts.map((doubt): Task => ({ kind: 'card-doubt', urgency: 0, ...doubt })),
  ...view.cardOrphans.map((orphan): Task => ({ kind: 'card-orphan', urgency: 0, ...orphan })),
]

const syncs = (view: SupervisorView): readonly Task[] =>
  view.sync.flatMap((peer) => (peer.lostSince === null || peer.stalledSince != null ? [] : [{ kind: 'sync', urgency: 1, peer: peer.peer, since: peer.lostSince, waiting: peer.waiting } as const]))

/** A peer that is there and takes nothing: it won't mend by itself. */
const troubles = (view: SupervisorView): readonly Task[] =>
  view.sync.flatMap(({ peer, lostSince, refused, stalledSince, waiting }) => {
    const kind = refused && lostSince === null ? 'refused' : stalledSince == null ? null : 'stalled'
    return kind === null ? [] : [{ kind, urgency: 0, peer, waiting } as const]
  })

const aside = (view: SupervisorView): readonly Task[] => (view.quarantined ? [{ kind: 'aside', urgency: 1, count: view.quarantined }] : [])

const goneClerks = (view: SupervisorView): readonly Task[] => (view.goneClerks ?? []).map((clerk) => ({ kind: 'gone-clerk', urgency: 1, ...clerk }))

/** What needs somebody, the gravest first, otherwise in a fixed order so that lines keep their place. */
export function tasksOf(view: SupervisorView): readonly Task[] {
  return [...longWaits(view), ...devices(view), ...prints(view), ...cards(view), ...syncs(view), ...troubles(view), ...aside(view), ...goneClerks(view)].toSorted((a, b) => a.urgency - b.urgency)
}
