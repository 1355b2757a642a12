import { useId, useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { CircleAlert, Printer } from '../ui/icon.ts'
import { Alert, type Tone } from '../ui/status.tsx'
import { Field, Group } from './setup-groups.tsx'
import type { FormParts, LoadedSetup, SetupProps, TestOutcome } from './setup.tsx'

type DeviceProps = FormParts & Pick<LoadedSetup, 'profiles' | 'serialPorts'> & Pick<SetupProps, 'onTest'>

function Profile({ form, set, errorOf, leave, profiles }: DeviceProps) {
  const { t } = useMessages()
  const id = useId()
  const error = errorOf('printerProfile')
  return (
    <div className="mc-field sv-field" data-field="printerProfile" {...(error === null ? {} : { 'data-invalid': true })}>
      <label className="mc-label" htmlFor={id}>{t('supervisor.field.printerProfile')}</label>
      <select id={id} className="mc-input" value={form.printerProfile} onChange={(event) => set({ printerProfile: event.target.value })} onBlur={() => leave('printerProfile')} aria-invalid={error !== null}>
        <option value="">{t('supervisor.profile.choose')}</option>
        {profiles.map((profile) => (
          <option key={profile.id} value={profile.id}>{profile.name}</option>
        ))}
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

const tones: Readonly<Record<string, Tone>> = { printed: 'ok', sent: 'info', unknown: 'warn' }

/** What came of the test slip: the outcome in words, and the printer's own reason where it gave one. */
function Tested({ outcome, reason }: TestOutcome) {
  const { t, byKey } = useMessages()
  const said = reason === null ? null : byKey(`slip.${reason}`)
  if (outcome === 'printed' || outcome === 'sent' || outcome === 'unknown') {
    return <Alert tone={tones[outcome] ?? 'info'} title={t(`supervisor.test.${outcome}`)}>{said}</Alert>
  }
  return (
    <Alert tone="danger" title={t('supervisor.test.failed')}>
      {said} {t('supervisor.test.failed.next')}
    </Alert>
  )
}

type Test = { readonly kind: 'none' } | { readonly kind: 'printing' } | { readonly kind: 'done'; readonly result: TestOutcome }

/** Printer with a test slip, and the reader of cards and codes. */
export function DeviceGroup(props: DeviceProps) {
  const { form, serialPorts, onTest, errorOf, leave } = props
  const { t } = useMessages()
  const [test, setTest] = useState<Test>({ kind: 'none' })
  const run = async () => {
    leave('printerAddress')
    leave('printerProfile')
    setTest({ kind: 'printing' })
    const answer = await onTest(form.printerAddress.trim(), form.printerProfile)
    setTest({ kind: 'done', result: answer?.ok === true ? answer.data : { outcome: 'failed', reason: answer?.ok === false ? answer.reason : null } })
  }
  const ready = form.printerAddress.trim() !== '' && form.printerProfile !== '' && errorOf('printerAddress') === null
  return (
    <Group title={t('supervisor.setup.group.devices')}>
      <p className="sv-ports">{serialPorts.length === 0 ? t('supervisor.ports.none') : t('supervisor.ports', { ports: serialPorts.join(', ') })}</p>
      <div className="sv-pair">
        <Field {...props} name="printerAddress" hint={t('supervisor.hint.device')} optional width="320px" />
        <Profile {...props} />
        {ready ? (
          <Button icon={<Printer aria-hidden="true" />} pending={test.kind === 'printing' ? t('supervisor.testing') : undefined} onPress={() => void run()}>
            {t('supervisor.test')}
          </Button>
        ) : null}
      </div>
      {test.kind === 'done' ? <Tested {...test.result} /> : null}
      <Field {...props} name="scannerAddress" hint={t('supervisor.hint.device')} optional width="320px" />
    </Group>
  )
}
