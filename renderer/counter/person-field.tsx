import { useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'
import type { PersonField } from './form-types.ts'
import { maskedId } from './rows.ts'
import type { Intake } from './use-intake.ts'

const modes: Partial<Record<PersonField, 'numeric' | 'tel' | 'email'>> = { idNumber: 'numeric', oldIdNumber: 'numeric', dob: 'numeric', idIssued: 'numeric', phone: 'tel', email: 'email' }
const lengths: Record<PersonField, number> = { fullName: 120, idNumber: 20, oldIdNumber: 20, dob: 10, sex: 6, address: 400, idIssued: 10, phone: 20, email: 120 }

function FromCard() {
  const { t } = useMessages()
  return (
    <span className="mc-input-icon">
      <Icon.IdCard size={18} aria-hidden="true" />
      <span className="visually-hidden">{t('shared.from-card')}</span>
    </span>
  )
}

/**
 * One field of the submitter. Its problem stands in a line under the row (`problem-<field>`), so that the sentence has room. A number
 * from a card is covered while the field doesn't have the focus.
 */
export function PersonInput({ field, intake, optional = false }: { readonly field: Exclude<PersonField, 'sex'>; readonly intake: Intake; readonly optional?: boolean }) {
  const { t } = useMessages()
  const [focused, setFocused] = useState(false)
  const { form, act, leave, shown } = intake
  const fromCard = form.fromCard.includes(field)
  const invalid = shown.some((problem) => problem.place === field)
  const covered = field === 'idNumber' && fromCard && !focused
  const value = form.person[field]
  return (
    <div id={`place-${field}`} className={`ct-field ct-field-${field}`}>
    <TextField
      className="mc-field" value={covered ? maskedId(value) : value} isInvalid={invalid} autoComplete="off" maxLength={lengths[field]}
      onChange={(next) => (covered ? undefined : act({ kind: 'edit', field, value: next }))} onFocusChange={setFocused} onBlur={() => (value.trim() === '' ? undefined : leave(field))}
      {...(invalid ? { 'aria-describedby': `problem-${field}` } : {})} {...(fromCard ? { 'data-from-card': true } : {})} {...(modes[field] === undefined ? {} : { inputMode: modes[field] })}
    >
      <Label className="mc-label">{t(`counter.field.${field}`)}{optional ? <span className="mc-label-optional"> ({t('counter.field.optional')})</span> : null}</Label>
      <div className="mc-input-box">
        <Input className="mc-input" spellCheck={false} />
        {fromCard ? <FromCard /> : null}
      </div>
    </TextField>
    </div>
  )
}

/** Male, female or not known; a plain list that a letter key answers. */
export function SexField({ intake }: { readonly intake: Intake }) {
  const { t } = useMessages()
  const { form, act, leave, shown } = intake
  const fromCard = form.fromCard.includes('sex')
  const invalid = shown.some((problem) => problem.place === 'sex')
  return (
    <div id="place-sex" className="mc-field ct-field ct-field-sex" {...(fromCard ? { 'data-from-card': true } : {})} {...(invalid ? { 'data-invalid': true } : {})}>
      <label className="mc-label" htmlFor="ct-sex">{t('counter.field.sex')}</label>
      <div className="mc-input-box">
        <select id="ct-sex" className="mc-input" value={form.person.sex} onChange={(event) => act({ kind: 'edit', field: 'sex', value: event.target.value })} onBlur={() => leave('sex')} {...(invalid ? { 'aria-describedby': 'problem-sex' } : {})}>
          <option value="">{t('counter.sex.none')}</option>
          <option value="male">{t('counter.sex.male')}</option>
          <option value="female">{t('counter.sex.female')}</option>
        </select>
        {fromCard ? <FromCard /> : <span className="mc-input-icon ct-chevron"><Icon.ChevronDown size={18} aria-hidden="true" /></span>}
      </div>
    </div>
  )
}
