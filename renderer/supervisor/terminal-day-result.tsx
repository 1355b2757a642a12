import { useState } from 'react'
import type { TerminalDayView } from '#contract/terminal-day.ts'
import { lookUp } from '../i18n/catalogue.ts'
import { formatClock, formatMoney, formatNumber } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Alert } from '../ui/status.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { TerminalDayActions } from './terminal-day.tsx'

type Ended = NonNullable<TerminalDayView['last']>
type Closed = Extract<Ended, { outcome: 'closed' }>
type Totals = Closed['journal']

/** `1.234.000` or `1234000` as a number; null for anything else. */
export function readAmount(text: string): number | null {
  const digits = text.replaceAll(/[\s.]/g, '')
  return /^\d{1,11}$/.test(digits) ? Number(digits) : null
}

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : value < 0 ? `−${text}` : text)

/** Both totals beside each other and by how much they differ. */
function Comparison({ terminal, journal }: { readonly terminal: Totals; readonly journal: Totals }) {
  const { t } = useMessages()
  const rows = [
    { what: 'count', format: formatNumber },
    { what: 'amount', format: formatMoney },
  ] as const
  return (
    <table className="sv-day-table num">
      <caption>{t('terminalDay.totals')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('terminalDay.col.terminal')}</th>
          <th scope="col">{t('terminalDay.col.journal')}</th>
          <th scope="col">{t('terminalDay.col.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, format }) => {
          const difference = terminal[what] - journal[what]
          return (
            <tr key={what}>
              <th scope="row">{t(`terminalDay.row.${what}`)}</th>
              <td>{format(terminal[what])}</td>
              <td>{format(journal[what])}</td>
              <td data-differs={difference !== 0}>{signed(difference, format(Math.abs(difference)))}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** By kind of card, each as its own side names it: a terminal's groups and the names on its slips need not be the same. */
function Cards({ terminal, journal }: { readonly terminal: Totals; readonly journal: Totals }) {
  const { t } = useMessages()
  const names = [...new Set([...terminal.byCard, ...journal.byCard].map(({ card }) => card))]
  const cardName = (name: string) => (name === '' ? t('terminalDay.card.none') : name === 'other' ? t('terminalDay.card.other') : name)
  const sum = (side: Totals, name: string) => {
    const found = side.byCard.find(({ card }) => card === name)
    return found === undefined ? '' : t('terminalDay.card.sum', { count: found.count, amount: formatMoney(found.amount) })
  }
  return (
    <table className="sv-day-table num">
      <caption>{t('terminalDay.cards')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('terminalDay.col.terminal')}</th>
          <th scope="col">{t('terminalDay.col.journal')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{cardName(name)}</th>
            <td>{sum(terminal, name)}</td>
            <td>{sum(journal, name)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sales({ sales }: { readonly sales: Closed['sales'] }) {
  const { t } = useMessages()
  if (sales.length === 0) return null
  return (
    <details className="sv-day-sales">
      <summary>{t('terminalDay.sales', { count: sales.length })}</summary>
      <table className="sv-day-table num">
        <thead>
          <tr>
            {(['time', 'code', 'receipt', 'card'] as const).map((column) => <th key={column} scope="col">{t(`terminalDay.sales.${column}`)}</th>)}
            <th scope="col">{t('terminalDay.row.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {sales.map(({ at, code, receipt, card, amount }) => (
            <tr key={`${at} ${code}`}>
              <td>{formatClock(at)}</td>
              <td>{code}</td>
              <td>{receipt}</td>
              <td>{card}</td>
              <td>{formatMoney(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** The two figures that only the terminal's slip tells. */
function SlipForm({ onCompare }: { readonly onCompare: TerminalDayActions['compare'] }) {
  const { t } = useMessages()
  const [typed, setTyped] = useState({ count: '', amount: '' })
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const wrong = (text: string) => (tried && readAmount(text) === null ? t('terminalDay.slip.wrong') : null)
  const compare = () => {
    setTried(true)
    const [count, amount] = [readAmount(typed.count), readAmount(typed.amount)]
    if (count !== null && amount !== null) void onCompare({ count, amount }).then(setRefused)
  }
  return (
    <div className="sv-pair">
      <TextField label={t('terminalDay.slip.count')} inputMode="numeric" width="8ch" maxLength={4} value={typed.count} error={wrong(typed.count)} onChange={(count) => setTyped({ ...typed, count })} />
      <TextField label={t('terminalDay.slip.amount')} inputMode="numeric" width="18ch" maxLength={15} value={typed.amount} error={wrong(typed.amount)} onChange={(amount) => setTyped({ ...typed, amount })} />
      <Button onPress={compare}>{t('terminalDay.slip.compare')}</Button>
      {refused === null ? null : <Alert tone="warn" title={refused} />}
    </div>
  )
}

/** A closed day: whether it agrees, where it differs, and our payments behind it. */
function ClosedDay({ day, onCompare }: { readonly day: Closed; readonly onCompare: TerminalDayActions['compare'] }) {
  const { t } = useMessages()
  const [mending, setMending] = useState(false)
  const { terminal, journal, differences, afterUnclear, typedBy, sales } = day
  const agrees = differences.length === 0
  return (
    <>
      {terminal === null ? <Alert tone="info" title={t('terminalDay.slip')}>{t('terminalDay.slip.next')}</Alert> : null}
      {terminal !== null && agrees ? <Alert tone="ok" title={t('terminalDay.agrees', { count: terminal.count, amount: formatMoney(terminal.amount) })}>{t('terminalDay.agrees.next')}</Alert> : null}
      {terminal !== null && !agrees ? <Alert tone="warn" title={t('terminalDay.differs')}>{t('terminalDay.differs.next')}</Alert> : null}
      {afterUnclear === null ? null : <p>{t('terminalDay.after-unclear', { time: formatClock(afterUnclear) })}</p>}
      {terminal === null || mending ? (
        <SlipForm
          onCompare={async (slip) => {
            const refused = await onCompare(slip)
            setMending(refused !== null)
            return refused
          }}
        />
      ) : null}
      {terminal === null ? null : <Comparison terminal={terminal} journal={journal} />}
      {terminal !== null && !agrees && terminal.byCard.length > 0 ? <Cards terminal={terminal} journal={journal} /> : null}
      {typedBy === null || mending ? null : <Button kind="plain" onPress={() => setMending(true)}>{t('terminalDay.slip.mend')}</Button>}
      <Sales sales={sales} />
    </>
  )
}

/** How the last attempt to close the day ended, and what to do now. */
export function DayResult({ last, onCompare }: { readonly last: Ended; readonly onCompare: TerminalDayActions['compare'] }) {
  const { t, language } = useMessages()
  if (last.outcome === 'closed') return <ClosedDay day={last} onCompare={onCompare} />
  const { reason } = last
  // A terminal that had closed in an attempt with an unknown end refuses an empty day.
  if (last.outcome === 'refused' && reason === 'refused') return <Alert tone="warn" title={t('terminalDay.refused.by-terminal')}>{t('terminalDay.refused.by-terminal.next')}</Alert>
  if (last.outcome === 'refused') return <Alert tone="danger" title={t('terminalDay.refused')}>{lookUp(language, `reason.${reason}`, {}, 'terminal')}</Alert>
  return (
    <Alert tone="warn" title={t('terminalDay.unknown')}>
      {lookUp(language, `unknown.${reason}`, {}, 'terminalDay')} {t('terminalDay.unknown.next')}
    </Alert>
  )
}
