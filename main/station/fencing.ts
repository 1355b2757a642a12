import { askTerm } from '#lan/ask-term.ts'
import type { HubTerm } from '#usecases/hub-term.ts'
import type { Pairings } from './pairings.ts'

/** This machine was the hub, and another has taken its place. */
export class HubSupersededError extends Error {
  override readonly name = 'HubSupersededError'
}

const lookMs = 2_000

/** Asks the spares of a hub whether one of them has taken over. */
async function ask(term: HubTerm, pairings: Pairings): Promise<void> {
  const spares = pairings.list().flatMap(({ spare }) => (spare ? [spare] : []))
  const words = await Promise.all(spares.map(askTerm))
  for (const word of words) {
    if (word?.hub && word.term === term.own) term.stepBack()
    else if (word) term.learn(word.term)
  }
}

/** Rejects with HubSupersededError when a hub that comes up is no longer it. Then it goes on looking; the answer ends that. */
export async function fence(term: HubTerm, pairings: Pairings): Promise<() => void> {
  await ask(term, pairings)
  if (term.superseded) throw new HubSupersededError('another machine has taken over as the hub')
  const timer = setInterval(() => void ask(term, pairings), lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
