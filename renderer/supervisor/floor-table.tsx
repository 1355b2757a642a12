import type { SupervisorView } from '#contract/supervisor.ts'
import { formatRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { axisEnd, placeDots, type Dot } from './floor.ts'

function Legend() {
  const { t } = useMessages()
  return (
    <p className="sv-legend">
      <span><i className="sv-dot" data-level="calm" />{t('supervisor.legend.calm')}</span>
      <span><i className="sv-dot" data-level="warn" />{t('supervisor.legend.warn')}</span>
      <span><i className="sv-dot" data-level="danger" />{t('supervisor.legend.danger')}</span>
      <span><i className="sv-dot" data-priority data-level="none" />{t('supervisor.legend.priority')}</span>
    </p>
  )
}

function DotMark({ dot }: { readonly dot: Dot }) {
  const { t } = useMessages()
  const { number, minutes } = dot
  const said = dot.priority ? t('supervisor.dot.priority', { number, minutes }) : t('supervisor.dot', { number, minutes })
  return (
    <li className="sv-mark" style={{ left: `${dot.x * 100}%`, top: `calc(50% - ${dot.lane * 13}px)` }} title={said}>
      <i className="sv-dot" data-level={dot.level} {...(dot.priority ? { 'data-priority': true } : {})} />
      <span className="visually-hidden">{said}</span>
      {dot.named ? <b aria-hidden="true" {...(dot.x > 0.92 ? { 'data-before': true } : {})}>{number}</b> : null}
    </li>
  )
}

type Service = SupervisorView['services'][number]

function ServiceRow({ service, end }: { readonly service: Service; readonly end: number }) {
  const { t } = useMessages()
  return (
    <tr>
      <th scope="row">
        <span className="sv-service ellipsis" title={service.name}>{service.name}</span>
      </th>
      <td className="sv-waiting num" data-none={service.waiting === 0}>{service.waiting}</td>
      <td className="sv-strip" style={{ '--q15': `${(15 / end) * 100}%`, '--q30': `${(30 / end) * 100}%` } as React.CSSProperties}>
        {service.waits.length === 0 ? <span className="sv-nobody">{t('supervisor.nobody')}</span> : null}
        <ul>
          {placeDots(service.waits, end).map((dot) => (
            <DotMark key={dot.number} dot={dot} />
          ))}
        </ul>
      </td>
      <td className="sv-told num">{service.estimate === null ? '–' : `${formatRange(service.estimate)}′`}</td>
      <td className="num">{service.counters.length === 0 ? t('supervisor.no-counter') : service.counters.join(', ')}</td>
    </tr>
  )
}

/** The waiting room as it is: one dot a person at the minutes waited, named over 30. */
export function Floor({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const end = axisEnd(view.services)
  const ticks = [15, 30, 45, 60, 75, 90, 105, 120].filter((minutes) => minutes <= end)
  return (
    <>
      <div className="sv-title">
        <h2>{t('supervisor.floor')}</h2>
        <p>{t('supervisor.floor.note')}</p>
        <Legend />
      </div>
      <table className="sv-table">
        <thead>
          <tr>
            <th scope="col">{t('supervisor.col.service')}</th>
            <th scope="col" className="sv-waiting-head">{t('supervisor.col.waiting')}</th>
            <th scope="col" className="sv-axis">
              {t('supervisor.col.axis')}
              {ticks.map((minutes) => (
                <span key={minutes} className="num" style={{ left: `${(minutes / end) * 100}%` }} {...(minutes === end ? { 'data-last': true } : {})}>{minutes}</span>
              ))}
            </th>
            <th scope="col" className="sv-told">{t('supervisor.col.estimate')}</th>
            <th scope="col">{t('supervisor.col.counters')}</th>
          </tr>
        </thead>
        <tbody>
          {view.services.map((service) => (
            <ServiceRow key={service.id} service={service} end={end} />
          ))}
        </tbody>
      </table>
    </>
  )
}
