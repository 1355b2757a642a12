import { useState } from 'react'
import type { QuarantineLine, QuarantineRetry, ReplicationView } from '#contract/replication.ts'
import type { SyncView } from '#contract/shared.ts'
import { formatMoment } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { CircleCheck, CloudOff, RefreshCw } from '../ui/icon.ts'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/list.tsx'
import { Alert, Tag } from '../ui/status.tsx'
import { becauseKey, kindKey, lagOf, problemOf, reasonKey, stateOf, whatKey } from './sync-words.ts'

export interface SyncProps {
  readonly view: ReplicationView
  readonly onRetry: () => Promise<unknown>
  /** What came of it; null when the station did not answer. */
  readonly onRetryQuarantine: () => Promise<QuarantineRetry | null>
  readonly onSettle: (line: QuarantineLine) => Promise<unknown>
}

function Facts({ peer, now }: { readonly peer: SyncView; readonly now: number }) {
  const { t } = useMessages()
  const lag = peer.behindSince == null ? null : lagOf(now - peer.behindSince)
  const behind = lag === null ? t('sync.fact.lag.none') : t(lag.key, { count: lag.count })
  return (
    <dl className="sv-facts">
      <div><dt>{t('sync.fact.contact')}</dt><dd className="num">{peer.lastContact === null ? t('sync.fact.never') : formatMoment(peer.lastContact, now, true)}</dd></div>
      <div><dt>{t('sync.fact.waiting')}</dt><dd className="num">{t('sync.fact.waiting.count', { count: peer.waiting })}</dd></div>
      <div><dt>{t('sync.fact.lag')}</dt><dd className="num">{behind}</dd></div>
    </dl>
  )
}

/** Station ids are shown without the epoch behind them. */
const stationOf = (origin: string) => origin.replace(/\.[^.]*$/, '')

/** What is the matter with a peer and what to do; nothing when all is well. */
function Problem({ peer }: { readonly peer: SyncView }) {
  const { t } = useMessages()
  const problem = problemOf(peer)
  if (problem === null) return null
  const { code = '', origin = null } = peer.refused ?? {}
  const because = becauseKey(peer.lostBecause ?? '')
  const key = problem.title
  const title = key === 'sync.refused.other' ? t(key, { code }) : key === 'sync.refused.fork.other' ? t(key, { origin: stationOf(origin ?? '') }) : t(key)
  return (
    <Alert tone={problem.tone} title={title}>
      {t(problem.next)}
      {problem.command ? <code className="sv-command">{t('sync.command')}</code> : null}
      {peer.lostBecause == null || problem.title === 'sync.stranger' ? null : <p className="sv-soft">{t('sync.lost.because', { reason: because === null ? peer.lostBecause : t(because) })}</p>}
    </Alert>
  )
}

function Peer({ peer, view, onRetry }: { readonly peer: SyncView; readonly view: ReplicationView; readonly onRetry: SyncProps['onRetry'] }) {
  const { t } = useMessages()
  const [busy, setBusy] = useState(false)
  const { key, tone } = stateOf(peer)
  const time = formatMoment(peer.stalledSince ?? peer.lostSince ?? view.now, view.now)
  const press = async () => {
    setBusy(true)
    await onRetry()
    setBusy(false)
  }
  return (
    <section className="sv-peer">
      <div className="sv-title">
        <h2>{t(`supervisor.peer.${peer.peer}`)}</h2>
        <Tag tone={tone}>{t(key, { count: peer.waiting, time })}</Tag>
      </div>
      <Facts peer={peer} now={view.now} />
      <Problem peer={peer} />
      {peer.ofHub === true ? null : <Button icon={<RefreshCw aria-hidden="true" />} pending={busy ? t('sync.retrying') : undefined} onPress={() => void press()}>{t('sync.retry')}</Button>}
    </section>
  )
}

function Line({ line, now, onSettle }: { readonly line: QuarantineLine; readonly now: number; readonly onSettle: () => void }) {
  const { t } = useMessages()
  const key = reasonKey(line.reason)
  const reason = key === 'sync.reason.other' ? t(key, { reason: line.reason }) : t(key)
  const place = { origin: stationOf(line.origin), time: formatMoment(line.at, now) }
  return (
    <li>
      <b>{t('sync.quarantine.what', { what: t(whatKey(line.type)), subject: line.subject })}</b>
      <p>{reason} {t(`${key}.next`)}</p>
      <p className="sv-soft">{t(`sync.quarantine.where.${line.where}`, place)}</p>
      <Button onPress={onSettle}>{t('sync.quarantine.settle')}</Button>
    </li>
  )
}

/** Asked first: a line that is gone reminds nobody. */
function AskSettle({ line, onSettle, onClose }: { readonly line: QuarantineLine; readonly onSettle: SyncProps['onSettle']; readonly onClose: () => void }) {
  const { t } = useMessages()
  const settle = () => {
    onClose()
    void onSettle(line)
  }
  const actions = (
    <>
      <Button onPress={onClose}>{t('sync.quarantine.settle.cancel')}</Button>
      <Button kind="primary" onPress={settle}>{t('sync.quarantine.settle.confirm')}</Button>
    </>
  )
  return (
    <Dialog title={t('sync.quarantine.settle.title')} role="alertdialog" onClose={onClose} actions={actions}>
      <p><b>{t('sync.quarantine.what', { what: t(whatKey(line.type)), subject: line.subject })}</b></p>
      <p>{t('sync.quarantine.settle.text')}</p>
    </Dialog>
  )
}

function Outcome({ outcome: { mended, away } }: { readonly outcome: QuarantineRetry }) {
  const { t } = useMessages()
  if (mended > 0) return <Alert tone="ok" title={t('sync.quarantine.mended', { count: mended })}>{away ? t('sync.quarantine.away') : null}</Alert>
  return <Alert tone={away ? 'warn' : 'info'} title={t(away ? 'sync.quarantine.away' : 'sync.quarantine.same')} />
}

/** What central put aside is tried again by who has the way to it: the hub. */
const canRetry = ({ quarantine, peers }: ReplicationView) => quarantine.some(({ where }) => where === 'here') || peers.some(({ peer, ofHub }) => peer === 'central' && ofHub !== true)

function Quarantine({ view, onRetry, onSettle }: { readonly view: ReplicationView; readonly onRetry: SyncProps['onRetryQuarantine']; readonly onSettle: SyncProps['onSettle'] }) {
  const { t } = useMessages()
  const lines = view.quarantine
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<QuarantineRetry | null>(null)
  const [asked, setAsked] = useState<QuarantineLine | null>(null)
  const press = async () => {
    setBusy(true)
    setOutcome(await onRetry())
    setBusy(false)
  }
  return (
    <section className="sv-peer">
      <h2>{t('sync.quarantine')}</h2>
      {lines.length === 0 ? (
        <EmptyState icon={<CircleCheck aria-hidden="true" />} title={t('sync.quarantine.none')} />
      ) : (
        <>
          <p className="sv-lead">{t('sync.quarantine.lead')}</p>
          <ul className="sv-aside">{lines.map((line) => <Line key={`${line.where} ${line.origin} ${line.seq}`} line={line} now={view.now} onSettle={() => setAsked(line)} />)}</ul>
          {canRetry(view) ? (
            <Button icon={<RefreshCw aria-hidden="true" />} pending={busy ? t('sync.quarantine.retrying') : undefined} onPress={() => void press()}>{t('sync.quarantine.retry')}</Button>
          ) : (
            <p className="sv-soft">{t('sync.quarantine.atHub')}</p>
          )}
        </>
      )}
      {outcome === null ? null : <Outcome outcome={outcome} />}
      {asked === null ? null : <AskSettle line={asked} onSettle={onSettle} onClose={() => setAsked(null)} />}
    </section>
  )
}

function Received({ received, now }: Pick<ReplicationView, 'received' | 'now'>) {
  const { t } = useMessages()
  const name = (kind: string) => {
    const key = kindKey(kind)
    return key === null ? kind : t(key)
  }
  return (
    <section className="sv-peer">
      <h2>{t('sync.received')}</h2>
      {received.length === 0 ? <p className="sv-lead">{t('sync.received.none')}</p> : null}
      <dl className="sv-facts">
        {received.map(({ kind, count, newestAt }) => (
          <div key={kind}><dt>{name(kind)}</dt><dd className="num">{t('sync.received.count', { count, time: formatMoment(newestAt, now) })}</dd></div>
        ))}
      </dl>
    </section>
  )
}

/** Sync console: each peer with what is stuck and how to mend it, what was put aside, what came down. */
export function Sync({ view, onRetry, onRetryQuarantine, onSettle }: SyncProps) {
  const { t } = useMessages()
  return (
    <main className="sv-page sv-sync">
      <h1>{t('sync.title')}</h1>
      <p className="sv-lead">{t('sync.lead')}</p>
      {view.peers.length === 0 ? <EmptyState icon={<CloudOff aria-hidden="true" />} title={t('sync.none')}>{t('sync.none.next')}</EmptyState> : null}
      {view.peers.map((peer) => <Peer key={peer.peer} peer={peer} view={view} onRetry={onRetry} />)}
      <Quarantine view={view} onRetry={onRetryQuarantine} onSettle={onSettle} />
      <Received received={view.received} now={view.now} />
    </main>
  )
}
