import { useEffect, useRef, useState } from 'react'
import { formatMoney, formatNumber } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, TextField } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { cashState, quickAmounts } from './money.ts'
import { useRun } from './use-run.ts'

/** What the citizen gives, what goes back. Enter takes it. Sent again after a broken answer, the same payment is done once. */
export function CashForm(props: { readonly code: string; readonly due: number; readonly commands: CounterCommands; readonly onPaid: (change: number) => void }) {
  const { t } = useMessages()
  const { due } = props
  const [given, setGiven] = useState('')
  const [tried, setTried] = useState(false)
  const [commandId] = useState(() => crypto.randomUUID())
  const { pending, refused, run } = useRun<'take'>()
  const root = useRef<HTMLFormElement>(null)
  const state = cashState(due, given)
  useEffect(() => {
    root.current?.querySelector('input')?.focus()
  }, [])
  // The caret goes back to the field, where Enter takes the money; on the pressed amount it would only press that again.
  const choose = (amount: number) => {
    setGiven(formatNumber(amount))
    root.current?.querySelector('input')?.focus()
  }
  const take = () => {
    setTried(true)
    if (state.kind !== 'enough') return root.current?.querySelector('input')?.focus()
    void run('take', () => props.commands.payCash(commandId, props.code, due, state.given)).then((answer) => (answer === null ? undefined : props.onPaid(answer.change)))
  }
  const error = state.kind === 'unreadable' || (tried && state.kind === 'empty') ? t('counter.pay.unreadable') : tried && state.kind === 'short' ? t('counter.pay.short', { left: formatMoney(state.missing) }) : undefined
  return (
    <form
      ref={root} className="ct-pay"
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault()
          if (!event.repeat) take()
        }
      }}
    >
      <TextField label={t('counter.pay.given')} value={given} onChange={setGiven} inputMode="numeric" maxLength={16} error={error} />
      <div className="ct-quick" role="group" aria-label={t('counter.pay.quick')}>
        {quickAmounts(due).map((amount) => (
          <Button key={amount} aria-pressed={state.kind === 'enough' && state.given === amount} onPress={() => choose(amount)}>{amount === due ? t('counter.pay.exact') : formatNumber(amount)}</Button>
        ))}
      </div>
      <div className="ct-change" role="status">
        <span>{t('counter.pay.change')}</span>
        <b>{state.kind === 'enough' ? formatMoney(state.change) : '–'}</b>
      </div>
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
      <Button kind="primary" size="large" hint="Enter" className="ct-accept" pending={pending === null ? undefined : t('counter.pay.taking')} onPress={take}>{t('counter.pay.take', { amount: formatMoney(due) })}</Button>
    </form>
  )
}
