import { formatClock, formatDay } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Icon } from '../ui/index.ts'
import { paperReady, useKiosk } from './model.ts'

function Closed() {
  const { view } = useKiosk()
  const { t, language } = useMessages()
  const next = view.opening.nextOpening
  return (
    <Alert tone="warn" icon={<Icon.Clock aria-hidden="true" />} title={t('kiosk.closed.title')}>
      {next === null ? t('kiosk.closed.unknown') : t('kiosk.closed.next', { time: formatClock(next), day: formatDay(next, language) })}
    </Alert>
  )
}

/** What is wrong now, the gravest first and at most two: said before anybody takes a number. */
export function Notices() {
  const { view, connected, session } = useKiosk()
  const { t } = useMessages()
  const counter = view.receptionCounter
  const notices = [
    session.help === 'none' ? null : (
      <Alert key="help" tone={session.help === 'asked' ? 'ok' : 'warn'} icon={<Icon.Hand aria-hidden="true" />} title={session.help === 'asked' ? t('kiosk.help.asked') : t('kiosk.help.failed', { counter })} />
    ),
    view.opening.open ? null : <Closed key="closed" />,
    connected ? null : (
      <Alert key="link" tone="warn" icon={<Icon.CloudOff aria-hidden="true" />} title={t('kiosk.link.title')}>
        {t('kiosk.link.text', { counter })}
      </Alert>
    ),
    view.hubLostSince === null || !connected ? null : (
      <Alert key="hub" tone="warn" icon={<Icon.CloudOff aria-hidden="true" />} title={t('kiosk.hub.title', { time: formatClock(view.hubLostSince) })}>
        {t('kiosk.hub.text')}
      </Alert>
    ),
    paperReady(view) || !view.opening.open ? null : (
      <Alert key="paper" tone="warn" icon={<Icon.PrinterX aria-hidden="true" />} title={view.printerOnline ? t('kiosk.paper.title') : t('kiosk.paper.offline')}>
        {t('kiosk.paper.text', { counter })}
      </Alert>
    ),
  ].filter((notice) => notice !== null)
  if (notices.length === 0) return null
  return <div className="kiosk-notices">{notices.slice(0, 2)}</div>
}
