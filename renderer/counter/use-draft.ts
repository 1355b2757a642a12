import { useEffect, useRef, useState } from 'react'
import type { CounterCommands } from './commands.ts'
import type { IntakeForm } from './form-types.ts'
import { isWorthKeeping } from './form.ts'

export type DraftState =
  | { readonly kind: 'none' }
  | { readonly kind: 'restored'; readonly at: number }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed' }

const everyMs = 1000

/**
 * Saves the form each second while it differs from what is stored, and once more when the screen is left. A failed save is tried
 * again the next second. `live` is false before the stored draft is read and after the dossier is accepted.
 */
export function useDraft(form: IntakeForm, live: boolean, ticketId: string | null, restoredAt: number | null, commands: CounterCommands): DraftState {
  const [state, setState] = useState<DraftState>({ kind: 'none' })
  const latest = useRef({ form, live })
  const stored = useRef<IntakeForm | null>(null)
  const busy = useRef(false)
  useEffect(() => {
    latest.current = { form, live }
  })
  useEffect(() => {
    const due = () => latest.current.live && latest.current.form !== stored.current && isWorthKeeping(latest.current.form)
    const save = async () => {
      if (busy.current || !due()) return
      busy.current = true
      const { form: saving } = latest.current
      setState((old) => (old.kind === 'saved' ? old : { kind: 'saving' }))
      const result = await commands.saveDraft(ticketId, saving)
      if (result.ok) stored.current = saving
      setState(result.ok ? { kind: 'saved', at: result.data.savedAt } : { kind: 'failed' })
      busy.current = false
    }
    const timer = setInterval(() => void save(), everyMs)
    return () => {
      clearInterval(timer)
      if (due()) void commands.saveDraft(ticketId, latest.current.form)
    }
  }, [commands, ticketId])
  return state.kind === 'none' && restoredAt !== null ? { kind: 'restored', at: restoredAt } : state
}
