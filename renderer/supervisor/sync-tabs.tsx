import { useCallback } from 'react'
import type { QuarantineLine } from '#contract/replication.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { useCommand, useLive } from '../state/index.ts'
import { Loading } from '../ui/loading.tsx'
import { PersonData } from './person.tsx'
import { Sync } from './sync.tsx'
import './sync.css'

/** The sync console connected to the station. */
export function SyncTab() {
  const { t } = useMessages()
  const { run } = useCommand()
  const { view } = useLive((client, signal) => client.replication.live(undefined, { signal }))
  const retry = useCallback(() => run((client) => client.replication.retry()), [run])
  const retryQuarantine = useCallback(async () => {
    const answer = await run((client) => client.replication.retryQuarantine())
    return answer?.ok === true ? answer.data : null
  }, [run])
  const settle = useCallback(({ origin, seq }: QuarantineLine) => run((client) => client.replication.settle({ origin, seq })), [run])
  if (view === null) return <Loading sentence={t('shared.loading.long')} />
  return <Sync view={view} onRetry={retry} onRetryQuarantine={retryQuarantine} onSettle={settle} />
}

/** A person's rights, connected to the station. */
export function PersonTab() {
  const { run } = useCommand()
  const give = useCallback((idNumber: string) => run((client) => client.person.export({ idNumber })), [run])
  const erase = useCallback((idNumber: string) => run((client) => client.person.erase({ idNumber })), [run])
  return <PersonData onExport={give} onErase={erase} />
}
