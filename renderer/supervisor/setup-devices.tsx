import { useState } from 'react'
import type { SetupView } from '#contract/supervisor.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Printer } from '../ui/icon.ts'
import { Alert, type Tone } from '../ui/status.tsx'
import { SelectField } from './select-field.tsx'
import { drawers } from './setup-form.ts'
import { Field, Group } from './setup-groups.tsx'
import type { FormParts, SetupProps, TestOutcome } from './setup.tsx'

type DeviceProps = FormParts & Pick<SetupView, 'profiles' | 'serialPorts'> & Pick<SetupProps, 'onTest'>

/** What is plugged in, ready to be used: the address finds the device again in whatever socket. */
function Ports({ serialPorts, set }: DeviceProps) {
  const { t } = useMessages()
  if (serialPorts.length === 0) return <p className="sv-ports">{t('supervisor.ports.none')}</p>
  return (
    <div className="sv-ports">
      <p>{t('supervisor.ports.title')}</p>
      <ul>
        {serialPorts.map((port) => (
          <li key={port.path}>
            <span>{[port.path, port.maker].filter(Boolean).join(', ')}</span>
            <Button onPress={() => set({ printerAddress: port.address })}>{t('supervisor.ports.printer')}</Button>
            <Button onPress={() => set({ scannerAddress: port.address })}>{t('supervisor.ports.scanner')}</Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const tones: Readonly<Record<string, Tone>> = { printed: 'ok', sent: 'info', unknown: 'warn' }

/** What came of the test slip: the outcome in words, and the printer's own reason where it gave one. */
export function Tested({ outcome, reason }: TestOutcome) {
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

/** Address, model and cash drawer of one printer, and a test slip once both are there. */
function PrinterFields(props: DeviceProps & { readonly address: 'printerAddress' | 'backupAddress'; readonly profile: 'printerProfile' | 'backupProfile'; readonly drawer: 'printerDrawer' | 'backupDrawer'; readonly hint: string }) {
  const { form, onTest, errorOf, leave, address, profile, drawer, hint } = props
  const { t } = useMessages()
  const [test, setTest] = useState<Test>({ kind: 'none' })
  const run = async () => {
    leave(address)
    leave(profile)
    setTest({ kind: 'printing' })
    const answer = await onTest(form[address].trim(), form[profile])
    setTest({ kind: 'done', result: answer?.ok === true ? answer.data : { outcome: answer?.ok === false && answer.code === 'DISCONNECTED' ? 'unknown' : 'failed', reason: answer?.ok === false ? answer.reason : null } })
  }
  const ready = form[address].trim() !== '' && form[profile] !== '' && errorOf(address) === null
  return (
    <>
      <div className="sv-pair">
        <Field {...props} name={address} hint={hint} optional width="320px" />
        <SelectField {...props} name={profile} none={t('supervisor.profile.choose')} choices={props.profiles} />
        {form[address].trim() === '' ? null : <SelectField {...props} name={drawer} choices={drawers.map((id) => ({ id, name: t(`supervisor.drawer.${id}`) }))} />}
        {ready ? (
          <Button icon={<Printer aria-hidden="true" />} pending={test.kind === 'printing' ? t('supervisor.testing') : undefined} onPress={() => void run()}>
            {t('supervisor.test')}
          </Button>
        ) : null}
      </div>
      {test.kind === 'done' ? <Tested {...test.result} /> : null}
    </>
  )
}

/** Printer and backup with a test slip each, and the reader of cards and codes. */
export function DeviceGroup(props: DeviceProps) {
  const { t } = useMessages()
  return (
    <Group title={t('supervisor.setup.group.devices')}>
      <Ports {...props} />
      <PrinterFields {...props} address="printerAddress" profile="printerProfile" drawer="printerDrawer" hint={t('supervisor.hint.device')} />
      <PrinterFields {...props} address="backupAddress" profile="backupProfile" drawer="backupDrawer" hint={t('supervisor.hint.backup')} />
      <Field {...props} name="scannerAddress" hint={t('supervisor.hint.device')} optional width="320px" />
    </Group>
  )
}
