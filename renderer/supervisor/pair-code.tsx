import { useId, useState } from 'react'
import type { PairingPurpose, StationsView } from '#contract/stations.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'

const kinds = ['counter', 'kiosk', 'board', 'touchpad', 'spare'] as const
type Kind = (typeof kinds)[number]
const atCounter = (kind: Kind) => kind === 'counter' || kind === 'touchpad'

function Choice<T extends string | number>({ label, value, of, onChange }: { readonly label: string; readonly value: T; readonly of: readonly { readonly id: T; readonly name: string }[]; readonly onChange: (id: T) => void }) {
  const id = useId()
  return (
    <div className="mc-field">
      <label className="mc-label" htmlFor={id}>{label}</label>
      <select id={id} className="mc-input" value={value} onChange={(event) => onChange(of[event.target.selectedIndex]?.id ?? value)}>
        {of.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
    </div>
  )
}

/** Chooses what the new machine will be, then shows the code that lets it in once. */
export function PairCode({ view, onOpen, onClose }: { readonly view: StationsView; readonly onOpen: (purpose: PairingPurpose) => void; readonly onClose: () => void }) {
  const { t } = useMessages()
  const [kind, setKind] = useState<Kind>('counter')
  const [counter, setCounter] = useState(view.counters[0] ?? 1)
  return (
    <section>
      <h2>{t('stations.new')}</h2>
      <div className="sv-pair">
        <Choice label={t('stations.purpose')} value={kind} of={kinds.map((one) => ({ id: one, name: t(`stations.kind.${one}`) }))} onChange={setKind} />
        {atCounter(kind) ? <Choice label={t('stations.counter')} value={counter} of={view.counters.map((one) => ({ id: one, name: String(one) }))} onChange={setCounter} /> : null}
        <Button kind="primary" onPress={() => onOpen({ kind, counter: atCounter(kind) ? counter : null })}>{t('stations.open')}</Button>
      </div>
      {view.code === null ? null : <Shown view={view} code={view.code} onClose={onClose} />}
    </section>
  )
}

function Shown({ view, code, onClose }: { readonly view: StationsView; readonly code: NonNullable<StationsView['code']>; readonly onClose: () => void }) {
  const { t } = useMessages()
  const screen = code.purpose.kind === 'board' || code.purpose.kind === 'touchpad'
  const counter = code.purpose.counter === null ? '' : ` ${code.purpose.counter}`
  return (
    <div className="sv-code" aria-live="polite">
      <p>{`${t(`stations.kind.${code.purpose.kind}`)}${counter}. ${t('stations.code', { time: formatClock(code.expiresAt) })}`}</p>
      <p className="sv-code-text num">{code.code}</p>
      <p>{t(screen ? 'stations.code.screen' : 'stations.code.station')}</p>
      <code className="sv-command">{screen ? `${view.address ?? ''}/pair.html` : `motcua station pair --code ${code.code} --hub ${(view.address ?? '').replace(/^https:\/\//, '')}`}</code>
      <p>{t('stations.fingerprint')}</p>
      <p className="sv-code-fingerprint">{view.fingerprint}</p>
      <Button onPress={onClose}>{t('stations.close')}</Button>
    </div>
  )
}
