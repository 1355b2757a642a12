import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import type { AcceptedDossier, CounterView } from '#contract/counter.ts'
import type { Dossier, TerminalMethod } from '#domain/dossier.ts'
import { formatClock, formatDate, formatMoney, formatWeekday } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, type Tone } from '../ui/index.ts'
import { CardForm } from './card-form.tsx'
import { CashForm } from './cash-form.tsx'
import type { CounterCommands } from './commands.ts'
import type { PayMethod } from './form-types.ts'
import { Alerts } from './notices.tsx'
import { OtherWays } from './other-ways.tsx'
import { useRun } from './use-run.ts'
import { VietQrForm } from './vietqr-form.tsx'

export type Paid = { readonly method: 'cash'; readonly amount: number; readonly change: number } | { readonly method: 'vietqr' | TerminalMethod; readonly amount: number }

const printTones: Record<AcceptedDossier['print'], Tone> = { printing: 'info', printed: 'ok', sent: 'ok', failed: 'warn', unknown: 'danger' }

/** What became of the receipt: what the station says now, else what it said when the dossier was accepted. */
function PrintState({ accepted, view, commands }: { readonly accepted: AcceptedDossier; readonly view: CounterView; readonly commands: CounterCommands }) {
  const { t, byKey } = useMessages()
  const { pending, refused, run } = useRun<'print' | 'pdf'>()
  const [again, setAgain] = useState(false)
  const { code } = accepted.dossier
  const doubt = view.prints.find((print) => print.kind === 'receipt' && print.what === code)
  const row = view.current?.dossiers.find((dossier) => dossier.code === code)
  const state = row?.print ?? (again ? 'sent' : accepted.print)
  const elsewhere = row?.printReason === 'backup' ? byKey('slip.backup') : null
  const print = () => void run('print', () => commands.printReceipt(code)).then((job) => setAgain(job !== null))
  const download = () => void run('pdf', () => commands.receiptPdf(code)).then((pdf) => {
    if (pdf === null) return
    const link = document.createElement('a')
    link.href = `data:application/pdf;base64,${pdf.base64}`
    link.download = `${code}.pdf`
    link.click()
  })
  // A job in doubt is an alert with its own buttons; saying it twice helps nobody.
  if (doubt !== undefined) return null
  const actions = (
    <span className="ct-alert-actions">
      <Button pending={pending === 'print' ? t('counter.print.again') : undefined} onPress={print}>{t('counter.print.again')}</Button>
      <Button pending={pending === 'pdf' ? t('counter.print.pdf') : undefined} onPress={download}>{t('counter.print.pdf')}</Button>
    </span>
  )
  return <Alert tone={printTones[state]} icon={<Icon.Printer aria-hidden="true" />} title={t(`counter.print.${state}`)} actions={actions}>{refused?.text ?? elsewhere}</Alert>
}

function Result({ dossier, earlier, children }: { readonly dossier: Dossier; readonly earlier: boolean; readonly children: ReactNode }) {
  const { t, language } = useMessages()
  const { due } = dossier.due
  return (
    <div className="ct-form ct-accepted">
      {earlier ? null : <p className="ct-accepted-ok"><Icon.CircleCheck size={28} aria-hidden="true" /> {t('counter.accepted')} <span className="ct-soft">{t('counter.accepted.saved')}</span></p>}
      <div>
        <p className="ct-section">{t('counter.accepted.code')}</p>
        <p className="ct-accepted-code">{dossier.code}</p>
      </div>
      <div>
        <p className="ct-section">{t('counter.due')}</p>
        <p className="ct-due-day">{due === null ? t('counter.due.none') : <>{formatWeekday(due, language, true)} {formatDate(due)} <small>{t('counter.due.at', { time: formatClock(due) })}</small></>}</p>
      </div>
      <p className="ct-accepted-what">{dossier.procedureName}<br />{dossier.person.fullName}</p>
      {children}
    </div>
  )
}

function PaidNote({ paid }: { readonly paid: Paid }) {
  const { t } = useMessages()
  const how = paid.method !== 'cash' ? t(`counter.pay.done.${paid.method}`) : paid.change === 0 ? t('counter.pay.done.exact') : t('counter.pay.done.change', { change: formatMoney(paid.change) })
  return <Alert tone="ok" title={`${t('counter.pay.done', { amount: formatMoney(paid.amount) })}.`}>{how}</Alert>
}

/** The way of paying that was chosen; the others stand below as long as nothing is under way. */
function PayForm({ method, code, due, view, commands, onPaid, onOther }: {
  readonly method: PayMethod
  readonly code: string
  readonly due: number
  readonly view: CounterView
  readonly commands: CounterCommands
  readonly onPaid: (paid: Paid) => void
  readonly onOther: (way: PayMethod) => void
}) {
  const open = view.cards.find((card) => card.code === code && card.state !== 'cancelled')
  const way = open ? open.method : view.payWays.includes(method) ? method : 'cash'
  const form = { code, due, commands }
  const atTerminal = way === 'card' || way === 'terminal-qr' ? way : null
  const terminalPaid = useCallback(() => atTerminal && onPaid({ method: atTerminal, amount: due }), [onPaid, atTerminal, due])
  return (
    <>
      {way === 'cash' ? <CashForm {...form} onPaid={(change) => onPaid({ method: 'cash', amount: due, change })} /> : null}
      {way === 'vietqr' ? <VietQrForm {...form} waiting={view.payment} onPaid={() => onPaid({ method: 'vietqr', amount: due })} onOther={() => onOther('cash')} /> : null}
      {atTerminal ? <CardForm key={atTerminal} {...form} method={atTerminal} cards={view.cards} onPaid={terminalPaid} /> : null}
      {open || view.payment !== null ? null : <OtherWays ways={view.payWays} now={way} onChoose={onOther} />}
    </>
  )
}

export interface AcceptedProps {
  /** `print` is null for an earlier dossier, opened only to take its fee. */
  readonly accepted: { readonly dossier: Dossier; readonly print: AcceptedDossier['print'] | null }
  readonly method: PayMethod
  readonly view: CounterView
  readonly commands: CounterCommands
  /** Whether finishing calls the next citizen; else the big button only goes back. */
  readonly canCall: boolean
  readonly onNext: () => void
  readonly nextPending: boolean
  readonly nextRefused: string | null
  readonly onAnother: (() => void) | null
  readonly onQueue: () => void
}

/** After accepting: the code, the day, the paper; then the money; then the next citizen. */
export function AcceptedScreen(props: AcceptedProps) {
  const { t } = useMessages()
  const { dossier, print } = props.accepted
  const owed = dossier.feeTotal - dossier.paid
  const [paid, setPaid] = useState<Paid | null>(null)
  const [method, setMethod] = useState<PayMethod>(props.method)
  const nextRef = useRef<HTMLButtonElement>(null)
  const settled = paid !== null || owed === 0
  useEffect(() => {
    if (settled) nextRef.current?.focus()
  }, [settled])
  const next = props.canCall ? props.view.mine[0]?.ticket.number : undefined
  return (
    <main className="ct-intake">
      <Result dossier={dossier} earlier={print === null}>
        <Alerts view={props.view} commands={props.commands} busy />
        {print === null ? null : <PrintState accepted={{ dossier, print }} view={props.view} commands={props.commands} />}
      </Result>
      <aside className="ct-outcome" aria-label={t('counter.pay')}>
        <div className="ct-outcome-top">
          <h2 className="ct-pay-title">{t('counter.pay')}</h2>
          {owed === 0 ? <p className="ct-due-day">{t('counter.pay.none')}</p> : <div className="ct-fee-total"><span>{t('counter.pay.due')}</span><b>{formatMoney(owed)}</b></div>}
          {paid === null ? null : <PaidNote paid={paid} />}
          {settled ? null : <PayForm method={method} code={dossier.code} due={owed} view={props.view} commands={props.commands} onPaid={setPaid} onOther={setMethod} />}
        </div>
        <div className="ct-outcome-end">
          {settled ? null : <p className="ct-soft">{t('counter.pay.later')}</p>}
          {props.nextRefused === null ? null : <p className="ct-refused" role="alert">{props.nextRefused}</p>}
          <Button
            kind={settled ? 'primary' : 'secondary'} size="large" align="start" className="ct-accept" hint={props.canCall ? 'F2' : 'Esc'} buttonRef={nextRef} pending={props.nextPending ? t('counter.pending.call-next') : undefined}
            {...(next === undefined ? {} : { sub: t('counter.next.sub', { number: next }) })} onPress={props.onNext}
          >
            {t(!props.canCall ? 'counter.next.queue' : next === undefined ? 'counter.next.none' : 'counter.next')}
          </Button>
          <div className="ct-draft">
            {props.onAnother === null ? null : <Button onPress={props.onAnother}>{t('counter.next.another')}</Button>}
            {props.canCall ? <Button kind="plain" hint="Esc" onPress={props.onQueue}>{t('counter.next.queue')}</Button> : null}
          </div>
        </div>
      </aside>
    </main>
  )
}
