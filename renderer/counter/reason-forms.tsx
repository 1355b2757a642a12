import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { CounterView } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, SegmentedControl, TextField } from '../ui/index.ts'

export type ReasonDone =
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'transfer'; readonly toService: string; readonly toCounter: number | null; readonly reason: string }
  | { readonly kind: 'pause'; readonly until: number }

interface FormProps {
  readonly view: CounterView
  readonly pending: boolean
  readonly onDone: (done: ReasonDone) => void
  readonly onClose: () => void
}

/** The frame of a form that opens under its button: Enter does it, Esc closes it. */
function InPlaceForm(props: { readonly children: ReactNode; readonly doLabel: string; readonly pending: string | undefined; readonly onSubmit: () => void; readonly onClose: () => void }) {
  const { t } = useMessages()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <form
      ref={form} className="ct-in-place"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          props.onClose()
        } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'radio') {
          event.preventDefault()
          if (!event.repeat) props.onSubmit()
        }
      }}
    >
      {props.children}
      <div className="ct-in-place-end">
        <Button onPress={props.onClose} hint="Esc">{t('counter.cancel')}</Button>
        <Button pending={props.pending} onPress={props.onSubmit} hint="Enter" className="ct-do">{props.doLabel}</Button>
      </div>
    </form>
  )
}

/** Why this number waits: usual reasons at a press, or a few words. */
export function HoldForm({ view, pending, onDone, onClose }: FormProps) {
  const { t } = useMessages()
  const [reason, setReason] = useState('')
  const number = view.current?.ticket.number ?? ''
  const usual = [t('counter.hold.copy'), t('counter.hold.fetch'), t('counter.hold.sign')]
  return (
    <InPlaceForm doLabel={t('counter.hold.do', { number })} pending={pending ? t('counter.pending.hold') : undefined} onSubmit={() => onDone({ kind: 'hold', reason: reason.trim() })} onClose={onClose}>
      <TextField label={t('counter.hold.reason')} value={reason} onChange={setReason} autoFocus maxLength={200} />
      <div className="ct-chips" role="group" aria-label={t('counter.hold.quick')}>
        {usual.map((one) => <Button key={one} aria-pressed={one === reason} onPress={() => setReason(one)}>{one}</Button>)}
      </div>
    </InPlaceForm>
  )
}

/** Another service, any of its counters or a certain one, and why. */
export function TransferForm({ view, pending, onDone, onClose }: FormProps) {
  const { t } = useMessages()
  const own = view.current?.ticket.service ?? ''
  const [service, setService] = useState(view.services.find((one) => one.id !== own)?.id ?? own)
  const [counter, setCounter] = useState('any')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const others = view.counters.filter((one) => one.services.includes(service) && one.id !== view.counter.id)
  const submit = () => {
    setTried(true)
    if (reason.trim() !== '') onDone({ kind: 'transfer', toService: service, toCounter: counter === 'any' ? null : Number(counter), reason: reason.trim() })
  }
  return (
    <InPlaceForm doLabel={t('counter.transfer.do', { number: view.current?.ticket.number ?? '' })} pending={pending ? t('counter.pending.transfer') : undefined} onSubmit={submit} onClose={onClose}>
      <TextField label={t('counter.transfer.reason')} value={reason} onChange={setReason} autoFocus maxLength={200} error={tried && reason.trim() === '' ? t('counter.reason.missing') : undefined} />
      <RadioGroup
        className="ct-choices" aria-label={t('counter.transfer.service')} value={service}
        onChange={(value) => {
          setService(value)
          setCounter('any')
        }}
      >
        <span className="mc-label">{t('counter.transfer.service')}</span>
        {view.services.map((one) => <Radio key={one.id} value={one.id} className="ct-choice"><span className="ct-grow">{one.name}</span><span className="num">{one.waiting}</span></Radio>)}
      </RadioGroup>
      <RadioGroup className="ct-choices ct-choices-row" aria-label={t('counter.transfer.counter')} value={counter} onChange={setCounter}>
        <span className="mc-label">{t('counter.transfer.counter')}</span>
        <Radio value="any" className="ct-choice">{t('counter.transfer.any')}</Radio>
        {others.map((one) => <Radio key={one.id} value={String(one.id)} className="ct-choice">{t('counter.transfer.to', { id: one.id })}</Radio>)}
      </RadioGroup>
    </InPlaceForm>
  )
}

/** How long the counter rests; the board says so. */
export function PauseForm({ view, pending, onDone, onClose }: FormProps) {
  const { t } = useMessages()
  const [minutes, setMinutes] = useState<'5' | '15' | '30' | '0'>('15')
  const until = minutes === '0' ? 0 : view.now + Number(minutes) * 60_000
  return (
    <InPlaceForm doLabel={t('counter.pause.do')} pending={pending ? t('counter.pending.pause') : undefined} onSubmit={() => onDone({ kind: 'pause', until })} onClose={onClose}>
      <SegmentedControl
        label={t('counter.pause.how-long')} showLabel tone="soft" value={minutes} onChange={setMinutes}
        segments={[...(['5', '15', '30'] as const).map((n) => ({ id: n, label: t('counter.pause.minutes', { n }) })), { id: '0', label: t('counter.pause.unknown') }]}
      />
    </InPlaceForm>
  )
}
