import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import type { MotcuaWindow } from '#preload/bridge/message-port.ts'
import { stationLink, type LinkState, type StationLink } from './station-link.ts'
import { takeToken } from './token.ts'

const LinkContext = createContext<StationLink | null>(null)

function Sentence({ children }: { readonly children: ReactNode }) {
  return <p style={{ padding: 32, maxWidth: '60ch' }}>{children}</p>
}

/** Connects this page to its station and keeps it so. Children are drawn at once; their `useLive` waits for the connection. */
export function StationProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useMessages()
  const [token] = useState(takeToken)
  const inElectron = (globalThis as unknown as MotcuaWindow).motcua !== undefined
  const link = useMemo(() => (token === null && !inElectron ? null : stationLink(token ?? '')), [token, inElectron])
  useEffect(() => {
    if (link === null) return undefined
    void link.run()
    return () => link.stop()
  }, [link])
  if (link === null) return <Sentence>{t('shared.no-token')}</Sentence>
  return (
    <LinkContext value={link}>
      <Authorised>{children}</Authorised>
    </LinkContext>
  )
}

function Authorised({ children }: { readonly children: ReactNode }) {
  const { t } = useMessages()
  const state = useStation()
  return state.kind === 'unauthorised' ? <Sentence>{t('shared.no-token')}</Sentence> : children
}

/** The link itself; screens rather use `useStation`, `useLive` and `useCommand`. */
export function useLink(): StationLink {
  const link = use(LinkContext)
  if (link === null) throw new Error('outside StationProvider')
  return link
}

/** Whether the station is connected, as whom, and since when not. */
export function useStation(): LinkState {
  const link = useLink()
  return useSyncExternalStore(link.subscribe, () => link.state)
}
