import { useState } from 'react'
import type { TerminalDayView } from '#contract/terminal-day.ts'
import { formatClock, formatDate, formatMoney } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ListChecks } from '../ui/icon.ts'
import { Alert } from '../ui/status.tsx'
import { DayResult } from './terminal-day-result.tsx'

export interface TerminalDayActions {
  /** Answer with the sentence of a refusal, null when it was taken. */
  readonly close: () => Promise<string | null>
  readonly compare: (slip: { readonly count: number; readonly amount: number }) => Promise<string | null>
}

/** Words for a moment of a closing, and for who closed. */
function useClosingWords(): (at: number, staff: string) => { readonly time: string; readonly who: string } {
  const { t } = useMessages()
  return (at, staff) => ({ time: `${formatClock(at)} ${formatDate(at)}`, who: staff === 'supervisor' ? t('terminalDay.who.supervisor') : staff })
}

function Confirm({ byHand, onYes, onNo }: { readonly byHand: boolean; readonly onYes: () => void; readonly onNo: () => void }) {
  const { t } = useMessages()
  return (
    <Dialog
      title={t('terminalDay.sure')}
      onClose={onNo}
      actions={
        <>
          <Button onPress={onNo} autoFocus>{t('terminalDay.sure.no')}</Button>
          <Button kind="primary" onPress={onYes}>{t(byHand ? 'terminalDay.sure.yes.hand' : 'terminalDay.sure.yes')}</Button>
        </>
      }
    >
      <p>{t(byHand ? 'terminalDay.sure.hand' : 'terminalDay.sure.cable')}</p>
    </Dialog>
  )
}

/** The day of the card terminal: when it was closed last and by whom, what is open, and closing it. */
export function TerminalDay({ view, actions }: { readonly view: TerminalDayView; readonly actions: TerminalDayActions }) {
  const { t, byKey } = useMessages()
  const words = useClosingWords()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const { open, last, runningSince, blocked, byHand } = view
  const running = runningSince !== null
  const why = running || blocked === null ? null : (byKey(`refusal.day-${blocked}`) ?? t('terminalDay.not-begun'))
  const close = () => {
    setAsking(false)
    void actions.close().then(setRefused)
  }
  return (
    <section className="sv-day">
      <h3>{t('terminalDay.title')}</h3>
      <p>
        {open.closed === null ? t('terminalDay.never') : t('terminalDay.last', words(open.closed.at, open.closed.staff))}{' '}
        {t('terminalDay.open', { count: open.totals.count, amount: formatMoney(open.totals.amount) })}
      </p>
      <Button
        icon={<ListChecks aria-hidden="true" />}
        pending={running ? t('terminalDay.closing') : undefined}
        unavailable={why ?? undefined}
        onPress={() => setAsking(true)}
      >
        {t('terminalDay.close')}
      </Button>
      {why === null ? null : <p className="sv-lead">{why}</p>}
      {asking ? <Confirm byHand={byHand} onYes={close} onNo={() => setAsking(false)} /> : null}
      {refused === null ? null : <Alert tone="warn" title={t('terminalDay.not-begun')}>{refused}</Alert>}
      {last === null ? null : <DayResult key={last.at} last={last} onCompare={actions.compare} />}
    </section>
  )
}
