import { useId } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { CircleAlert } from '../ui/icon.ts'
import type { SetupForm } from './setup-form.ts'
import type { FormParts } from './setup.tsx'

type SelectName = 'printerProfile' | 'printerDrawer' | 'backupProfile' | 'backupDrawer' | 'terminalKind' | 'terminalProfile' | 'terminalExponent'

export interface SelectFieldProps extends FormParts {
  readonly name: SelectName & keyof SetupForm
  /** What stands there while nothing is chosen; without it something always is. */
  readonly none?: string
  readonly choices: readonly { readonly id: string; readonly name: string }[]
}

/** One choice among a few, with its label and error. */
export function SelectField({ form, set, errorOf, leave, name, none, choices }: SelectFieldProps) {
  const { t } = useMessages()
  const id = useId()
  const error = errorOf(name)
  return (
    <div className="mc-field sv-field" data-field={name} {...(error === null ? {} : { 'data-invalid': true })}>
      <label className="mc-label" htmlFor={id}>{t(`supervisor.field.${name}`)}</label>
      <select id={id} className="mc-input" value={form[name]} onChange={(event) => set({ [name]: event.target.value })} onBlur={() => leave(name)} aria-invalid={error !== null}>
        {none === undefined ? null : <option value="">{none}</option>}
        {choices.map((choice) => <option key={choice.id} value={choice.id}>{choice.name}</option>)}
      </select>
      {error === null ? null : (
        <p className="mc-error">
          <CircleAlert aria-hidden="true" />
          {error}
        </p>
      )}
    </div>
  )
}
