import type { ReactNode } from 'react'
import type { TouchpadView } from '#contract/touchpad.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CircleCheck, CircleHelp } from '../ui/icon.ts'
import { Header } from './frame.tsx'

function Said({ view, number, icon, title, next }: { readonly view: TouchpadView; readonly number: string; readonly icon: ReactNode; readonly title: string; readonly next?: string }) {
  return (
    <div className="tp">
      <Header view={view} number={number} />
      <main className="tp-said" role="status">
        {icon}
        <h1>{title}</h1>
        {next === undefined ? null : <p>{next}</p>}
      </main>
    </div>
  )
}

/** After the vote, until the station's 3 s are over. */
export function Thanks({ view, number }: { readonly view: TouchpadView; readonly number: string }) {
  const { t } = useMessages()
  return <Said view={view} number={number} icon={<CircleCheck aria-hidden="true" />} title={t('touchpad.thanks')} next={t('touchpad.thanks.next', { number })} />
}

/** The station did not take the vote: closed meanwhile, or the line broke. Nothing was counted. */
export function Unsent({ view, number }: { readonly view: TouchpadView; readonly number: string }) {
  const { t } = useMessages()
  return <Said view={view} number={number} icon={<CircleHelp aria-hidden="true" />} title={t('touchpad.not-sent')} />
}
