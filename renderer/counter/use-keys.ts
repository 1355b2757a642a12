import { useEffect, useRef } from 'react'
import { keyName } from './actions.ts'

export type KeyHandlers = Readonly<Record<string, (() => void) | undefined>>

const inField = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
const onControl = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('button, a, label, [role="option"], [role="radio"]') !== null

/**
 * Binds keys by the name that is written on the controls. Function keys and Alt or Ctrl work wherever the focus is; Enter only where it
 * means nothing else. A key of ours never reaches the browser, and a key held down acts once.
 */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const held = event.repeat ? keyName({ key: event.key, code: event.code, altKey: event.altKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, repeat: false }) : null
      const name = keyName(event) ?? held
      if (name === null || event.defaultPrevented || event.isComposing) return
      const handler = latest.current[name]
      if (handler === undefined) return
      if (name === 'Enter' && (inField(event.target) || onControl(event.target))) return
      event.preventDefault()
      if (!event.repeat) handler()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
