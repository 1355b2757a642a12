import { useEffect, useState } from 'react'
import type { SetupView, StationSetup } from '#contract/supervisor.ts'
import type { Refusal, Result } from '../state/index.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Alert } from '../ui/status.tsx'
import { CentralGroup, HubGroup, OfficeGroup, StationGroup } from './setup-groups.tsx'
import { DeviceGroup } from './setup-devices.tsx'
import { MoneyGroup } from './setup-money.tsx'
import { problemOf, problemsOf, toForm, toSetup, type SetupField, type SetupForm, type WrongField } from './setup-form.ts'

export interface TestOutcome {
  readonly outcome: string
  readonly reason: string | null
}

export interface SetupProps {
  readonly loaded: SetupView
  readonly onSave: (setup: StationSetup) => Promise<Result<{ readonly next: string | null }> | null>
  readonly onTest: (address: string, profile: string) => Promise<Result<TestOutcome> | null>
}

/** The form, what the person has left already, and how to change it: what every group gets. */
export interface FormParts {
  readonly form: SetupForm
  readonly set: (change: Partial<SetupForm>) => void
  /** Sentence of a field's error, once the field was left or saving was tried. */
  readonly errorOf: (field: SetupField) => string | null
  readonly leave: (field: SetupField) => void
}

/** A press lasts shorter than this. */
const leaveMs = 250

type Saving = { readonly kind: 'editing' } | { readonly kind: 'saving' } | { readonly kind: 'saved'; readonly next: string | null } | { readonly kind: 'refused'; readonly refusal: Refusal | null }

function useForm(loaded: SetupView): FormParts & { readonly wrong: readonly WrongField[]; readonly showAll: () => void } {
  const { t } = useMessages()
  const [form, setForm] = useState(() => toForm(loaded))
  const [left, setLeft] = useState<ReadonlySet<SetupField>>(new Set())
  const [tried, setTried] = useState(false)
  return {
    form,
    set: (change) => setForm((before) => ({ ...before, ...change })),
    errorOf: (field) => {
      const problem = tried || left.has(field) ? problemOf(form, field) : null
      return problem === null ? null : t(`supervisor.wrong.${problem}`)
    },
    // Later than a click: an error line that appears between press and release would move the button from under the pointer.
    leave: (field) => void setTimeout(() => setLeft((before) => new Set([...before, field])), leaveMs),
    wrong: tried ? problemsOf(form) : [],
    showAll: () => setTried(true),
  }
}

/** Brings a field into view and focuses its first control; groups mark theirs with `data-field`. */
function focusField(field: SetupField): void {
  const place = document.querySelector(`[data-field="${field}"]`)
  place?.scrollIntoView({ block: 'center' })
  const control = place?.querySelector('input, select')
  if (control instanceof HTMLElement) control.focus()
}

/** Set-up of a real station: what a technician does on a Friday evening. */
export function Setup({ loaded, onSave, onTest }: SetupProps) {
  const { t } = useMessages()
  const parts = useForm(loaded)
  const [saving, setSaving] = useState<Saving>({ kind: 'editing' })
  const save = async () => {
    const [first] = problemsOf(parts.form)
    parts.showAll()
    if (first !== undefined) return focusField(first.field)
    setSaving({ kind: 'saving' })
    const answer = await onSave(toSetup(parts.form))
    setSaving(answer?.ok === true ? { kind: 'saved', next: answer.data.next } : { kind: 'refused', refusal: answer?.ok === false ? answer : null })
  }
  if (saving.kind === 'saved') return <Saved next={saving.next} />
  return (
    <main className="sv-page sv-setup">
      <h1>{t('supervisor.setup.title')}</h1>
      {loaded.sample ? <Alert tone="info" title={t('supervisor.setup.sample')}>{t('supervisor.setup.sample.next')}</Alert> : <p className="sv-lead">{t('supervisor.setup.next')}</p>}
      <StationGroup {...parts} />
      <HubGroup {...parts} />
      <OfficeGroup {...parts} />
      <DeviceGroup {...parts} profiles={loaded.profiles} serialPorts={loaded.serialPorts} onTest={onTest} />
      <MoneyGroup {...parts} terminalProfiles={loaded.terminalProfiles} />
      <CentralGroup {...parts} />
      {saving.kind === 'refused' ? <NotSaved refusal={saving.refusal} /> : null}
      <div className="sv-save">
        <Button kind="primary" size="large" pending={saving.kind === 'saving' ? t('supervisor.saving') : undefined} onPress={() => void save()}>
          {t('supervisor.save')}
        </Button>
        <WrongLine wrong={parts.wrong} />
      </div>
    </main>
  )
}

function WrongLine({ wrong }: { readonly wrong: readonly WrongField[] }) {
  const { t } = useMessages()
  if (wrong.length === 0) return null
  return (
    <p className="sv-wrong" role="status">
      {t('supervisor.wrong', { count: wrong.length })}{' '}
      {wrong.map(({ field }) => (
        <LinkButton key={field} onPress={() => focusField(field)}>
          {t(`supervisor.field.${field}`)}
        </LinkButton>
      ))}
    </p>
  )
}

function NotSaved({ refusal }: { readonly refusal: Refusal | null }) {
  const { t, byKey } = useMessages()
  const said = refusal === null ? null : (byKey(`refusal.${refusal.reason ?? ''}`, refusal.details) ?? byKey(`error.${refusal.code}`))
  return (
    <Alert tone="danger" title={t('supervisor.not-saved')}>
      {said}
    </Alert>
  )
}

/** Time for the station to come back with its new configuration, ms. */
const backAfterMs = 2_500

/** Says so; where the station gets a new key, this page goes on with it. */
function Saved({ next }: { readonly next: string | null }) {
  const { t } = useMessages()
  useEffect(() => {
    if (next === null) return undefined
    const timer = setTimeout(() => {
      location.replace(next)
      location.reload()
    }, backAfterMs)
    return () => clearTimeout(timer)
  }, [next])
  return (
    <main className="sv-page">
      <h1>{t('supervisor.setup.title')}</h1>
      <Alert tone="ok" title={t('supervisor.saved')}>
        {t('supervisor.saved.next')}
      </Alert>
    </main>
  )
}
