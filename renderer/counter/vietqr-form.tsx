import { useEffect, useRef, useState } from 'react'
import type { PaymentShown } from '#contract/touchpad.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, LinkButton, Qr, TextField } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { useRun } from './use-run.ts'

/** Shortest bank reference that tells two transfers apart. */
const shortest = 4

interface Props {
  readonly code: string
  readonly due: number
  readonly commands: CounterCommands
  /** What the citizen's screen shows now; found again after this page was reloaded. */
  readonly waiting: PaymentShown | null
  readonly onPaid: () => void
  readonly onOther: () => void
}

function Shown({ payment, props, onGone }: { readonly payment: PaymentShown; readonly props: Props; readonly onGone: () => void }) {
  const { t } = useMessages()
  const [reference, setReference] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refused, run } = useRun<'confirm' | 'cancel'>()
  const root = useRef<HTMLFormElement>(null)
  const missing = reference.trim().length < shortest
  useEffect(() => {
    root.current?.querySelector('input')?.focus()
  }, [])
  const confirm = () => {
    setTried(true)
    if (missing) return root.current?.querySelector('input')?.focus()
    void run('confirm', () => props.commands.confirmVietQr(payment.paymentId, reference.trim())).then((done) => (done === null ? undefined : props.onPaid()))
  }
  const cancel = () => void run('cancel', () => props.commands.cancelVietQr(payment.paymentId)).then((done) => (done === null ? undefined : onGone()))
  return (
    <form
      ref={root} className="ct-pay"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault()
          if (!event.repeat) confirm()
        }
      }}
    >
      <div className="ct-qr">
        <Qr text={payment.payload} size={148} minModule={2} label={t('counter.qr.label', { amount: formatMoney(payment.amount) })} />
        <p><b>{t('counter.qr.shown')}</b><br />{payment.bank} {payment.account}<br />{payment.accountName}<br />{payment.purpose}</p>
      </div>
      <TextField label={t('counter.qr.reference')} hint={t('counter.qr.reference.hint', { purpose: payment.purpose })} value={reference} onChange={setReference} maxLength={60} error={tried && missing ? t('counter.qr.reference.missing') : undefined} />
      {refused === null ? null : <Alert tone="danger" title={refused.text}>{refused.id === 'confirm' ? t('counter.qr.unknown', { amount: formatMoney(payment.amount) }) : null}</Alert>}
      <Button kind="primary" size="large" hint="Enter" className="ct-accept" pending={pending === 'confirm' ? t('counter.qr.confirming') : undefined} onPress={confirm}>{t('counter.qr.confirm')}</Button>
      {pending === 'cancel' ? <p role="status">{t('counter.qr.cancelling')}</p> : <LinkButton onPress={cancel}>{t('counter.qr.cancel')}</LinkButton>}
    </form>
  )
}

/** VietQR: shown to the citizen, small here too; the clerk confirms from the bank's own notice, never from the citizen's phone. */
export function VietQrForm(props: Props) {
  const { t } = useMessages()
  const [asked, setAsked] = useState<PaymentShown | null>(null)
  const [gone, setGone] = useState(false)
  const [commandId, setCommandId] = useState(() => crypto.randomUUID())
  const { pending, refused, run } = useRun<'show'>()
  const payment = asked ?? (gone ? null : props.waiting)
  const show = () => void run('show', () => props.commands.askVietQr(commandId, props.code, props.due)).then(setAsked)
  const onGone = () => {
    setAsked(null)
    setGone(true)
    setCommandId(crypto.randomUUID())
    props.onOther()
  }
  if (payment !== null) return <Shown payment={payment} props={props} onGone={onGone} />
  return (
    <div className="ct-pay">
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <Button kind="primary" size="large" className="ct-accept" autoFocus icon={<Icon.QrCode aria-hidden="true" />} pending={pending === null ? undefined : t('counter.qr.showing')} onPress={show}>{t('counter.qr.show')}</Button>
    </div>
  )
}
