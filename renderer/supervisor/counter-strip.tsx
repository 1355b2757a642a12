import type { SupervisorView } from '#contract/supervisor.ts'
import { formatClock, formatDecimal, formatElapsed } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Users } from '../ui/icon.ts'
import { shortName } from '../ui/names.ts'
import { doing } from './figures.ts'

type Counter = SupervisorView['counters'][number]
/** Minutes of one visit after which its counter is marked. */
const longVisit = 25

function Now({ counter, view, now }: { readonly counter: Counter; readonly view: SupervisorView; readonly now: number }) {
  const { t } = useMessages()
  const visit = view.visits?.find((one) => one.counter === counter.id)
  const what = doing(counter)
  if (what === 'busy' && visit !== undefined) {
    return (
      <p className="sv-now">
        <b>{visit.number}</b>
        {visit.state === 'called' ? <span data-words>{t('supervisor.counter.called')}</span> : <span className="num">{formatElapsed(now - visit.since)}</span>}
      </p>
    )
  }
  const until = what === 'paused' && counter.pausedUntil !== null && counter.pausedUntil > 0 ? t('supervisor.counter.until', { time: formatClock(counter.pausedUntil) }) : null
  return (
    <p className="sv-now" data-words>
      <b>{t(`supervisor.counter.${what}`)}</b>
      {until === null ? null : <span>{until}</span>}
    </p>
  )
}

/** Each counter: what it does now, who works there, how much it has done today. */
export function CounterStrip({ view, now }: { readonly view: SupervisorView; readonly now: number }) {
  const { t, language } = useMessages()
  const names = new Map(view.services.map((service) => [service.id, service.name]))
  const isLong = (counter: Counter) => view.visits?.some((visit) => visit.counter === counter.id && visit.state === 'serving' && now - visit.since > longVisit * 60_000) ?? false
  return (
    <ul className="sv-counters">
      {view.counters.map((counter) => (
        <li key={counter.id} className="sv-counter" data-doing={doing(counter)} data-long={isLong(counter)}>
          <p className="sv-counter-head">
            <b>{t('shared.counter', { id: counter.id })}</b>
            <span className="ellipsis" title={counter.services.map((id) => names.get(id) ?? id).join(', ')}>{counter.services.map((id) => names.get(id) ?? id).join(', ')}</span>
          </p>
          <Now counter={counter} view={view} now={now} />
          <p className="sv-counter-foot">
            <span className="sv-clerk ellipsis" title={counter.staffName ?? ''}>{counter.staffName === null ? t('supervisor.counter.no-staff') : shortName(counter.staffName, 18)}</span>
            <span className="num sv-served" title={counter.minutesPerVisit === null ? undefined : t('supervisor.counter.pace', { minutes: formatDecimal(counter.minutesPerVisit, language) })}>
              <Users size={14} aria-hidden="true" />
              <span className="visually-hidden">{t('supervisor.counter.served', { count: counter.servedToday })}</span>
              <span aria-hidden="true">{counter.servedToday}</span>
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}
