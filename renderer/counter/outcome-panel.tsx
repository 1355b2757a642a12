import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon, Kbd, LinkButton } from '../ui/index.ts'
import { DueSection } from './due-section.tsx'
import { FeeSection } from './fee-section.tsx'
import type { PayMethod } from './form-types.ts'
import type { DraftState } from './use-draft.ts'
import type { Intake } from './use-intake.ts'
import type { Problem } from './validate.ts'

function DraftLine({ draft }: { readonly draft: DraftState }) {
  const { t } = useMessages()
  switch (draft.kind) {
    case 'none': return <span>{t('counter.draft.none')}</span>
    case 'saving': return <span>{t('counter.draft.saving')}</span>
    case 'saved': return <span>{t('counter.draft.saved', { time: '' })}<span className="num">{formatClock(draft.at, true)}</span></span>
    case 'restored': return <span>{t('counter.draft.restored', { time: formatClock(draft.at, true) })}</span>
    case 'failed': return <b className="ct-refused">{t('counter.draft.failed')}</b>
  }
}

/** One line that counts and links what is to be put right. */
function Problems({ problems, onGo }: { readonly problems: readonly Problem[]; readonly onGo: () => void }) {
  const { t } = useMessages()
  const [first] = problems
  if (first === undefined) return null
  const { place } = first
  const name = place === 'procedure' || place === 'papers' || place === 'due-date' || place === 'due-reason' ? t(`counter.place.${place}`) : t(`counter.field.${place}`)
  return (
    <div className="mc-alert ct-problems" data-tone="danger" role="status">
      <Icon.CircleAlert aria-hidden="true" />
      <span className="mc-alert-text">{problems.length === 1 ? t('counter.problems.one') : t('counter.problems.more', { count: problems.length })} <LinkButton onPress={onGo}>{name}</LinkButton></span>
      <Kbd>Alt L</Kbd>
    </div>
  )
}

export interface OutcomeProps {
  readonly intake: Intake
  readonly editing: boolean
  readonly payWays: readonly PayMethod[]
  readonly setEditing: (editing: boolean) => void
  readonly accepting: boolean
  /** Why the last try was refused, or why a key is locked. */
  readonly said: string | null
  readonly onProblem: () => void
  readonly onAccept: () => void
  readonly onBack: () => void
}

/** The right side of the intake: when, how much, and the finishing button, which is always enabled. */
export function OutcomePanel(props: OutcomeProps) {
  const { t } = useMessages()
  const { intake } = props
  return (
    <aside className="ct-outcome" aria-label={t('counter.due')}>
      <div className="ct-outcome-top">
        <DueSection intake={intake} editing={props.editing} setEditing={props.setEditing} />
        <FeeSection intake={intake} payWays={props.payWays} />
      </div>
      <div className="ct-outcome-end">
        <div className="ct-will-print"><b>{t('counter.accept.prints')}</b><span>{t('counter.accept.prints.what')}</span></div>
        <Problems problems={intake.shown} onGo={props.onProblem} />
        {props.said === null ? null : <p className="ct-refused" role="alert">{props.said}</p>}
        <Button kind="primary" size="large" align="start" className="ct-accept" icon={<Icon.Printer aria-hidden="true" />} hint="F9" pending={props.accepting ? t('counter.accept.pending') : undefined} onPress={props.onAccept}>
          {t('counter.accept')}
        </Button>
        <div className="ct-draft">
          <span role="status"><DraftLine draft={intake.draft} /></span>
          <Button kind="plain" hint="Esc" onPress={props.onBack}>{t('counter.intake.back')}</Button>
        </div>
      </div>
    </aside>
  )
}
