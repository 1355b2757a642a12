import { useEffect, useRef, useState, type RefObject } from 'react'
import type { CounterView } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { ActionPanel, type OpenForm } from './action-panel.tsx'
import { actionForKey, actionsOf, phaseOf, primaryOf, type ActionId, type ActionState } from './actions.ts'
import type { CounterCommands } from './commands.ts'
import { Alerts } from './notices.tsx'
import { QueuePanel, type QueueChoice } from './queue-panel.tsx'
import type { ReasonDone } from './reason-forms.tsx'
import { useKeys } from './use-keys.ts'
import { useRun } from './use-run.ts'
import { VisitPanel } from './visit-panel.tsx'

export interface QueueScreenProps {
  readonly view: CounterView
  /** The station's clock, epoch ms. */
  readonly now: number
  readonly commands: CounterCommands
  readonly findRef: RefObject<HTMLInputElement | null>
  /** The clerk just came back from the intake: the primary takes the focus. */
  readonly arrived: boolean
  readonly onHelp: () => void
  readonly onIntake: (ticketId: string | null) => void
  readonly onOpenDossier: (code: string) => void
}

/** How long after the clerk's own act a change of the view counts as its outcome, ms. */
const outcomeMs = 2000

/**
 * After a call the focus goes to Start, after Start to Nhận hồ sơ: only when the clerk's own act changed the phase, and never out of
 * a field. Coming back from the intake counts as an act.
 */
function useFocusAfterAct(view: CounterView, primaryRef: RefObject<HTMLButtonElement | null>, arrived: boolean): () => void {
  const until = useRef(0)
  const state = `${view.current?.ticket.id ?? ''}:${phaseOf(view)}`
  useEffect(() => {
    if (arrived) until.current = performance.now() + outcomeMs
  }, [arrived])
  useEffect(() => {
    if (performance.now() > until.current) return
    if (!(document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement)) primaryRef.current?.focus()
  }, [state, primaryRef])
  return () => {
    until.current = performance.now() + outcomeMs
  }
}

type Runner = ReturnType<typeof useRun<ActionId>>['run']

/** What each action asks of the station; the ones that open something are done by the screen. */
function send(id: ActionId, view: CounterView, commands: CounterCommands, run: Runner): Promise<unknown> {
  switch (id) {
    case 'call-next': return run(id, () => commands.act({ kind: 'call-next', finishCurrent: phaseOf(view) === 'serving' }))
    case 'recall': case 'start': case 'no-show': case 'finish': return run(id, () => commands.act({ kind: id }))
    case 'unpause': return run(id, () => commands.act({ kind: 'pause', until: null }))
    default: return Promise.resolve(null)
  }
}

/** The clerk's main screen: queue, the citizen at the counter, what can be done. */
export function QueueScreen(props: QueueScreenProps) {
  const { t } = useMessages()
  const { view, commands } = props
  const [which, setWhich] = useState<QueueChoice>('mine')
  const [open, setOpen] = useState<OpenForm | null>(null)
  const [said, setSaid] = useState<{ readonly id: ActionId; readonly text: string } | null>(null)
  const { pending, refused, run, clear } = useRun<ActionId>()
  const primaryRef = useRef<HTMLButtonElement>(null)
  const noteRef = useRef<HTMLTextAreaElement>(null)
  const markActed = useFocusAfterAct(view, primaryRef, props.arrived)
  const actions = actionsOf(view)

  const perform = (action: ActionState | null) => {
    if (action === null) return
    clear()
    setSaid(action.why === null ? null : { id: action.id, text: t(`counter.why.${action.why}`) })
    if (action.why !== null) return
    if (action.id === 'hold' || action.id === 'transfer' || action.id === 'pause') return setOpen(open === action.id ? null : action.id)
    setOpen(null)
    if (action.id === 'intake') return props.onIntake(view.current?.ticket.id ?? null)
    if (action.id === 'intake-no-ticket') return props.onIntake(null)
    markActed()
    void send(action.id, view, commands, run)
  }
  const onReason = (done: ReasonDone) => {
    markActed()
    void run(done.kind, () => commands.act(done)).then((answer) => (answer === null ? undefined : setOpen(null)))
  }
  const byKey = (key: string) => () => perform(actionForKey(actions, key))
  useKeys({
    ...Object.fromEntries(['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9'].map((key) => [key, byKey(key)])),
    F1: props.onHelp, Enter: () => perform(primaryOf(actions)), 'Alt N': () => noteRef.current?.focus(), 'Alt P': () => setWhich(which === 'mine' ? 'room' : 'mine'),
    'Ctrl K': () => props.findRef.current?.focus(), Esc: open === null ? undefined : () => setOpen(null),
  })
  return (
    <main className="ct-queue-screen">
      <div className="ct-visit-side">
        <Alerts view={view} commands={commands} />
        <VisitPanel view={view} now={props.now} commands={commands} noteRef={noteRef} onOpen={props.onOpenDossier} />
      </div>
      <ActionPanel view={view} actions={actions} pending={pending} refused={refused ?? said} open={open} primaryRef={primaryRef} onAction={perform} onReason={onReason} onClose={() => setOpen(null)} />
      <QueuePanel view={view} commands={commands} which={which} onWhich={setWhich} />
    </main>
  )
}
