import type { CounterView } from '#contract/counter.ts'
import type { Procedure } from '#domain/procedure.ts'
import { formatElapsed } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Kbd, Leaf, LinkButton, SegmentedControl } from '../ui/index.ts'
import { focusIn } from './focus.ts'
import { ProblemLine } from './problem-line.tsx'
import { ProcedurePicker } from './procedure-picker.tsx'
import type { Intake } from './use-intake.ts'
import { firstEmpty } from './validate.ts'

function Chosen({ procedure, onChange }: { readonly procedure: Procedure; readonly onChange: () => void }) {
  const { t } = useMessages()
  return (
    <div className="ct-chosen">
      <h2 className="ellipsis" title={procedure.name}>{procedure.shortName}</h2>
      <p>
        {t('counter.intake.decision', { code: procedure.code, decision: procedure.decisionNo })} <LinkButton onPress={onChange}>{t('counter.intake.choose.change')}</LinkButton> <Kbd>Alt 1</Kbd>
      </p>
    </div>
  )
}

function Picking({ intake, onDone }: { readonly intake: Intake; readonly onDone: (procedure: Procedure) => void }) {
  const { t } = useMessages()
  return (
    <div className="ct-chosen">
      <h2 className="ct-choose-title">{t('counter.intake.choose')} <Kbd>Alt 1</Kbd></h2>
      {intake.procedures === null ? <p className="ct-soft" role="status">{t('counter.intake.choose.loading')}</p> : <ProcedurePicker procedures={intake.procedures} onChoose={onDone} autoFocus={intake.form.cardScan === null || firstEmpty(intake.form) === null} />}
    </div>
  )
}

/** Whose dossier, which procedure, how it came in. */
export function IntakeHead(props: { readonly view: CounterView; readonly now: number; readonly ticketId: string | null; readonly intake: Intake; readonly picking: boolean; readonly setPicking: (picking: boolean) => void }) {
  const { t } = useMessages()
  const { intake, view } = props
  const { form, procedure, act } = intake
  const ticket = view.current !== null && view.current.ticket.id === props.ticketId ? view.current.ticket : null
  const choose = (next: Procedure) => {
    act({ kind: 'procedure', procedure: next, declared: ticket?.procedure === next.code ? ticket.papers : [] })
    props.setPicking(false)
    const empty = firstEmpty(form)
    requestAnimationFrame(() => focusIn(`place-${empty ?? 'papers'}`))
  }
  return (
    <div id="part-procedure">
      <div className="ct-intake-head" id="place-procedure">
        {ticket === null ? <span className="ct-no-ticket">{t('counter.intake.no-ticket')}</span> : (
          <Leaf size="small" who={ticket.number} where={<span className="num" role="timer">{formatElapsed(props.now - (ticket.startedAt ?? props.now))}</span>} />
        )}
        {procedure === null || props.picking ? <Picking intake={intake} onDone={choose} /> : <Chosen procedure={procedure} onChange={() => props.setPicking(true)} />}
        <SegmentedControl
          label={t('counter.intake.channel')} value={form.channel} onChange={(channel) => act({ kind: 'channel', channel, procedure })} className="ct-channel"
          segments={(['DIRECT', 'POSTAL', 'ONLINE'] as const).map((id) => ({ id, label: t(`counter.channel.${id}`), disabled: procedure !== null && !procedure.channels.includes(id) }))}
        />
      </div>
      {intake.shown.filter((problem) => problem.place === 'procedure').map((problem) => <ProblemLine key={problem.code} problem={problem} act={act} />)}
    </div>
  )
}
