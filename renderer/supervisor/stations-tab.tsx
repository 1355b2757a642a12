import { useMemo } from 'react'
import type { StationClient } from '#contract/index.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { useCommand, useLive } from '../state/index.ts'
import { Loading } from '../ui/loading.tsx'
import { Stations, type StationsActions } from './stations.tsx'
import './stations.css'

/** The machines of the office, connected to the station. */
export function StationsTab() {
  const { t, byKey } = useMessages()
  const { run } = useCommand()
  const { view } = useLive((client, signal) => client.stations.live(undefined, { signal }))
  const actions = useMemo((): StationsActions => {
    const ask = async (work: (client: StationClient) => Promise<unknown>) => {
      const answer = await run(work)
      return answer === null || answer.ok ? null : (byKey(`refusal.${answer.reason ?? ''}`, answer.details) ?? byKey(`error.${answer.code}`) ?? answer.code)
    }
    return {
      openCode: (purpose) => ask((client) => client.stations.openCode(purpose)),
      closeCode: () => ask((client) => client.stations.closeCode()),
      revoke: (id) => ask((client) => client.stations.revoke({ id })),
      endLeases: (id) => ask((client) => client.stations.endLeases({ id })),
      promote: () => ask((client) => client.stations.promote({ force: false })),
    }
  }, [run, byKey])
  if (view === null) return <Loading sentence={t('shared.loading.long')} />
  return <Stations view={view} actions={actions} />
}
