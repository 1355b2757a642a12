import { useCallback, useEffect, useState } from 'react'
import type { SampleAction } from '#contract/supervisor.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, SegmentedControl } from '../ui/index.ts'
import { IdCard, Printer } from '../ui/icon.ts'

export interface TriedSlip {
  readonly base64: string
  readonly at: number
}

const cards = [1, 2, 3, 4, 5, 6] as const
const printerStates = ['ok', 'near-end', 'paper-out', 'cover-open', 'offline'] as const
type PrinterState = (typeof printerStates)[number]

/** Sample stations only: what a person would do to the devices, done to the simulated ones. */
export function TryDevices(props: { readonly onAct: (action: SampleAction) => Promise<string | null>; readonly loadSlip: () => Promise<TriedSlip | null> }) {
  const { t } = useMessages()
  const { onAct, loadSlip } = props
  const [printer, setPrinter] = useState<PrinterState>('ok')
  const [said, setSaid] = useState('')
  const [slip, setSlip] = useState<TriedSlip | null>(null)
  const look = useCallback(() => void loadSlip().then(setSlip), [loadSlip])
  useEffect(look, [look])
  const act = (action: SampleAction) => void onAct(action).then((refused) => setSaid(refused ?? t('supervisor.try.done')))
  return (
    <main className="sv-page sv-try">
      <h1>{t('supervisor.try.title')}</h1>
      <p className="sv-lead">{t('supervisor.try.lead')}</p>
      <section>
        <h2><IdCard aria-hidden="true" /> {t('supervisor.try.cards')}</h2>
        <p>{t('supervisor.try.cards.note')}</p>
        <div className="sv-try-row">
          {cards.map((card) => (
            <Button key={card} onPress={() => act({ kind: 'scan-card', card })}>{t('supervisor.try.card', { n: card })}</Button>
          ))}
        </div>
      </section>
      <section>
        <h2><Printer aria-hidden="true" /> {t('supervisor.try.printer')}</h2>
        <SegmentedControl
          label={t('supervisor.try.printer')} value={printer} segments={printerStates.map((id) => ({ id, label: t(`supervisor.try.printer.${id}`) }))}
          onChange={(id) => {
            const state = printerStates.find((one) => one === id) ?? 'ok'
            setPrinter(state)
            act({ kind: 'printer', state })
          }}
        />
      </section>
      <p role="status">{said}</p>
      <section>
        <h2>{t('supervisor.try.slip')}</h2>
        <Button onPress={look}>{t('supervisor.try.slip.again')}</Button>
        {slip === null ? <p>{t('supervisor.try.slip.none')}</p> : <img className="sv-try-slip" src={`data:image/png;base64,${slip.base64}`} alt={t('supervisor.try.slip.label', { time: formatClock(slip.at) })} />}
      </section>
    </main>
  )
}
