import { useMessages } from '../i18n/use-messages.tsx'
import { startPage, useLive, useStation } from '../state/index.ts'
import { Loading } from '../ui/index.ts'
import { FollowScreen } from './follow-screen.tsx'

function ConnectedFollow() {
  const { t } = useMessages()
  const station = useStation()
  const live = useLive((client, signal) => client.follow.live(undefined, { signal }))
  if (live.view === null) return <Loading sentence={t('shared.loading.long')} />
  const lostSince = station.kind === 'connecting' ? (station.lostSince ?? live.receivedAt) : null
  return <FollowScreen view={live.view} lostSince={lostSince} />
}

startPage('follow', <ConnectedFollow />)
