import { useCallback, useEffect, useRef, useState } from 'react'
import { idleState, type IdleRule, type IdleState } from './idle.ts'

/**
 * The kiosk's time-out: any touch or key anywhere refills it; `onOver` is called once when it has run out. `active` false stops it
 * (first screen, nothing entered). `addTime` is "Thêm thời gian".
 */
export function useIdle(rule: IdleRule, active: boolean, screen: string, onOver: () => void): IdleState & { readonly addTime: () => void } {
  const last = useRef(0)
  const extra = useRef(0)
  const over = useRef(onOver)
  const [state, setState] = useState<IdleState>(() => idleState(rule, 0))
  useEffect(() => {
    over.current = onOver
  })
  const refill = useCallback(() => {
    last.current = Date.now()
    setState(idleState(rule, 0, extra.current))
  }, [rule])
  useEffect(() => {
    extra.current = 0
    refill()
    if (!active) return undefined
    const timer = setInterval(() => {
      const next = idleState(rule, Date.now() - last.current, extra.current)
      setState(next)
      if (next.over) {
        last.current = Date.now()
        over.current()
      }
    }, 200)
    // Captured: buttons stop a press from going further up.
    const events = ['pointerdown', 'keydown'] as const
    events.forEach((event) => globalThis.addEventListener(event, refill, true))
    return () => {
      clearInterval(timer)
      events.forEach((event) => globalThis.removeEventListener(event, refill, true))
    }
  }, [rule, active, screen, refill])
  const addTime = useCallback(() => {
    extra.current += rule.limit
    refill()
  }, [rule, refill])
  return { ...state, addTime }
}
