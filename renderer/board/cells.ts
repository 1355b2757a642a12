import type { BoardCounter, BoardView } from '#contract/board.ts'
import type { CallQueueState } from '../voice/call-queue.ts'

/** What one counter's place on the board says. */
export type Cell =
  | { readonly kind: 'number'; readonly id: number; readonly number: string; readonly isHero: boolean }
  | { readonly kind: 'free'; readonly id: number }
  /** `until` 0: no time was given. */
  | { readonly kind: 'paused'; readonly id: number; readonly until: number }
  | { readonly kind: 'closed'; readonly id: number }

/** The number last announced for a counter: shown there until the next call of the counter has its turn. */
function announcedAt(counter: number, queue: CallQueueState): string | null {
  const shown = queue.hero === null ? queue.recent : [queue.hero, ...queue.recent]
  return shown.find((call) => call.counter === counter)?.number ?? null
}

function cellOf(counter: BoardCounter, queue: CallQueueState): Cell {
  const { id } = counter
  const waitsItsTurn = queue.pending.some((call) => call.counter === id && call.number === counter.number)
  const number = waitsItsTurn ? announcedAt(id, queue) : counter.number
  if (number !== null) return { kind: 'number', id, number, isHero: queue.hero?.counter === id && queue.hero.number === number }
  if (counter.state === 'paused') return { kind: 'paused', id, until: counter.pausedUntil ?? 0 }
  return counter.state === 'closed' ? { kind: 'closed', id } : { kind: 'free', id }
}

/** The counters in their fixed places. A number whose call still waits for its turn is held back: hero and cell change together. */
export function cellsOf(view: Pick<BoardView, 'counters'>, queue: CallQueueState): readonly Cell[] {
  return view.counters.toSorted((a, b) => a.id - b.id).map((counter) => cellOf(counter, queue))
}
