import { useEffect, useState, type ReactNode } from 'react'
import type { Dossier, Person } from '#domain/dossier.ts'
import { formatClock, formatDate, formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { Refusal } from '../state/use-command.ts'
import { Button, Dialog, Icon } from '../ui/index.ts'
import type { CounterCommands } from './commands.ts'
import { StatusTag } from './dossier-line.tsx'
import { maskedId } from './rows.ts'
import { refusalText, useRun } from './use-run.ts'

type Opened = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly refusal: Refusal } | { readonly kind: 'open'; readonly dossier: Dossier }

function useDossier(code: string, commands: CounterCommands): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: 'loading' })
  useEffect(() => {
    let current = true
    void commands.dossier(code).then((result) => {
      if (current) setOpened(result.ok ? { kind: 'open', dossier: result.data } : { kind: 'failed', refusal: result })
    })
    return () => {
      current = false
    }
  }, [code, commands])
  return opened
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}

function Facts({ dossier, person }: { readonly dossier: Dossier; readonly person: Person | null }) {
  const { t } = useMessages()
  const total = formatMoney(dossier.feeTotal)
  const left = dossier.feeTotal - dossier.paid
  const fee = dossier.feeTotal === 0 ? t('counter.dossier.no-fee') : left > 0 ? t('counter.dossier.unpaid', { total, left: formatMoney(left) }) : t('counter.dossier.paid', { total })
  const shown = person ?? dossier.person
  return (
    <dl className="ct-dossier-facts">
      <Fact name={t('counter.dossier.procedure')}>{dossier.procedureName}</Fact>
      <Fact name={t('counter.dossier.status')}><StatusTag status={dossier.status} /></Fact>
      <Fact name={t('counter.dossier.person')}>{dossier.erased === true ? t('sync.person.gone') : shown.fullName}</Fact>
      <Fact name={t('counter.dossier.id')}><span className="num">{person === null ? maskedId(shown.idNumber) : person.idNumber}</span></Fact>
      <Fact name={t('counter.dossier.received')}>{formatClock(dossier.receivedAt)}, {formatDate(dossier.receivedAt)}</Fact>
      <Fact name={t('counter.dossier.due')}>{dossier.due.due === null ? t('counter.dossier.no-due') : `${formatClock(dossier.due.due)}, ${formatDate(dossier.due.due)}`}</Fact>
      <Fact name={t('counter.dossier.fee')}>{fee}</Fact>
      <Fact name={t('counter.dossier.staff')}>{dossier.staffName}</Fact>
    </dl>
  )
}

/** One dossier to look at: masked until the clerk asks to see, which is journaled; its receipt can be printed again. */
export function DossierDialog({ code, commands, onClose, onPay }: { readonly code: string; readonly commands: CounterCommands; readonly onClose: () => void; readonly onPay: (dossier: Dossier) => void }) {
  const messages = useMessages()
  const { t } = messages
  const opened = useDossier(code, commands)
  const [person, setPerson] = useState<Person | null>(null)
  const [printed, setPrinted] = useState(false)
  const { pending, refused, run } = useRun<'reveal' | 'print'>()
  const left = opened.kind === 'open' ? opened.dossier.feeTotal - opened.dossier.paid : 0
  const actions = (
    <>
      {opened.kind === 'open' && left > 0 ? <Button icon={<Icon.Banknote aria-hidden="true" />} onPress={() => onPay(opened.dossier)}>{t('counter.dossier.pay', { left: formatMoney(left) })}</Button> : null}
      {opened.kind === 'open' && person === null ? (
        <Button icon={<Icon.Eye aria-hidden="true" />} pending={pending === 'reveal' ? t('counter.visit.reveal') : undefined} onPress={() => void run('reveal', () => commands.reveal(code)).then(setPerson)}>
          {t('counter.visit.reveal')}
        </Button>
      ) : null}
      {opened.kind === 'open' ? (
        <Button icon={<Icon.Printer aria-hidden="true" />} pending={pending === 'print' ? t('counter.dossier.print') : undefined} onPress={() => void run('print', () => commands.printReceipt(code)).then((job) => setPrinted(job !== null))}>
          {t('counter.dossier.print')}
        </Button>
      ) : null}
      <Button hint="Esc" onPress={onClose}>{t('counter.help.close')}</Button>
    </>
  )
  return (
    <Dialog title={t('counter.dossier', { code })} onClose={onClose} actions={actions}>
      {opened.kind === 'loading' ? <p role="status">{t('counter.dossier.loading')}</p> : null}
      {opened.kind === 'failed' ? <p className="ct-refused" role="alert">{refusalText(messages, opened.refusal)}</p> : null}
      {opened.kind === 'open' ? <Facts dossier={opened.dossier} person={person} /> : null}
      {printed ? <p role="status">{t('counter.dossier.printed')}</p> : null}
      {refused === null ? null : <p className="ct-refused" role="alert">{refused.text}</p>}
    </Dialog>
  )
}
