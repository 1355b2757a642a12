import { useState } from 'react'
import type { LinkedStation, PairingPurpose, StationsView } from '#contract/stations.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Monitor } from '../ui/icon.ts'
import { EmptyState } from '../ui/list.tsx'
import { Alert, Tag } from '../ui/status.tsx'
import { PairCode } from './pair-code.tsx'

/** What the page can ask; each answers the sentence of a refusal, null when it was done. */
export interface StationsActions {
  readonly openCode: (purpose: PairingPurpose) => Promise<string | null>
  readonly closeCode: () => Promise<string | null>
  readonly revoke: (id: string) => Promise<string | null>
  readonly endLeases: (id: string) => Promise<string | null>
  readonly promote: () => Promise<string | null>
}

type Ask = (work: Promise<string | null>) => void

/** Pressed once it asks, pressed again it does. */
function SureButton({ first, sure, onSure }: { readonly first: string; readonly sure: string; readonly onSure: () => void }) {
  const [asked, setAsked] = useState(false)
  if (!asked) return <Button onPress={() => setAsked(true)}>{first}</Button>
  return (
    <Button
      kind="serious"
      onPress={() => {
        setAsked(false)
        onSure()
      }}
    >
      {sure}
    </Button>
  )
}

function Copy({ copy }: { readonly copy: NonNullable<LinkedStation['copy']> }) {
  const { t } = useMessages()
  if (copy.waiting === 0) return <Tag tone="green">{t('stations.copy.ok')}</Tag>
  return <Tag tone="yellow">{t(copy.reachable ? 'stations.copy.behind' : 'stations.copy.away', { count: copy.waiting })}</Tag>
}

function MachineRow({ machine, actions, ask }: { readonly machine: LinkedStation; readonly actions: StationsActions; readonly ask: Ask }) {
  const { t } = useMessages()
  const { id, counters, connected, lastSeen, leased, away, copy } = machine
  const rights = counters === null ? t('stations.any-counter') : counters.length > 0 ? t('stations.counters', { list: counters.join(', ') }) : t('stations.no-counter')
  const state = connected ? t('stations.connected') : lastSeen === null ? t('stations.never') : t('stations.lost', { time: formatClock(lastSeen) })
  const kind = machine.kind === 'station' ? rights : t(`stations.kind.${machine.kind}`)
  return (
    <li>
      <div>
        <b>{id}</b>
        <p className="sv-soft">{`${kind}. ${state}${leased > 0 ? `, ${t('stations.leased', { count: leased })}` : ''}.`}</p>
      </div>
      {copy === null ? null : <Copy copy={copy} />}
      {away > 0 ? <Button onPress={() => ask(actions.endLeases(id))}>{t('stations.return', { count: away })}</Button> : null}
      <SureButton first={t('stations.revoke')} sure={t('stations.revoke.sure')} onSure={() => ask(actions.revoke(id))} />
    </li>
  )
}

function Spare({ view, promote }: { readonly view: StationsView; readonly promote: () => void }) {
  const { t } = useMessages()
  if (view.spare === null) return null
  return (
    <section>
      <h2>{t('stations.spare')}</h2>
      <p>{t(view.spare.ready ? 'stations.spare.ready' : 'stations.spare.not-ready')}</p>
      {view.spare.ready && view.spare.hubLostSince !== null ? <SureButton first={t('stations.promote')} sure={t('stations.promote.sure')} onSure={promote} /> : null}
    </section>
  )
}

function Hub({ view, actions, ask }: { readonly view: StationsView; readonly actions: StationsActions; readonly ask: Ask }) {
  const { t } = useMessages()
  return (
    <>
      {view.address === null ? <Alert tone="info" title={t('stations.local')}>{t('stations.local.next')}</Alert> : <PairCode view={view} onOpen={(purpose) => ask(actions.openCode(purpose))} onClose={() => ask(actions.closeCode())} />}
      <section>
        <h2>{t('stations.list')}</h2>
        {view.stations.length === 0 ? <EmptyState icon={<Monitor aria-hidden="true" />} title={t('stations.none')} /> : null}
        <ul className="sv-machines">
          {view.stations.map((machine) => <MachineRow key={machine.id} machine={machine} actions={actions} ask={ask} />)}
        </ul>
      </section>
    </>
  )
}

/** The machines of the office: who may come in, who is there, and a spare that takes over. */
export function Stations({ view, actions }: { readonly view: StationsView; readonly actions: StationsActions }) {
  const { t } = useMessages()
  const [said, setSaid] = useState<string | null>(null)
  const ask: Ask = (work) => void work.then(setSaid)
  return (
    <main className="sv-page sv-stations">
      <h1>{t('stations.title')}</h1>
      <p className="sv-lead">{t('stations.lead')}</p>
      {view.superseded ? <Alert tone="danger" title={t('stations.superseded')}>{t('stations.superseded.next')}</Alert> : null}
      {said === null ? null : <Alert tone="warn" title={said} />}
      {view.isHub ? <Hub view={view} actions={actions} ask={ask} /> : <Alert tone="info" title={t('stations.not-hub')}>{t('stations.not-hub.next')}</Alert>}
      <Spare view={view} promote={() => ask(actions.promote().then((refused) => refused ?? t('stations.promote.done')))} />
    </main>
  )
}
