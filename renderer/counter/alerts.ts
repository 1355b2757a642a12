/** What needs the clerk, most urgent first. Pure; the words are in the catalogue under `counter.alert.`. */
import type { CardPayment, CounterView, UnknownPrint } from '#contract/counter.ts'

export type Alert =
  | { readonly kind: 'card'; readonly tone: 'danger'; readonly payment: CardPayment }
  | { readonly kind: 'print'; readonly tone: 'danger' | 'warn'; readonly print: UnknownPrint }
  | { readonly kind: 'paper-out'; readonly tone: 'danger' }
  | { readonly kind: 'guide'; readonly tone: 'info'; readonly station: string; readonly at: number }

/** Offline bands, hub first: without it the counter calls only what is leased to it. */
export type Band =
  | { readonly kind: 'hub'; readonly since: number }
  | { readonly kind: 'central'; readonly since: number; readonly waiting: number }

export const alertsOf = (view: CounterView): readonly Alert[] => [
  ...view.cards.filter((card) => card.state === 'unknown').map((payment): Alert => ({ kind: 'card', tone: 'danger', payment })),
  ...view.prints.map((print): Alert => ({ kind: 'print', tone: print.state === 'unknown' ? 'danger' : 'warn', print })),
  ...(view.paper === 'out' && !view.prints.some((print) => print.state === 'waiting') ? [{ kind: 'paper-out', tone: 'danger' } as const] : []),
  ...view.helpAsked.map((help): Alert => ({ kind: 'guide', tone: 'info', station: help.station, at: help.at })),
].toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))

const order: readonly Alert['tone'][] = ['danger', 'warn', 'info']

/** At most two at once; the rest is a number that opens. */
export const shownAlerts = (alerts: readonly Alert[], all: boolean): { readonly shown: readonly Alert[]; readonly more: number } =>
  all || alerts.length <= 2 ? { shown: alerts, more: 0 } : { shown: alerts.slice(0, 2), more: alerts.length - 2 }

export const bandOf = (view: CounterView): Band | null => {
  if (view.hubLostSince !== null) return { kind: 'hub', since: view.hubLostSince }
  const central = view.sync.find((peer) => peer.peer === 'central' && peer.lostSince !== null)
  return central?.lostSince == null ? null : { kind: 'central', since: central.lostSince, waiting: central.waiting }
}
