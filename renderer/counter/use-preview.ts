import { useEffect, useState } from 'react'
import type { IntakePreview } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { Refusal } from '../state/use-command.ts'
import { feeChoices } from './accept-input.ts'
import type { CounterCommands, PreviewAsk } from './commands.ts'
import type { IntakeForm } from './form-types.ts'
import { refusalText } from './use-run.ts'

/** `last` is kept while the next is computed, so that the column never blanks. */
export interface PreviewState {
  readonly last: IntakePreview | null
  readonly computing: boolean
  readonly failed: string | null
}

interface Answer {
  readonly ask: string
  readonly last: IntakePreview | null
  readonly refusal: Refusal | null
}

const pauseMs = 120

/** Due date and fee of the form as the station computes them; asked again when what they hang on changes, the catalogue with its prices too. */
export function usePreview(form: IntakeForm, commands: CounterCommands, catalogue: string): PreviewState {
  const messages = useMessages()
  const [answer, setAnswer] = useState<Answer>({ ask: '', last: null, refusal: null })
  const { procedure, channel, processing } = form
  const wanted: PreviewAsk | null = procedure === null ? null : { procedure, channel, processing, fees: feeChoices(form) }
  const ask = wanted === null ? null : JSON.stringify({ wanted, catalogue })
  useEffect(() => {
    if (ask === null) return undefined
    let current = true
    const timer = setTimeout(() => {
      void commands.preview((JSON.parse(ask) as { readonly wanted: PreviewAsk }).wanted).then((result) => {
        if (current) setAnswer((old) => (result.ok ? { ask, last: result.data, refusal: null } : { ask, last: old.last, refusal: result }))
      })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [ask, commands])
  if (ask === null) return { last: null, computing: false, failed: null }
  const computing = answer.ask !== ask
  return { last: answer.last, computing, failed: computing || answer.refusal === null ? null : refusalText(messages, answer.refusal) }
}
