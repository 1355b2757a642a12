import { useState, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { CircleAlert, Eye, EyeOff } from '../ui/icon.ts'
import { TextField } from '../ui/text-field.tsx'
import { allRoles, isKept, needs, type Role, type SetupField } from './setup-form.ts'
import type { FormParts } from './setup.tsx'

type TextFieldName = Exclude<SetupField, 'roles' | 'printerProfile' | 'printerDrawer' | 'backupProfile' | 'backupDrawer' | 'terminalKind' | 'terminalProfile' | 'terminalExponent'>

export interface FieldProps extends FormParts {
  readonly name: TextFieldName
  readonly hint?: ReactNode
  readonly optional?: boolean
  readonly width?: string
  readonly secret?: boolean
}

/** One text field of the form with its label, hint and error; a key is hidden until asked for. */
export function Field(props: FieldProps) {
  const { form, set, errorOf, leave, name } = props
  const { t } = useMessages()
  const [open, setOpen] = useState(false)
  const error = errorOf(name)
  return (
    <div className="sv-field" data-field={name}>
      <TextField
        label={t(`supervisor.field.${name}`)}
        value={form[name]}
        onChange={(value) => set({ [name]: value })}
        onBlur={() => leave(name)}
        maxLength={200}
        type={props.secret === true && !open ? 'password' : 'text'}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
        {...(props.optional === true ? { optional: t('supervisor.optional') } : {})}
        {...(error === null ? {} : { error })}
        {...(props.width === undefined ? {} : { width: props.width })}
      />
      {props.secret === true && form[name] !== '' ? (
        <Button kind="plain" icon={open ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} aria-pressed={open} onPress={() => setOpen(!open)}>
          {t(open ? 'supervisor.hide' : 'supervisor.show')}
        </Button>
      ) : null}
    </div>
  )
}

/** A heading and its fields. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="sv-group">
      <h2>{title}</h2>
      <div className="sv-group-fields">{children}</div>
    </section>
  )
}

function Roles({ form, set, errorOf }: FormParts) {
  const { t } = useMessages()
  const error = errorOf('roles')
  const toggle = (role: Role, on: boolean) => set({ roles: on ? allRoles.filter((one) => one === role || form.roles.includes(one)) : form.roles.filter((one) => one !== role) })
  return (
    <fieldset className="sv-roles" data-field="roles">
      <legend className="mc-label">{t('supervisor.field.roles')}</legend>
      <div>
        {allRoles.map((role) => (
          <Checkbox key={role} checked={form.roles.includes(role)} onChange={(on) => toggle(role, on)}>
            <span>
              <b>{t(`supervisor.role.${role}`)}</b>
              <span className="sv-role-next">{t(`supervisor.role.${role}.next`)}</span>
            </span>
          </Checkbox>
        ))}
      </div>
      {error === null ? null : (
        <p className="mc-error">
          <CircleAlert aria-hidden="true" />
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** What this machine is called and does; the counter only where there is one. */
export function StationGroup(parts: FormParts) {
  const { t } = useMessages()
  return (
    <Group title={t('supervisor.setup.group.station')}>
      <Field {...parts} name="stationName" hint={t('supervisor.hint.stationName')} width="320px" />
      <Roles {...parts} />
      {needs.counter(parts.form) ? (
        <div className="sv-pair">
          <Field {...parts} name="counter" width="96px" />
          <Field {...parts} name="staffName" optional width="320px" />
        </div>
      ) : null}
    </Group>
  )
}

/** Where the queue lives, for every station that is not the hub itself. */
export function HubGroup(parts: FormParts) {
  const { t } = useMessages()
  if (!needs.hubAddress(parts.form)) return null
  return (
    <Group title={t('supervisor.setup.group.hub')}>
      <Field {...parts} name="hubUrl" hint={t('supervisor.hint.hubUrl')} width="420px" />
      <Field {...parts} name="hubToken" hint={t(isKept.hubToken(parts.form) ? 'supervisor.hint.kept' : 'supervisor.hint.hubToken')} width="420px" secret />
    </Group>
  )
}

/** The office as it is printed on slips. */
export function OfficeGroup(parts: FormParts) {
  const { t } = useMessages()
  return (
    <Group title={t('supervisor.setup.group.office')}>
      <Field {...parts} name="unit" width="420px" />
      <div className="sv-pair">
        <Field {...parts} name="commune" width="240px" />
        <Field {...parts} name="province" width="240px" />
      </div>
      <div className="sv-pair">
        <Field {...parts} name="agency" hint={t('supervisor.hint.agency')} width="240px" />
        <Field {...parts} name="phone" optional width="240px" />
      </div>
    </Group>
  )
}

/** The provincial side; without it the station keeps everything until it is set. */
export function CentralGroup(parts: FormParts) {
  const { t } = useMessages()
  return (
    <Group title={t('supervisor.setup.group.central')}>
      <Field {...parts} name="centralUrl" hint={t('supervisor.hint.centralUrl')} optional width="420px" />
      {parts.form.centralUrl.trim() === '' ? null : <Field {...parts} name="centralKey" {...(isKept.centralKey(parts.form) ? { hint: t('supervisor.hint.kept') } : {})} width="420px" secret />}
    </Group>
  )
}
