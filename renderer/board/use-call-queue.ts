import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { BoardView } from '#contract/board.ts'
import { createCallQueue, emptyQueue, realClock, type CallQueue, type CallQueueState } from '../voice/call-queue.ts'
import type { Speaker } from '../voice/speaker.ts'

/** Shortest time of a call in the largest place, ms. `?hold=0` lets a benchmark paint call after call. */
export const minHoldMs = (search: string): number => {
  const asked = new URLSearchParams(search).get('hold')
  return asked !== null && /^\d+$/.test(asked) ? Number(asked) : 6000
}

/**
 * The queue of calls of a running board. Calls are offered in the layout phase, so a call that finds the board quiet is painted with the
 * view that brought it.
 */
export function useCallQueue(view: BoardView | null, speaker: RefObject<Speaker>, repeats: number): CallQueueState {
  const [state, setState] = useState<CallQueueState>(emptyQueue)
  const queue = useRef<CallQueue | null>(null)
  const wanted = useRef(repeats)
  useEffect(() => {
    wanted.current = repeats
  }, [repeats])
  useLayoutEffect(() => {
    const created = createCallQueue({
      speaker: () => speaker.current, clock: realClock, minHoldMs: minHoldMs(location.search), repeats: () => wanted.current, onChange: setState,
    })
    queue.current = created
    return () => {
      queue.current = null
      created.close()
    }
  }, [speaker])
  useLayoutEffect(() => {
    if (view !== null) queue.current?.offer(view.calls, view.now)
  }, [view])
  usePaintMark(state)
  return state
}

/** Leaves `board-call-<seq>` in the performance timeline right after the frame that first shows a call: what the benchmark reads. */
function usePaintMark({ hero, phase }: CallQueueState): void {
  const marked = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (hero === null || phase === 'quiet') return
    const name = `board-call-${hero.seq}`
    if (marked.current === name) return
    marked.current = name
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => performance.mark(name))
      channel.port1.start()
      channel.port2.postMessage(null)
    })
  }, [hero, phase])
}
