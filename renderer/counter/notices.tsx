import { useState } from 'react'
import type { CounterView, UnknownPrint } from '#contract/counter.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert as AlertBox, Button, Icon, LinkButton, OfflineBand } from '../ui/index.ts'
import { alertsOf, bandOf, shownAlerts, type Alert } from './alerts.ts'
import { CardAlert } from './card-alert.tsx'
import type { CounterCommands } from './commands.ts'
import { shortCode } from './rows.ts'
import { useRun } from './use-run.ts'

/** The inverted band while a machine that matters can't be reached; `lostStation` when this screen's own station doesn't answer. */
export function OfflineNotice({ view, lostStation }: { readonly view: CounterView; readonly lostStation: number | null }) {
  const { t } = useMessages()
  if (lostStation !== null) return <OfflineBand title={t('counter.band.station', { time: formatClock(lostStation) })}>{t('counter.band.station.still')}</OfflineBand>
  const band = bandOf(view)
  if (band === null) return null
  const time = formatClock(band.since)
  if (band.kind === 'hub') return <OfflineBand title={t('counter.band.hub', { time })}>{t('counter.band.hub.still', { count: view.mine.length })}</OfflineBand>
  return <OfflineBand title={t('counter.band.central', { time })}>{t('counter.band.central.still', { count: band.waiting })}</OfflineBand>
}

function PrintAlert({ print, commands }: { readonly print: UnknownPrint; readonly commands: CounterCommands }) {
  const { t, byKey } = useMessages()
  const { pending, refused, run } = useRun<'done' | 'again'>()
  const paper = t(`counter.alert.print.${print.kind}`, { what: shortCode(print.what) })
  const reason = print.reason === null ? '' : (byKey(`slip.${print.reason}`) ?? '')
  const doubt = [print.reason === 'backup-unknown' ? reason : '', t('counter.alert.print.unknown.do')].join(' ').trim()
  const text = print.state === 'unknown' ? doubt : t(`counter.alert.print.${print.state}.do`, { reason }).trim()
  const actions = print.state === 'waiting' ? null : (
    <span className="ct-alert-actions">
      {print.state === 'unknown' ? (
        <Button pending={pending === 'done' ? t('counter.alert.print.done') : undefined} onPress={() => void run('done', () => commands.confirmPrinted(print.jobId))}>{t('counter.alert.print.done')}</Button>
      ) : null}
      <Button pending={pending === 'again' ? t('counter.alert.print.again') : undefined} onPress={() => void run('again', () => commands.reprint(print.jobId))}>{t('counter.alert.print.again')}</Button>
    </span>
  )
  return (
    <AlertBox tone={print.state === 'unknown' ? 'danger' : 'warn'} icon={<Icon.PrinterX aria-hidden="true" />} title={t(`counter.alert.print.${print.state}`, { paper })} actions={actions}>
      {refused === null ? text : refused.text}
    </AlertBox>
  )
}

function GuideAlert({ station, at, commands }: { readonly station: string; readonly at: number; readonly commands: CounterCommands }) {
  const { t } = useMessages()
  const { pending, refused, run } = useRun<'answer'>()
  const button = (
    <Button pending={pending === null ? undefined : t('counter.alert.guide.do')} onPress={() => void run('answer', () => commands.act({ kind: 'answer-help', station }))}>
      {t('counter.alert.guide.do')}
    </Button>
  )
  return <AlertBox tone="info" icon={<Icon.LifeBuoy aria-hidden="true" />} title={t('counter.alert.guide', { station, time: formatClock(at) })} actions={button}>{refused?.text}</AlertBox>
}

function One({ alert, view, commands }: { readonly alert: Alert; readonly view: CounterView; readonly commands: CounterCommands }) {
  const { t } = useMessages()
  switch (alert.kind) {
    case 'card': return <CardAlert payment={alert.payment} commands={commands} />
    case 'print': return <PrintAlert print={alert.print} commands={commands} />
    case 'guide': return <GuideAlert station={alert.station} at={alert.at} commands={commands} />
    case 'paper-out': return <AlertBox tone="danger" icon={<Icon.PrinterX aria-hidden="true" />} title={t('counter.alert.paper-out', { id: view.counter.id })}>{t('counter.alert.paper-out.do')}</AlertBox>
  }
}

const keyOf = (alert: Alert) => (alert.kind === 'card' ? alert.payment.paymentId : alert.kind === 'print' ? alert.print.jobId : alert.kind === 'guide' ? alert.station : alert.kind)

/**
 * What must be done, gravest first, two at a time. They push the content; nothing is covered and the caret stays. `busy` leaves out what
 * does not concern the form in front of the clerk (someone at a kiosk asks for a guide).
 */
export function Alerts({ view, commands, busy = false }: { readonly view: CounterView; readonly commands: CounterCommands; readonly busy?: boolean }) {
  const { t } = useMessages()
  const [all, setAll] = useState(false)
  const alerts = alertsOf(view).filter((alert) => !busy || alert.kind !== 'guide')
  const { shown, more } = shownAlerts(alerts, all)
  if (alerts.length === 0) return null
  return (
    <div className="ct-alerts">
      {shown.map((alert) => <One key={keyOf(alert)} alert={alert} view={view} commands={commands} />)}
      {more > 0 ? <LinkButton onPress={() => setAll(true)}>{t('counter.alert.more', { count: more })}</LinkButton> : null}
      {all && alerts.length > 2 ? <LinkButton onPress={() => setAll(false)}>{t('counter.alert.less')}</LinkButton> : null}
    </div>
  )
}
