import type { SetupView } from '#contract/supervisor.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { SelectField } from './select-field.tsx'
import { Field, Group } from './setup-groups.tsx'
import { needs, terminalKinds } from './setup-form.ts'
import type { FormParts } from './setup.tsx'

/** How fees are taken beside cash: the office's account for VietQR, and this counter's card terminal. */
export function MoneyGroup(props: FormParts & Pick<SetupView, 'terminalProfiles'>) {
  const { t } = useMessages()
  const { form, terminalProfiles } = props
  const kinds = terminalKinds.map((kind) => ({ id: kind, name: t(`supervisor.terminal.${kind}`) }))
  return (
    <Group title={t('supervisor.setup.group.money')}>
      <div className="sv-pair">
        <Field {...props} name="bankBin" hint={t('supervisor.hint.bankBin')} optional width="200px" />
        <Field {...props} name="bankName" optional width="240px" />
      </div>
      <div className="sv-pair">
        <Field {...props} name="bankAccount" optional width="240px" />
        <Field {...props} name="bankAccountName" hint={t('supervisor.hint.bankAccountName')} optional width="320px" />
      </div>
      <div className="sv-pair">
        <SelectField {...props} name="terminalKind" none={t('supervisor.terminal.none')} choices={kinds} />
        {form.terminalKind === 'ecr' ? <SelectField {...props} name="terminalProfile" none={t('supervisor.terminal.generic')} choices={terminalProfiles} /> : null}
      </div>
      {needs.terminalAddress(form) ? (
        <div className="sv-pair">
          <Field {...props} name="terminalAddress" hint={t('supervisor.hint.terminalAddress')} width="320px" />
          <SelectField {...props} name="terminalExponent" choices={[{ id: '0', name: t('supervisor.terminal.exponent.0') }, { id: '2', name: t('supervisor.terminal.exponent.2') }]} />
        </div>
      ) : null}
      {needs.terminalAddress(form) ? <p className="sv-lead">{t('supervisor.terminal.prove')}</p> : null}
    </Group>
  )
}
