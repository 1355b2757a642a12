import { useEffect, useRef, useState } from 'react'
import type { CardPayment } from '#contract/counter.ts'
import type { TerminalMethod } from '#domain/dossier.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { formatMoney } from '../i18n/format.ts'
import { useMessages, type Messages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, TextField } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { useRun } from './use-run.ts'

interface Props {
  /** A card, or the QR code on the terminal's screen. */
  readonly method: TerminalMethod
  readonly code: string
  readonly due: number
  readonly commands: CounterCommands
  readonly cards: readonly CardPayment[]
  readonly onPaid: () => void
}

/** The words for a reason of the terminal; a general sentence for one that the catalogue doesn't know. */
export const reasonText = ({ t, language }: Messages, reason: string | null): string =>
  reason === null ? '' : (lookUp(language, `reason.${reason}`, {}, 'terminal') ?? t('terminal.reason.other'))

/** As banks print approval codes. */
export const isApproval = (text: string): boolean => /^[0-9A-Za-z]{2,12}$/.test(text.trim())

/** The clerk types the amount into the terminal and says here what came of it. */
function ByHand({ payment, commands }: { readonly payment: CardPayment; readonly commands: CounterCommands }) {
  const { t } = useMessages()
  const [approval, setApproval] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refused, run } = useRun<'paid' | 'not' | 'unsure'>()
  const root = useRef<HTMLFormElement>(null)
  const missing = !isApproval(approval)
  useEffect(() => {
    root.current?.querySelector('input')?.focus()
  }, [])
  const paid = () => {
    setTried(true)
    if (missing) return root.current?.querySelector('input')?.focus()
    void run('paid', () => commands.settleCard(payment.paymentId, approval.trim()))
  }
  return (
    <form
      ref={root} className="ct-pay"
      onSubmit={(event) => {
        event.preventDefault()
        paid()
      }}
    >
      <p>{t('counter.card.hand', { amount: formatMoney(payment.amount) })}</p>
      <TextField label={t('counter.card.approval')} hint={t('counter.card.approval.hint')} value={approval} onChange={setApproval} maxLength={20} error={tried && missing ? t('counter.card.approval.missing') : undefined} />
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <Button kind="primary" size="large" hint="Enter" className="ct-accept" pending={pending === 'paid' ? t('counter.card.saving') : undefined} onPress={paid}>{t('counter.card.paid')}</Button>
      <div className="ct-draft">
        <Button pending={pending === 'not' ? t('counter.card.saving') : undefined} onPress={() => void run('not', () => commands.settleCard(payment.paymentId, null))}>{t('counter.card.not-paid')}</Button>
        <Button kind="plain" pending={pending === 'unsure' ? t('counter.card.saving') : undefined} onPress={() => void run('unsure', () => commands.askTerminal(payment.paymentId, 'abort'))}>{t('counter.card.unsure')}</Button>
      </div>
    </form>
  )
}

function Charging({ payment, commands }: { readonly payment: CardPayment; readonly commands: CounterCommands }) {
  const { t, language } = useMessages()
  const { pending, refused, run } = useRun<'abort'>()
  if (payment.byHand) return <ByHand payment={payment} commands={commands} />
  const progress = (payment.progress === null ? null : lookUp(language, `progress.${payment.progress}`, {}, 'terminal')) ?? t('terminal.progress.please-wait')
  return (
    <div className="ct-pay">
      <p className="ct-charging" role="status"><span className="mc-spinner" aria-hidden="true" /> {progress}</p>
      <p className="ct-soft">{t('counter.card.dont-twice')}</p>
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <Button pending={pending === null ? undefined : t('counter.card.aborting')} onPress={() => void run('abort', () => commands.askTerminal(payment.paymentId, 'abort'))}>{t('counter.card.abort')}</Button>
    </div>
  )
}

/** A sale at the card terminal, told step by step. In doubt nothing is sent again; the alert beside says how it is cleared up. */
export function CardForm({ method, code, due, commands, cards, onPaid }: Props) {
  const messages = useMessages()
  const { t } = messages
  const [asked, setAsked] = useState<string | null>(null)
  const [commandId, setCommandId] = useState(() => crypto.randomUUID())
  const { pending, refused, run } = useRun<'charge'>()
  const payment = cards.find((card) => card.code === code && (card.paymentId === asked || card.state !== 'cancelled'))
  const state = payment?.state
  useEffect(() => {
    if (state === 'received') onPaid()
  }, [state, onPaid])
  if (payment?.state === 'charging') return <Charging payment={payment} commands={commands} />
  if (payment?.state === 'unknown') return <Alert tone="danger" title={t('counter.card.unknown')}>{t('counter.card.unknown.do')}</Alert>
  const charge = () => {
    // Declined: pressing again is a new sale with an intent of its own.
    const id = state === 'cancelled' ? crypto.randomUUID() : commandId
    setCommandId(id)
    void run('charge', () => commands.payCard(id, code, due, method)).then((answer) => (answer === null ? undefined : setAsked(answer.paymentId)))
  }
  return (
    <div className="ct-pay">
      {payment?.state === 'cancelled' ? <Alert tone="warn" title={t('counter.card.cancelled')}>{reasonText(messages, payment.reason)}</Alert> : null}
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <Button kind="primary" size="large" hint="Enter" className="ct-accept" autoFocus icon={method === 'card' ? <Icon.CreditCard aria-hidden="true" /> : <Icon.ScanQrCode aria-hidden="true" />} pending={pending === null ? undefined : t('counter.card.starting')} onPress={charge}>
        {t(`counter.charge.${method}`, { amount: formatMoney(due) })}
      </Button>
    </div>
  )
}
