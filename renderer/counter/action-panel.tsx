import type { ReactNode, RefObject } from 'react'
import type { CounterView } from '#contract/counter.ts'
import { formatDecimal } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon } from '../ui/index.ts'
import { phaseOf, type ActionId, type ActionState } from './actions.ts'
import { HoldForm, PauseForm, TransferForm, type ReasonDone } from './reason-forms.tsx'

const icons: Partial<Record<ActionId, ReactNode>> = {
  finish: <Icon.Check aria-hidden="true" />, hold: <Icon.Pause aria-hidden="true" />, transfer: <Icon.ArrowLeftRight aria-hidden="true" />, recall: <Icon.Megaphone aria-hidden="true" />,
  'no-show': <Icon.UserX aria-hidden="true" />, pause: <Icon.Coffee aria-hidden="true" />, start: <Icon.Check aria-hidden="true" />,
}

export type OpenForm = 'hold' | 'transfer' | 'pause'

export interface ActionPanelProps {
  readonly view: CounterView
  readonly actions: readonly ActionState[]
  readonly pending: ActionId | null
  readonly refused: { readonly id: ActionId; readonly text: string } | null
  readonly open: OpenForm | null
  readonly primaryRef: RefObject<HTMLButtonElement | null>
  readonly onAction: (action: ActionState) => void
  readonly onReason: (done: ReasonDone) => void
  readonly onClose: () => void
}

function useWords(view: CounterView): (id: ActionId) => { readonly label: string; readonly sub: string | undefined } {
  const { t } = useMessages()
  const next = view.mine[0]?.ticket
  const serving = phaseOf(view) === 'serving'
  return (id) => {
    switch (id) {
      case 'call-next': {
        const sub = next === undefined ? undefined : t(next.priority === null ? 'counter.act.call-next.sub' : 'counter.act.call-next.sub.priority', { number: next.number })
        const label = !serving ? 'counter.act.call-next' : next === undefined ? 'counter.act.call-next.finish-only' : 'counter.act.call-next.finish'
        return { label: t(label), sub }
      }
      case 'start': return { label: t('counter.act.start'), sub: t('counter.act.start.sub') }
      case 'intake': {
        const more = (view.current?.dossiers.length ?? 0) > 0
        return { label: t(more ? 'counter.act.intake.more' : 'counter.act.intake'), sub: view.current?.card == null ? t('counter.act.intake.sub.no-card') : t('counter.act.intake.sub') }
      }
      case 'intake-no-ticket': return { label: t('counter.act.intake-no-ticket'), sub: t('counter.act.intake-no-ticket.sub') }
      case 'note': case 'room': case 'find': case 'help': return { label: '', sub: undefined }
      default: return { label: t(`counter.act.${id}`), sub: undefined }
    }
  }
}

function pendingKey(id: ActionId): 'call-next' | 'recall' | 'start' | 'hold' | 'transfer' | 'no-show' | 'finish' | 'pause' | 'unpause' | null {
  return id === 'intake' || id === 'intake-no-ticket' || id === 'note' || id === 'room' || id === 'find' || id === 'help' ? null : id
}

function ActionButton({ action, props }: { readonly action: ActionState; readonly props: ActionPanelProps }) {
  const { t } = useMessages()
  const words = useWords(props.view)(action.id)
  const primary = action.rank === 'primary'
  const large = action.rank !== 'plain'
  const waits = pendingKey(action.id)
  const unavailable = action.why === null ? undefined : t('counter.why.said', { action: words.label, why: t(`counter.why.${action.why}`) })
  // Enter is shown on the primary that takes the focus; on "call next" its own key is what the hand knows.
  const hint = primary && action.key !== 'F2' ? 'Enter' : (action.key ?? (primary ? 'Enter' : undefined))
  return (
    <Button
      kind={primary ? 'primary' : 'secondary'} size={large ? 'large' : 'normal'} align="start" className={`ct-action ct-action-${action.rank}`} unavailable={unavailable}
      pending={props.pending === action.id && waits !== null ? t(`counter.pending.${waits}`) : undefined}
      {...(icons[action.id] === undefined || large ? {} : { icon: icons[action.id] })} {...(words.sub === undefined ? {} : { sub: words.sub })} {...(hint === undefined ? {} : { hint })}
      {...(primary ? { buttonRef: props.primaryRef } : {})} {...(isForm(action.id) ? { 'aria-expanded': props.open === action.id } : {})} onPress={() => props.onAction(action)}
    >
      {words.label}
    </Button>
  )
}

const isForm = (id: ActionId): id is OpenForm => id === 'hold' || id === 'transfer' || id === 'pause'

function InPlace({ id, props }: { readonly id: ActionId; readonly props: ActionPanelProps }) {
  if (props.open !== id) return null
  const shared = { view: props.view, pending: props.pending === id, onDone: props.onReason, onClose: props.onClose }
  if (id === 'hold') return <HoldForm {...shared} />
  if (id === 'transfer') return <TransferForm {...shared} />
  return <PauseForm {...shared} />
}

function Today({ view }: { readonly view: CounterView }) {
  const { t, language } = useMessages()
  const { counter } = view
  const facts = [
    { value: String(counter.servedToday), word: t('counter.today.served') },
    { value: counter.minutesPerVisit === null ? '–' : formatDecimal(counter.minutesPerVisit, language), word: t('counter.today.pace') },
    { value: counter.ratedToday === 0 ? '–' : `${counter.satisfiedToday}/${counter.ratedToday}`, word: t('counter.today.satisfied') },
  ]
  return (
    <section className="ct-today" aria-label={t('counter.today', { id: counter.id })}>
      <h2>{t('counter.today', { id: counter.id })}</h2>
      <dl>
        {facts.map((fact) => <div key={fact.word}><dd>{fact.value}</dd><dt>{fact.word}</dt></div>)}
      </dl>
    </section>
  )
}

/** Everything the clerk can do now, with its key; what can't be done says why when it is pressed or focused. */
export function ActionPanel(props: ActionPanelProps) {
  const { t } = useMessages()
  return (
    <section className="ct-actions" aria-label={t('counter.actions')}>
      <div className="ct-actions-list">
        {props.actions.map((action) => (
          <div key={action.id} className="ct-action-slot">
            <ActionButton action={action} props={props} />
            <InPlace id={action.id} props={props} />
            {props.refused?.id === action.id ? <p className="ct-refused" role="alert">{props.refused.text}</p> : null}
          </div>
        ))}
      </div>
      <Today view={props.view} />
    </section>
  )
}
