import type { ReactNode } from 'react'
import type { CounterView } from '#contract/counter.ts'
import type { DeviceView } from '#contract/shared.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { SampleTag } from '../ui/sample-tag.tsx'
import { Button, Icon, StatusBar, StatusItem } from '../ui/index.ts'

const icons: Record<DeviceView['kind'], ReactNode> = {
  printer: <Icon.Printer />, scanner: <Icon.ScanLine />, terminal: <Icon.CreditCard />, 'chip-reader': <Icon.IdCard />, board: <Icon.Monitor />, touchpad: <Icon.Smile />,
}

function DeviceItem({ device }: { readonly device: DeviceView }) {
  const { t, byKey } = useMessages()
  const name = t(`counter.device.${device.kind}`)
  const title = [device.name, byKey(`device.${device.code}`)].filter((part) => part !== null && part !== '').join(': ')
  const words = () => {
    if (device.code === 'paper-out') return t('counter.device.printer.out')
    if (device.code === 'near-end') return t('counter.device.printer.low')
    // Spoken with only when needed: until then there is nothing to say but that it belongs here.
    if (device.code === 'not-asked') return name
    if (device.state === 'down') return t('counter.device.down', { name })
    if (device.state === 'warning') return t('counter.device.warning', { name })
    if (device.state === 'absent') return t('counter.device.absent', { name })
    return name
  }
  return (
    <span role="listitem" title={title}>
      <StatusItem icon={icons[device.kind]} state={device.state}>{words()}</StatusItem>
    </span>
  )
}

function SyncItem({ view }: { readonly view: CounterView }) {
  const { t } = useMessages()
  const stuck = view.sync.find((peer) => peer.stalledSince != null || (peer.refused && peer.lostSince === null))
  if (stuck !== undefined) return <StatusItem icon={<Icon.CloudOff />} state="down">{t(`counter.sync.stuck.${stuck.peer}`, { count: stuck.waiting })}</StatusItem>
  const central = view.sync.find((peer) => peer.peer === 'central')
  if (central === undefined) return null
  if (central.lostSince !== null) return <StatusItem icon={<Icon.CloudOff />} state="warning">{t('counter.sync.lost', { count: central.waiting })}</StatusItem>
  if (central.waiting > 0) return <StatusItem icon={<Icon.CloudUpload />}>{t('counter.sync.waiting', { count: central.waiting })}</StatusItem>
  return (
    <StatusItem icon={<Icon.CloudCheck />}>
      {t('counter.sync.sent')} <span className="num">{formatClock(central.lastContact ?? view.now, true)}</span>
    </StatusItem>
  )
}

/** Devices and sync, quiet when well. */
export function StatusLine({ view, onHelp }: { readonly view: CounterView; readonly onHelp: () => void }) {
  const { t } = useMessages()
  const end = (
    <>
      {view.sample ? <SampleTag href={view.setupUrl} /> : null}
      <SyncItem view={view} />
      <Button kind="plain" hint="F1" onPress={onHelp} className="ct-help">{t('counter.help')}</Button>
    </>
  )
  return (
    <div className="ct-status">
      <StatusBar end={end}>
        <span role="list" aria-label={t('counter.device.list')} className="ct-devices">
          {view.devices.map((device) => <DeviceItem key={`${device.kind}${device.name}`} device={device} />)}
        </span>
      </StatusBar>
    </div>
  )
}
