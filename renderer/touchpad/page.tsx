import { useCallback, useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { useCommand, useLive, useNow } from '../state/index.ts'
import { Loading } from '../ui/loading.tsx'
import type { Vote } from './rating.ts'
import { Touchpad } from './touchpad.tsx'

/** The touchpad connected to its station. Between two citizens the screen goes back to Vietnamese. */
export function TouchpadPage() {
  const { t, setLanguage } = useMessages()
  const live = useLive((client, signal) => client.touchpad.live(undefined, { signal }))
  const now = useNow(live)
  const { run } = useCommand()
  const kind = live.view?.screen.kind
  useEffect(() => {
    if (kind === 'idle') setLanguage('vi')
  }, [kind, setLanguage])
  useEffect(() => {
    document.title = t('touchpad.title')
  }, [t])
  const rate = useCallback(
    async (ticketId: string, { score, reasons, other }: Vote) => {
      const answer = await run((client, commandId) => client.touchpad.rate({ commandId, ticketId, score, reasons: [...reasons], other }))
      return answer?.ok ?? false
    },
    [run],
  )
  const skip = useCallback((ticketId: string) => void run((client, commandId) => client.touchpad.skip({ commandId, ticketId })), [run])
  if (live.view === null) return <Loading sentence={t('shared.loading.long')} />
  return <Touchpad view={live.view} now={now} connected={live.connected} onRate={rate} onSkip={skip} />
}
