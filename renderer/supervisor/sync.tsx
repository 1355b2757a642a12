import { useState } from 'react'
import type { QuarantineLine, ReplicationView } from '#contract/replication.ts'
import type { SyncView } from '#contract/shared.ts'
import { formatClock, formatElapsed } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { CircleCheck, CloudOff, RefreshCw } from '../ui/icon.ts'
import { EmptyState } from '../ui/list.tsx'
import { Alert, Tag } from '../ui/status.tsx'
import { kindKey, problemOf, reasonKey, stateOf, whatKey } from './sync-words.ts'

export interface SyncProps {
  readonly view: ReplicationView
  readonly onRetry: () => Promise<unknown>
  /** How many events are well now; null when the station did not answer. */
  readonly onRetryQuarantine: () => Promise<number | null>
}

function Facts({ peer, now }: { readonly peer: SyncView; readonly now: number }) {
  const { t } = useMessages()
  const behind = peer.behindSince == null ? t('sync.fact.lag.none') : formatElapsed(Math.max(0, now - peer.behindSince))
  return (
    <dl className="sv-facts">
      <div><dt>{t('sync.fact.contact')}</dt><dd className="num">{peer.lastContact === null ? t('sync.fact.never') : formatClock(peer.lastContact, true)}</dd></div>
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
  const key = problem.title
  const title = key === 'sync.refused.other' ? t(key, { code }) : key === 'sync.refused.fork.other' ? t(key, { origin: stationOf(origin ?? '') }) : t(key)
  return (
    <Alert tone={problem.tone} title={title}>
      {t(problem.next)}
      {problem.command ? <code className="sv-command">{t('sync.command')}</code> : null}
    </Alert>
  )
}

function Peer({ peer, view, onRetry }: { readonly peer: SyncView; readonly view: ReplicationView; readonly onRetry: SyncProps['onRetry'] }) {
  const { t } = useMessages()
  const [busy, setBusy] = useState(false)
  const { key, tone } = stateOf(peer)
  const time = formatClock(peer.stalledSince ?? peer.lostSince ?? view.now)
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
      <Button icon={<RefreshCw aria-hidden="true" />} pending={busy ? t('sync.retrying') : undefined} onPress={() => void press()}>{t('sync.retry')}</Button>
    </section>
  )
}

function Line({ line }: { readonly line: QuarantineLine }) {
  const { t } = useMessages()
  const key = reasonKey(line.reason)
  const reason = key === 'sync.reason.other' ? t(key, { reason: line.reason }) : t(key)
  const place = { origin: stationOf(line.origin), time: formatClock(line.at) }
  return (
    <li>
      <b>{t('sync.quarantine.what', { what: t(whatKey(line.type)), subject: line.subject })}</b>
      <p>{reason} {t(`${key}.next`)}</p>
      <p className="sv-soft">{t(`sync.quarantine.where.${line.where}`, place)}</p>
    </li>
  )
}

function Quarantine({ lines, onRetry }: { readonly lines: readonly QuarantineLine[]; readonly onRetry: SyncProps['onRetryQuarantine'] }) {
  const { t } = useMessages()
  const [busy, setBusy] = useState(false)
  const [mended, setMended] = useState<number | null>(null)
  const press = async () => {
    setBusy(true)
    setMended(await onRetry())
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
          <ul className="sv-aside">{lines.map((line) => <Line key={`${line.where} ${line.origin} ${line.seq}`} line={line} />)}</ul>
          <Button icon={<RefreshCw aria-hidden="true" />} pending={busy ? t('sync.quarantine.retrying') : undefined} onPress={() => void press()}>{t('sync.quarantine.retry')}</Button>
        </>
      )}
      {mended === null ? null : <Alert tone={mended > 0 ? 'ok' : 'info'} title={mended > 0 ? t('sync.quarantine.mended', { count: mended }) : t('sync.quarantine.same')} />}
    </section>
  )
}

function Received({ received }: { readonly received: ReplicationView['received'] }) {
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
          <div key={kind}><dt>{name(kind)}</dt><dd className="num">{t('sync.received.count', { count, time: formatClock(newestAt) })}</dd></div>
        ))}
      </dl>
    </section>
  )
}

/** Sync console: each peer with what is stuck and how to mend it, what was put aside, what came down. */
export function Sync({ view, onRetry, onRetryQuarantine }: SyncProps) {
  const { t } = useMessages()
  return (
    <main className="sv-page sv-sync">
      <h1>{t('sync.title')}</h1>
      <p className="sv-lead">{t('sync.lead')}</p>
      {view.peers.length === 0 ? <EmptyState icon={<CloudOff aria-hidden="true" />} title={t('sync.none')}>{t('sync.none.next')}</EmptyState> : null}
      {view.peers.map((peer) => <Peer key={peer.peer} peer={peer} view={view} onRetry={onRetry} />)}
      <Quarantine lines={view.quarantine} onRetry={onRetryQuarantine} />
      <Received received={view.received} />
    </main>
  )
}
