import { useEffect, useState } from 'react'

/** This machine's clock, ticking on whole `stepMs`; so all timers of a screen change together. */
function useTick(stepMs: number): number {
  const [local, setLocal] = useState(() => Date.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      setLocal(Date.now())
      timer = setTimeout(tick, stepMs - (Date.now() % stepMs))
    }
    timer = setTimeout(tick, stepMs - (Date.now() % stepMs))
    return () => clearTimeout(timer)
  }, [stepMs])
  return local
}

/**
 * The station's clock now, epoch ms, ticking each `stepMs`: the view's `now` plus the time since it arrived. So a tablet with a wrong
 * clock still shows the office's time. Before the first view: this machine's clock.
 */
export function useNow(live: { readonly view: { readonly now: number } | null; readonly receivedAt: number }, stepMs = 1000): number {
  const local = useTick(stepMs)
  return live.view === null ? local : live.view.now + Math.max(0, local - live.receivedAt)
}
