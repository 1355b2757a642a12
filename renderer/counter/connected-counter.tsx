import { useMessages } from '../i18n/use-messages.tsx'
import { useLive, useNow, useStation } from '../state/index.ts'
import { Loading } from '../ui/index.ts'
import { CounterScreen } from './counter-screen.tsx'
import { useCommands } from './use-commands.ts'

/** The counter screen of this page's station: last data with its age when the station is lost, never a blank. */
export function ConnectedCounter() {
  const { t } = useMessages()
  const station = useStation()
  const live = useLive((client, signal) => client.counter.live(undefined, { signal }))
  const now = useNow(live)
  const commands = useCommands()
  if (live.view === null) return <Loading sentence={t('shared.loading')} />
  const lostSince = station.kind === 'connecting' ? station.lostSince : null
  return <CounterScreen view={live.view} now={now} commands={commands} lostStation={lostSince} />
}
