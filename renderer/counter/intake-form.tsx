import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { CounterView } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Kbd, SegmentedControl } from '../ui/index.ts'
import { focusNextField } from './focus.ts'
import { IntakeHead } from './intake-head.tsx'
import { PapersSection } from './papers-table.tsx'
import { SubmitterSection } from './submitter-section.tsx'
import type { Intake } from './use-intake.ts'

function ResultSection({ intake }: { readonly intake: Intake }) {
  const { t } = useMessages()
  return (
    <section id="part-result" className="ct-result" aria-labelledby="ct-result-title">
      <h3 id="ct-result-title">{t('counter.intake.result')}</h3><Kbd>Alt 4</Kbd>
      <SegmentedControl
        label={t('counter.intake.result')} tone="soft" value={intake.form.resultBy} onChange={(by) => intake.act({ kind: 'result-by', by })} className="ct-grow"
        segments={(['counter', 'post', 'electronic'] as const).map((id) => ({ id, label: t(`counter.result.${id}`) }))}
      />
    </section>
  )
}

/** The left side of the intake: everything that goes on the form. Enter goes on to the next field. */
export function IntakeForm(props: { readonly view: CounterView; readonly now: number; readonly ticketId: string | null; readonly intake: Intake; readonly picking: boolean; readonly setPicking: (picking: boolean) => void; readonly notices: ReactNode }) {
  const form = useRef<HTMLDivElement>(null)
  const onKey = (event: KeyboardEvent) => {
    const field = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    if (event.key !== 'Enter' || !field || event.defaultPrevented || form.current === null) return
    event.preventDefault()
    if (!event.repeat) focusNextField(form.current, event.target)
  }
  const { notices, ...head } = props
  return (
    <div className="ct-form" ref={form} onKeyDown={onKey}>
      {notices}
      <IntakeHead {...head} />
      <SubmitterSection intake={props.intake} canScan={props.ticketId !== null} />
      <PapersSection intake={props.intake} />
      <ResultSection intake={props.intake} />
    </div>
  )
}

/** State of the due date's editor: open while asked, or while it holds something to put right. */
export function useDueEditor(intake: Intake): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  const wrong = intake.form.dueEdit !== null && intake.shown.some((problem) => problem.place === 'due-date' || problem.place === 'due-reason')
  return [open || wrong, setOpen]
}
