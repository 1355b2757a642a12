import { useEffect, useState, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { IdleBar } from '../ui/index.ts'
import { Header, Strip } from './header.tsx'
import type { IdleState } from './idle.ts'
import { useKiosk } from './model.ts'

/** After a screen change nothing can be pressed for this long, so that a second tap hits nothing unseen; ms. */
const deadTime = 400

/** True right after `key` changed. */
export function useDeadTime(key: string): boolean {
  const [alive, setAlive] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setAlive(key), deadTime)
    return () => clearTimeout(timer)
  }, [key])
  return alive !== key
}

/** What a screen puts into the frame: words above (or at left in landscape), what is touched below (or at right). */
export interface FrameParts {
  /** Read only. */
  readonly read: ReactNode
  readonly touch: ReactNode
  /** Buttons of the screen, under everything. */
  readonly actions: ReactNode
  /** Access bar, or the keyboard with it. */
  readonly access: ReactNode
  /** Sentence under the actions, e.g. when the screen goes home. */
  readonly foot?: ReactNode
}

function IdleWarning({ idle }: { readonly idle: IdleState }) {
  const { t } = useMessages()
  return (
    <div className="kiosk-idle-warning" role="status">
      <b>{t('kiosk.idle.warn')}</b>
      <span>{t('kiosk.idle.warn.text', { seconds: idle.secondsLeft })}</span>
    </div>
  )
}

/** The same frame round every screen: strip, header, content, idle bar, buttons. `idle` null: this screen stays. */
export function Frame({ name, parts, idle, dead }: { readonly name: string; readonly parts: FrameParts; readonly idle: IdleState | null; readonly dead: boolean }) {
  const { landscape, modes } = useKiosk()
  return (
    <div className="kiosk" data-screen={name} data-layout={landscape ? 'landscape' : 'portrait'} {...(modes.seated ? { 'data-seated': true } : {})} {...(dead ? { 'data-dead': true } : {})}>
      <Strip />
      <Header />
      <main className="kiosk-main">
        <section className="kiosk-read">{parts.read}</section>
        <section className="kiosk-touch">{parts.touch}</section>
      </main>
      <footer className="kiosk-foot" data-bar={idle !== null && idle.fraction === 1 ? 'full' : 'emptying'}>
        {idle !== null && idle.warn && parts.foot === undefined ? <IdleWarning idle={idle} /> : null}
        {idle === null ? null : <IdleBar fraction={idle.fraction} />}
        {parts.actions === null ? null : <div className="kiosk-actions">{parts.actions}</div>}
        {parts.foot === undefined ? null : <p className="kiosk-foot-text">{parts.foot}</p>}
        {parts.access}
      </footer>
    </div>
  )
}
