import type { ReactNode } from 'react'
import type { SupervisorView } from '#contract/supervisor.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { satisfaction, waitBands } from './figures.ts'

/** One figure; its title is what it says. */
function Figure({ sub, title, children }: { readonly sub: string; readonly title: string; readonly children?: ReactNode }) {
  return (
    <section className="sv-figure">
      <p className="sv-figure-sub">{sub}</p>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Bar({ label, value, most, tone }: { readonly label: string; readonly value: number; readonly most: number; readonly tone: string }) {
  return (
    <div className="sv-bar-row">
      <span className="ellipsis" title={label}>{label}</span>
      <span className="sv-bar-track"><i data-tone={tone} style={{ width: `${most === 0 ? 0 : (value / most) * 100}%` }} /></span>
      <b className="num">{value}</b>
    </div>
  )
}

function Waits({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const bands = waitBands(view)
  const title = bands.all === 0 ? t('supervisor.waits.none') : t('supervisor.waits.title', { count: bands.calm, all: bands.all })
  const levels = ['calm', 'warn', 'danger'] as const
  return (
    <Figure sub={t('supervisor.waits.sub')} title={title}>
      {bands.all === 0 ? null : (
        <div className="sv-stack" aria-hidden="true">
          {levels.map((level) => (bands[level] === 0 ? null : <i key={level} data-level={level} style={{ flexGrow: bands[level] }}>{bands[level]}</i>))}
        </div>
      )}
      <dl className="sv-lines">
        {levels.map((level) => (
          <div key={level}>
            <dt><i className="sv-square" data-level={level} aria-hidden="true" />{t(`supervisor.band.${level}`)}</dt>
            <dd className="num">{bands[level]}</dd>
          </div>
        ))}
      </dl>
    </Figure>
  )
}

function Served({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const most = Math.max(0, ...view.counters.map((counter) => counter.servedToday))
  const count = view.counters.reduce((sum, counter) => sum + counter.servedToday, 0)
  return (
    <Figure sub={t('supervisor.served.sub', { tickets: view.today.tickets })} title={t('supervisor.served.title', { count })}>
      <div className="sv-bars">
        {view.counters.slice(0, 8).map((counter) => (
          <Bar key={counter.id} label={t('shared.counter', { id: counter.id })} value={counter.servedToday} most={most} tone="plain" />
        ))}
      </div>
    </Figure>
  )
}

function Ratings({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const { ratings } = view.today
  const { all, satisfied } = satisfaction(ratings)
  const most = Math.max(...ratings)
  return (
    <Figure sub={t('supervisor.ratings.sub')} title={all === 0 ? t('supervisor.ratings.none') : t('supervisor.ratings.title', { count: satisfied, all })}>
      <div className="sv-bars" data-wide>
        {([5, 4, 3, 2, 1] as const).map((score) => (
          <Bar key={score} label={t(`supervisor.rating.${score}`)} value={ratings[5 - score] ?? 0} most={most} tone={score >= 4 ? 'plain' : score === 3 ? 'neutral' : 'low'} />
        ))}
      </div>
    </Figure>
  )
}

function Money({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const { dossiers, cash, vietqr, card, terminalQr } = view.today
  return (
    <Figure sub={t(view.today.ownOnly === true ? 'supervisor.money.sub.own' : 'supervisor.money.sub')} title={t('supervisor.money.title', { count: dossiers })}>
      <p className="sv-figure-sub sv-taken">{t('supervisor.money.taken')}</p>
      <p className="sv-sum num">{formatMoney(cash + vietqr + card + terminalQr)}</p>
      <dl className="sv-lines">
        <div><dt>{t('supervisor.money.vietqr')}</dt><dd className="num">{formatMoney(vietqr)}</dd></div>
        {card === 0 ? null : <div><dt>{t('supervisor.money.card')}</dt><dd className="num">{formatMoney(card)}</dd></div>}
        {terminalQr === 0 ? null : <div><dt>{t('supervisor.money.terminal-qr')}</dt><dd className="num">{formatMoney(terminalQr)}</dd></div>}
        <div><dt>{t('supervisor.money.cash')}</dt><dd className="num">{formatMoney(cash)}</dd></div>
      </dl>
    </Figure>
  )
}

/** Today in figures, each as a sentence; only what the station has counted itself. */
export function Figures({ view }: { readonly view: SupervisorView }) {
  return (
    <div className="sv-figures" {...(view.today.ownOnly === true ? { 'data-own': true } : {})}>
      <Waits view={view} />
      <Served view={view} />
      {view.today.ownOnly === true ? null : <Ratings view={view} />}
      <Money view={view} />
    </div>
  )
}
