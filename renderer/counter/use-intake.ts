import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { CounterView } from '#contract/counter.ts'
import type { Procedure } from '#domain/procedure.ts'
import { formFromDraft } from './accept-input.ts'
import type { CounterCommands } from './commands.ts'
import { dayOf } from './dates.ts'
import { emptyForm, personFields, type IntakeForm, type PersonField } from './form-types.ts'
import { formAfter, type FormAct } from './form.ts'
import { useDraft, type DraftState } from './use-draft.ts'
import { usePreview, type PreviewState } from './use-preview.ts'
import { firstEmpty, problemsOf, type Place, type Problem } from './validate.ts'

export interface Intake {
  readonly form: IntakeForm
  readonly act: (act: FormAct) => void
  readonly procedures: readonly Procedure[] | null
  readonly procedure: Procedure | null
  readonly preview: PreviewState
  /** Everything to put right. */
  readonly problems: readonly Problem[]
  /** Those that may be shown: of fields that were left, or all once the clerk tried to accept. */
  readonly shown: readonly Problem[]
  readonly leave: (place: Place) => void
  readonly tryAll: () => void
  readonly draft: DraftState
  /** The stored draft has been looked for. */
  readonly ready: boolean
  readonly finish: () => void
}

/** An empty form, or one for another dossier of the person of the last. */
function freshForm(last: IntakeForm | null): IntakeForm {
  const empty = { ...emptyForm, commandId: crypto.randomUUID() }
  if (last === null) return empty
  const { person, fromCard, cardAt, cardScan, edited, kept, submitter, channel } = last
  return { ...empty, person, fromCard, cardAt, cardScan, edited, kept, submitter, channel }
}

/** The catalogue, fetched again when it says another `revision`: a new price must not wait for the next form. */
function useProcedures(commands: CounterCommands, revision: string): readonly Procedure[] | null {
  const [procedures, setProcedures] = useState<readonly Procedure[] | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let current = true
    const load = async () => {
      const result = await commands.procedures()
      if (!current) return
      if (result.ok) setProcedures(result.data)
      else timer = setTimeout(() => void load(), 2000)
    }
    void load()
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [commands, revision])
  return procedures
}

/** Puts the caret where the next thing is missing, unless the clerk is in the middle of typing somewhere. */
function focusNext(form: IntakeForm): void {
  const active = document.activeElement
  const typing = (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) && active.value !== ''
  const next = firstEmpty(form)
  if (!typing && next !== null) document.querySelector<HTMLElement>(`#place-${next} :is(input, select)`)?.focus()
}

/** How long after the last key a field is judged again, ms. */
const settleMs = 600

/** The field being typed in: it isn't called wrong before the typing stops. */
function useTyping(): { readonly typing: PersonField | null; readonly typed: (field: PersonField) => void } {
  const [typing, setTyping] = useState<PersonField | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const typed = useCallback((field: PersonField) => {
    clearTimeout(timer.current)
    setTyping(field)
    timer.current = setTimeout(() => setTyping(null), settleMs)
  }, [])
  return { typing, typed }
}

/** The state of one intake: form, draft, catalogue, due date and fee. */
export function useIntake(view: CounterView, now: number, ticketId: string | null, commands: CounterCommands, last: IntakeForm | null): Intake {
  const [form, act] = useReducer(formAfter, last, freshForm)
  const { typing, typed } = useTyping()
  const [left, setLeft] = useState<readonly Place[]>([])
  const [tried, setTried] = useState(false)
  const [finished, setFinished] = useState(false)
  const [loaded, setLoaded] = useState<{ readonly restoredAt: number | null } | null>(null)
  const procedures = useProcedures(commands, view.catalogue)
  const procedure = procedures?.find((one) => one.code === form.procedure) ?? null
  const preview = usePreview(form, commands, view.catalogue)
  const draft = useDraft(form, loaded !== null && !finished, ticketId, loaded?.restoredAt ?? null, commands)
  const ticket = view.current?.ticket.id === ticketId ? (view.current?.ticket ?? null) : null
  const scanned = ticketId === null ? view.looseCard : ticket === null ? null : (view.current?.card ?? null)
  // a forged chip fills no form
  const card = scanned?.authentic === 'failed' ? null : scanned

  useEffect(() => {
    let current = true
    void commands.loadDraft(ticketId).then((result) => {
      if (!current) return
      const restored = result.ok && result.data !== null ? formFromDraft(result.data.form) : null
      if (restored !== null) {
        act({ kind: 'restore', form: restored })
        setLeft(personFields.filter((field) => restored.person[field] !== ''))
      }
      setLoaded({ restoredAt: restored !== null && result.ok ? (result.data?.savedAt ?? null) : null })
    })
    return () => {
      current = false
    }
  }, [commands, ticketId])

  const chosen = useRef(false)
  useEffect(() => {
    if (loaded === null || procedures === null || chosen.current) return
    chosen.current = true
    const asked = loaded.restoredAt === null && last === null ? procedures.find((one) => one.code === ticket?.procedure) : undefined
    if (asked !== undefined) act({ kind: 'procedure', procedure: asked, declared: ticket?.papers ?? [] })
  }, [loaded, procedures, ticket, last])

  useEffect(() => {
    if (loaded !== null && card !== null) act({ kind: 'card', scan: card })
    // Each live view brings the scan again; the form merges it once, by its id.
  }, [loaded, card])

  const shownCard = form.cardScan
  const latestForm = useRef(form)
  useEffect(() => {
    latestForm.current = form
  })
  useEffect(() => {
    if (shownCard !== null) focusNext(latestForm.current)
  }, [shownCard])

  const today = dayOf(now)
  const problems = useMemo(() => problemsOf(form, today), [form, today])
  const conflicted = form.conflicts.map((conflict) => conflict.field)
  // What a card brought is looked at at once; what is typed, on leaving the field or when the typing stops.
  const looked: readonly string[] = [...left, ...form.fromCard].filter((place) => !conflicted.some((field) => field === place))
  const shown = problems.filter((problem) => (tried || looked.includes(problem.place)) && problem.place !== typing)
  const leave = (place: Place) => setLeft((old) => (old.includes(place) ? old : [...old, place]))
  const actAndWatch = useCallback(
    (next: FormAct) => {
      if (next.kind === 'edit') typed(next.field)
      act(next)
    },
    [typed],
  )
  return { form, act: actAndWatch, procedures, procedure, preview, problems, shown, leave, tryAll: () => setTried(true), draft, ready: loaded !== null, finish: () => setFinished(true) }
}
