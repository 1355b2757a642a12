import { useEffect, useState } from 'react'
import type { IntakePreview } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { feeChoices } from './accept-input.ts'
import type { CounterCommands } from './commands.ts'
import type { IntakeForm } from './form-types.ts'
import { refusalText } from './use-run.ts'

/** `last` is kept while the next is computed, so that the column never blanks. */
export interface PreviewState {
  readonly last: IntakePreview | null
  readonly computing: boolean
  readonly failed: string | null
}

const pauseMs = 120

/** Due date and fee of the form as the station computes them; asked again when what they hang on changes. */
export function usePreview(form: IntakeForm, commands: CounterCommands): PreviewState {
  const messages = useMessages()
  const [state, setState] = useState<PreviewState>({ last: null, computing: false, failed: null })
  const ask = form.procedure === null ? null : JSON.stringify({ procedure: form.procedure, channel: form.channel, processing: form.processing, fees: feeChoices(form) })
  useEffect(() => {
    if (ask === null) return setState({ last: null, computing: false, failed: null })
    let current = true
    setState((old) => ({ ...old, computing: true }))
    const timer = setTimeout(() => {
      void commands.preview(JSON.parse(ask) as Parameters<CounterCommands['preview']>[0]).then((result) => {
        if (current) setState((old) => (result.ok ? { last: result.data, computing: false, failed: null } : { ...old, computing: false, failed: refusalText(messages, result) }))
      })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
    // `messages` only words a refusal; a change of language asks nothing again.
  }, [ask, commands])
  return state
}
