import { useEffect, useMemo, useState } from 'react'
import type { KioskProcedure } from '#contract/kiosk.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { useLink } from '../state/station-provider.tsx'
import { sendCommand, useLive, useNow, useStation } from '../state/index.ts'
import type { StationLink } from '../state/station-link.ts'
import { Loading } from '../ui/index.ts'
import { KioskApp } from './kiosk-app.tsx'
import type { KioskCommands } from './model.ts'

function kioskCommands(link: StationLink): KioskCommands {
  return {
    issue: (wanted) => sendCommand(link, (client, commandId) => client.kiosk.issue({ commandId, ...wanted, papers: [...wanted.papers] })),
    appointment: (code) => sendCommand(link, (client) => client.kiosk.appointment({ code })),
    reprint: (ticketId) => sendCommand(link, (client, commandId) => client.kiosk.reprint({ commandId, ticketId })),
    askHelp: () => sendCommand(link, (client, commandId) => client.kiosk.askHelp({ commandId })),
    watchSlip: (ticketId, onChange) => {
      const stop = new AbortController()
      const watch = async () => {
        const client = await link.ready(8000)
        if (client === null) return
        for await (const issued of await client.kiosk.slip({ ticketId }, { signal: stop.signal })) onChange(issued)
      }
      watch().catch((error: unknown) => {
        if (!stop.signal.aborted) console.warn('the slip can not be followed', error)
      })
      return () => stop.abort()
    },
  }
}

/** The catalogue, fetched again when it says another `revision`, and after each reconnect: a restarted station may have a newer one. */
function useProcedures(revision: string | undefined): readonly KioskProcedure[] | null {
  const station = useStation()
  const client = station.kind === 'ready' ? station.client : null
  const [procedures, setProcedures] = useState<readonly KioskProcedure[] | null>(null)
  useEffect(() => {
    if (client === null || revision === undefined) return undefined
    let wanted = true
    client.kiosk.procedures().then(
      (list) => {
        if (wanted) setProcedures(list)
      },
      (error: unknown) => console.warn('the catalogue did not arrive', error),
    )
    return () => {
      wanted = false
    }
  }, [client, revision])
  return procedures
}

/** The kiosk of this station. */
export function ConnectedKiosk() {
  const link = useLink()
  const live = useLive((client, signal) => client.kiosk.live(undefined, { signal }))
  const now = useNow(live)
  const procedures = useProcedures(live.view?.catalogue)
  const commands = useMemo(() => kioskCommands(link), [link])
  const { t } = useMessages()
  if (live.view === null || procedures === null) return <Loading sentence={t('kiosk.loading')} />
  return <KioskApp view={live.view} now={now} connected={live.connected} procedures={procedures} commands={commands} />
}
