import { useState } from 'react'
import type { CardPayment } from '#contract/counter.ts'
import { formatClock, formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, TextField } from '../ui/index.ts'
import { isApproval, reasonText } from './card-form.tsx'
import type { CounterCommands } from './commands.ts'
import { shortCode } from './rows.ts'
import { useRun } from './use-run.ts'

/** What the clerk read on the terminal's slip, said in two steps so that a slip of the hand doesn't book or drop money. */
function BySlip({ payment, commands, onBack }: { readonly payment: CardPayment; readonly commands: CounterCommands; readonly onBack: () => void }) {
  const { t } = useMessages()
  const [approval, setApproval] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refused, run } = useRun<'paid' | 'not'>()
  const missing = !isApproval(approval)
  const paid = () => {
    setTried(true)
    if (!missing) void run('paid', () => commands.settleCard(payment.paymentId, approval.trim()))
  }
  return (
    <div className="ct-slip">
      <TextField label={t('counter.card.approval')} hint={t('counter.card.approval.hint')} value={approval} onChange={setApproval} maxLength={20} width="18ch" error={tried && missing ? t('counter.card.approval.missing') : undefined} />
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <span className="ct-alert-actions">
        <Button pending={pending === 'paid' ? t('counter.card.saving') : undefined} onPress={paid}>{t('counter.card.slip.paid')}</Button>
        <Button pending={pending === 'not' ? t('counter.card.saving') : undefined} onPress={() => void run('not', () => commands.settleCard(payment.paymentId, null))}>{t('counter.card.slip.not-paid')}</Button>
        <Button kind="plain" onPress={onBack}>{t('counter.card.slip.back')}</Button>
      </span>
    </div>
  )
}

/** A card payment that nobody knows the end of: ask the terminal, or read its slip. Never a second sale. */
export function CardAlert({ payment, commands }: { readonly payment: CardPayment; readonly commands: CounterCommands }) {
  const messages = useMessages()
  const { t } = messages
  const [bySlip, setBySlip] = useState(false)
  const { pending, refused, run } = useRun<'ask'>()
  const actions = (
    <span className="ct-alert-actions">
      {payment.canBeAsked ? <Button pending={pending === null ? undefined : t('counter.card.asking')} onPress={() => void run('ask', () => commands.askTerminal(payment.paymentId, 'outcome'))}>{t('counter.card.ask')}</Button> : null}
      <Button onPress={() => setBySlip(true)}>{t('counter.card.slip')}</Button>
    </span>
  )
  const what = { amount: formatMoney(payment.amount), code: shortCode(payment.code), time: formatClock(payment.at) }
  return (
    <Alert tone="danger" icon={<Icon.CreditCard aria-hidden="true" />} title={t('counter.alert.card', what)} {...(bySlip ? {} : { actions })}>
      {refused === null ? `${reasonText(messages, payment.reason)} ${t(payment.canBeAsked ? 'counter.alert.card.do' : 'counter.alert.card.slip')}`.trim() : refused.text}
      {bySlip ? <BySlip payment={payment} commands={commands} onBack={() => setBySlip(false)} /> : null}
    </Alert>
  )
}
