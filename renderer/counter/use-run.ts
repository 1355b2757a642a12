import { useCallback, useRef, useState } from 'react'
import { lookUp } from '../i18n/catalogue.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages, type Messages } from '../i18n/use-messages.tsx'
import type { Refusal, Result } from '../state/use-command.ts'

/** One sentence for a refusal: the reason's own when the catalogue has it, else the code's. */
export function refusalText({ byKey, language }: Messages, refusal: Refusal): string {
  const since = Number(refusal.details['since'])
  const details = Number.isFinite(since) ? { ...refusal.details, since: formatClock(since) } : refusal.details
  const own = refusal.reason === null ? null : (lookUp(language, `refusal.${refusal.reason}`, details, 'counter') ?? byKey(`refusal.${refusal.reason}`, details))
  return own ?? byKey(`error.${refusal.code}`) ?? refusal.code
}

export interface Run<Id extends string> {
  /** What is under way now. */
  readonly pending: Id | null
  /** The last refusal and what it was about; gone with the next try. */
  readonly refused: { readonly id: Id; readonly text: string } | null
  readonly run: <Data>(id: Id, command: () => Promise<Result<Data>>) => Promise<Data | null>
  readonly clear: () => void
}

/** Runs one command at a time for a group of controls and keeps what to show about it. A press while one is under way is ignored. */
export function useRun<Id extends string>(): Run<Id> {
  const messages = useMessages()
  const busy = useRef(false)
  const [pending, setPending] = useState<Id | null>(null)
  const [refused, setRefused] = useState<Run<Id>['refused']>(null)
  const run = useCallback(
    async <Data>(id: Id, command: () => Promise<Result<Data>>): Promise<Data | null> => {
      if (busy.current) return null
      busy.current = true
      setPending(id)
      setRefused(null)
      try {
        const result = await command()
        if (result.ok) return result.data
        setRefused({ id, text: refusalText(messages, result) })
        return null
      } finally {
        busy.current = false
        setPending(null)
      }
    },
    [messages],
  )
  const clear = useCallback(() => setRefused(null), [])
  return { pending, refused, run, clear }
}
