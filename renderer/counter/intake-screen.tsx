import { useEffect, useState, type RefObject } from 'react'
import type { AcceptedDossier, CounterView } from '#contract/counter.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { acceptInputOf } from './accept-input.ts'
import { phaseOf } from './actions.ts'
import { AcceptedScreen } from './accepted-screen.tsx'
import type { CounterCommands } from './commands.ts'
import { openDueEditor } from './due-section.tsx'
import { focusIn, placeInFocus } from './focus.ts'
import type { IntakeForm as IntakeFormData } from './form-types.ts'
import { IntakeForm, useDueEditor } from './intake-form.tsx'
import { Alerts } from './notices.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { useIntake, type Intake } from './use-intake.ts'
import { useKeys } from './use-keys.ts'
import { useRun } from './use-run.ts'

export interface IntakeScreenProps {
  readonly view: CounterView
  readonly now: number
  readonly commands: CounterCommands
  readonly ticketId: string | null
  readonly findRef: RefObject<HTMLInputElement | null>
  readonly onHelp: () => void
  readonly onBack: () => void
}

/** Focuses the next thing to put right after the one in focus; round again at the end. */
function goToProblem(intake: Intake): void {
  const places = intake.problems.map((problem) => problem.place)
  const at = places.findIndex((place) => place === placeInFocus())
  const next = places[at + 1] ?? places[0]
  if (next !== undefined) focusIn(`place-${next}`)
}

/** The intake form until it is accepted. */
function Filling({ props, last, onAccepted }: { readonly props: IntakeScreenProps; readonly last: IntakeFormData | null; readonly onAccepted: (accepted: AcceptedDossier, intake: Intake) => void }) {
  const { t } = useMessages()
  const intake = useIntake(props.view, props.now, props.ticketId, props.commands, last)
  const [picking, setPicking] = useState(false)
  const [editing, setEditing] = useDueEditor(intake)
  const [locked, setLocked] = useState<{ readonly key: string; readonly form: IntakeFormData } | null>(null)
  const { pending, refused, run } = useRun<'accept'>()
  const accept = () => {
    setLocked(null)
    intake.tryAll()
    const [first] = intake.problems
    if (first !== undefined) return requestAnimationFrame(() => focusIn(`place-${first.place}`))
    const preview = intake.preview.last
    const input = acceptInputOf(intake.form, props.ticketId, preview?.due.due ?? preview?.due.start ?? props.now, intake.preview.computing ? null : (preview?.feeTotal ?? null))
    if (input === null) return undefined
    void run('accept', () => props.commands.accept(input)).then((accepted) => {
      if (accepted === null) return
      intake.finish()
      onAccepted(accepted, intake)
    })
    return undefined
  }
  const problem = () => {
    intake.tryAll()
    requestAnimationFrame(() => goToProblem(intake))
  }
  const lock = (key: string) => () => setLocked({ key, form: intake.form })
  useKeys({
    F1: props.onHelp, F2: lock('F2'), F3: lock('F3'), F4: lock('F4'), F9: accept, Esc: editing ? () => setEditing(false) : picking ? () => setPicking(false) : props.onBack,
    'Alt 1': () => {
      setPicking(true)
      requestAnimationFrame(() => focusIn('place-procedure'))
    },
    'Alt 2': () => focusIn('part-submitter'), 'Alt 3': () => focusIn('place-papers'), 'Alt 4': () => focusIn('part-result'), 'Alt 5': () => focusIn('part-fee'), 'Alt L': problem,
    'Alt H': () => openDueEditor(setEditing), 'Ctrl K': () => props.findRef.current?.focus(),
  })
  return (
    <main className="ct-intake">
      <IntakeForm view={props.view} now={props.now} ticketId={props.ticketId} intake={intake} picking={picking} setPicking={setPicking} notices={<Alerts view={props.view} commands={props.commands} busy />} />
      <OutcomePanel intake={intake} payWays={props.view.payWays} editing={editing} setEditing={setEditing} accepting={pending !== null} said={refused?.text ?? (locked?.form === intake.form ? t('counter.locked', { key: locked.key }) : null)} onProblem={problem} onAccept={accept} onBack={props.onBack} />
    </main>
  )
}

/** Taking a dossier in: the form, then what became of it and the fee, then the next citizen. */
export function IntakeScreen(props: IntakeScreenProps) {
  const [accepted, setAccepted] = useState<{ readonly dossier: AcceptedDossier; readonly intake: Intake } | null>(null)
  const [last, setLast] = useState<IntakeFormData | null>(null)
  if (accepted === null) return <Filling key={last?.commandId ?? 'first'} props={props} last={last} onAccepted={(dossier, intake) => setAccepted({ dossier, intake })} />
  return (
    <Accepted
      props={props} accepted={accepted.dossier} method={accepted.intake.form.method}
      onAnother={() => {
        setLast(accepted.intake.form)
        setAccepted(null)
      }}
    />
  )
}

function Accepted({ props, accepted, method, onAnother }: { readonly props: IntakeScreenProps; readonly accepted: AcceptedDossier; readonly method: Intake['form']['method']; readonly onAnother: () => void }) {
  const { pending, refused, run } = useRun<'next'>()
  const next = () => {
    if (props.ticketId === null || phaseOf(props.view) !== 'serving') return props.onBack()
    void run('next', () => props.commands.act({ kind: 'call-next', finishCurrent: true })).then((done) => (done === null ? undefined : props.onBack()))
    return undefined
  }
  useKeys({ F1: props.onHelp, F2: next, Esc: props.onBack, 'Ctrl K': () => props.findRef.current?.focus() })
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [])
  return <AcceptedScreen canCall={props.ticketId !== null && phaseOf(props.view) === 'serving'} accepted={accepted} method={method} view={props.view} commands={props.commands} onNext={next} nextPending={pending !== null} nextRefused={refused?.text ?? null} onAnother={onAnother} onQueue={props.onBack} />
}
