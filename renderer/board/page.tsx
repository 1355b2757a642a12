import { useEffect, useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { useLive, useNow } from '../state/index.ts'
import { Loading } from '../ui/loading.tsx'
import { Board } from './board.tsx'
import { freshnessOf } from './freshness.ts'
import { useCallQueue } from './use-call-queue.ts'
import { useVoice, voiceOf } from './use-voice.ts'

/** True while the screen stands upright. */
export function usePortrait(): boolean {
  const query = '(orientation: portrait)'
  const [portrait, setPortrait] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const look = () => setPortrait(media.matches)
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  return portrait
}

/** The board connected to its station. */
export function BoardPage() {
  const { t } = useMessages()
  const live = useLive((client, signal) => client.board.live(undefined, { signal }))
  const now = useNow(live)
  const portrait = usePortrait()
  const wish = voiceOf(location.search, live.view?.voice)
  const voice = useVoice(wish.use)
  const queue = useCallQueue(live.view, voice.speaker, wish.repeats)
  useEffect(() => {
    document.title = t('board.title')
  }, [t])
  if (live.view === null) return <Loading sentence={t('shared.loading.long')} />
  return <Board view={live.view} queue={queue} freshness={freshnessOf(live.view, now - live.view.now)} now={now} portrait={portrait} onUnlock={voice.unlock} />
}
