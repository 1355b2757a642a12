import type { SupervisorView } from '#contract/supervisor.ts'
import { levelOf } from './floor.ts'

/** People waiting now by how long: up to 15 minutes, up to 30, beyond. */
export function waitBands(view: Pick<SupervisorView, 'services'>): { readonly calm: number; readonly warn: number; readonly danger: number; readonly all: number } {
  const levels = view.services.flatMap((service) => service.waits.map((wait) => levelOf(wait.minutes)))
  const count = (level: string) => levels.filter((one) => one === level).length
  return { calm: count('calm'), warn: count('warn'), danger: count('danger'), all: levels.length }
}

/** Today's answers: how many, and how many of them 4 or 5. */
export function satisfaction(ratings: readonly number[]): { readonly all: number; readonly satisfied: number } {
  const [best = 0, good = 0] = ratings
  return { all: ratings.reduce((sum, count) => sum + count, 0), satisfied: best + good }
}

/** What each counter is doing, from its state alone. */
export type CounterDoing = 'busy' | 'paused' | 'closed' | 'free'

export function doing(counter: SupervisorView['counters'][number]): CounterDoing {
  if (counter.ticket !== null) return 'busy'
  if (counter.pausedUntil !== null) return 'paused'
  return counter.staff === null && counter.staffName === null ? 'closed' : 'free'
}

/** Ids of the counters by what they do, for the line under the headline. */
export function countersDoing(view: Pick<SupervisorView, 'counters'>): Readonly<Record<CounterDoing, readonly number[]>> {
  const ids = (what: CounterDoing) => view.counters.filter((counter) => doing(counter) === what).map((counter) => counter.id)
  return { busy: ids('busy'), paused: ids('paused'), closed: ids('closed'), free: ids('free') }
}
