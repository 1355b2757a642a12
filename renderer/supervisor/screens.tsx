import { useState } from 'react'
import type { SupervisorView } from '#contract/supervisor.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Eye, EyeOff, Monitor } from '../ui/icon.ts'
import { EmptyState } from '../ui/list.tsx'
import { Qr } from '../ui/qr.tsx'
import { Alert } from '../ui/status.tsx'

const pages = ['kiosk', 'counter', 'board', 'touchpad', 'supervisor', 'follow'] as const

/** `counter-3` → Quầy 3; a name this version does not know stays as it is. */
function useScreenName(): (screen: string) => string {
  const { t } = useMessages()
  return (screen) => {
    const [page, id = ''] = screen.split('-')
    const known = pages.find((one) => one === page)
    if (known === undefined) return screen
    return (known === 'counter' || known === 'touchpad' ? t(`supervisor.screen.${known}`, { id }) : t(`supervisor.screen.${known}`)).trim()
  }
}

/** An address without its key: the key is on the code and behind "open", not before everybody's eyes. */
const withoutKey = (url: string) => url.replace(/#.*$/, '')

const isLocal = (url: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url)

function ScreenRow({ name, url }: { readonly name: string; readonly url: string }) {
  const { t } = useMessages()
  const [shown, setShown] = useState(false)
  return (
    <li className="sv-screen">
      <div>
        <b>{name}</b>
        <p className="sv-url">{shown ? url : withoutKey(url)}</p>
      </div>
      <a href={url} target="_blank" rel="noreferrer">{t('supervisor.screens.open')}</a>
      <Button icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} aria-expanded={shown} onPress={() => setShown(!shown)}>
        {t(shown ? 'supervisor.screens.hide' : 'supervisor.screens.show')}
      </Button>
      {shown ? <Qr text={url} size={240} minModule={4} label={t('supervisor.screens.qr', { name })} /> : null}
    </li>
  )
}

/** Addresses of all screens of this station, to open them on other machines. */
export function Screens({ addresses }: { readonly addresses: SupervisorView['addresses'] }) {
  const { t } = useMessages()
  const nameOf = useScreenName()
  const entries = Object.entries(addresses)
  return (
    <main className="sv-page">
      <h1>{t('supervisor.screens.title')}</h1>
      <p className="sv-lead">{t('supervisor.screens.next')}</p>
      {entries.some(([, url]) => isLocal(url)) ? <Alert tone="info" title={t('supervisor.screens.local')} /> : null}
      {entries.length === 0 ? <EmptyState icon={<Monitor aria-hidden="true" />} title={t('supervisor.screens.none')} /> : null}
      <ul className="sv-screens">
        {entries.map(([screen, url]) => (
          <ScreenRow key={screen} name={nameOf(screen)} url={url} />
        ))}
      </ul>
    </main>
  )
}
