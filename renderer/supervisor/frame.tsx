import type { ReactNode } from 'react'
import type { SupervisorView } from '#contract/supervisor.ts'
import { formatClock, formatMoment } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Clock } from '../ui/clock.tsx'
import { CloudCheck, CloudOff, CloudUpload, CreditCard, IdCard, Monitor, Printer, ScanLine, Smile } from '../ui/icon.ts'
import { Logo } from '../ui/logo.tsx'
import { SampleTag } from '../ui/sample-tag.tsx'
import { OfflineBand, StatusBar, StatusItem } from '../ui/status.tsx'

export const tabs = ['overview', 'screens', 'devices', 'stations', 'sync', 'person', 'setup', 'try'] as const
export type Tab = (typeof tabs)[number]

export const deviceIcons = { printer: Printer, scanner: ScanLine, terminal: CreditCard, 'chip-reader': IdCard, board: Monitor, touchpad: Smile } as const

function Sync({ peer, now }: { readonly peer: SupervisorView['sync'][number]; readonly now: number }) {
  const { t } = useMessages()
  const name = t(`supervisor.peer.${peer.peer}`)
  const trouble = peer.refused && peer.lostSince === null ? 'refused' : peer.stalledSince == null ? null : 'stalled'
  if (trouble !== null) return <StatusItem icon={<CloudOff aria-hidden="true" />} state="down">{t(`supervisor.peer.${trouble}`, { peer: name, count: peer.waiting })}</StatusItem>
  if (peer.lostSince !== null) {
    return <StatusItem icon={<CloudOff aria-hidden="true" />} state="down">{t('supervisor.peer.lost', { peer: name, time: formatMoment(peer.lostSince, now), count: peer.waiting })}</StatusItem>
  }
  const icon = peer.waiting === 0 ? <CloudCheck aria-hidden="true" /> : <CloudUpload aria-hidden="true" />
  if (peer.lastContact === null) return <StatusItem icon={icon}>{t('supervisor.peer.never', { peer: name, count: peer.waiting })}</StatusItem>
  const time = formatMoment(peer.lastContact, now, true)
  return <StatusItem icon={icon}>{peer.waiting === 0 ? t('supervisor.peer.ok', { peer: name, time }) : t('supervisor.peer.waiting', { peer: name, count: peer.waiting, time })}</StatusItem>
}

/** State of a device in words: the station's own words for it where the catalogue has them. */
export function useDeviceWords(): (device: Pick<SupervisorView['devices'][number], 'kind' | 'name' | 'state' | 'code'>) => { readonly name: string; readonly state: string } {
  const { t, byKey } = useMessages()
  return (device) => ({
    name: device.name === '' ? t(`supervisor.kind.${device.kind}`) : device.name,
    state: byKey(`device.${device.code}`) ?? t(`supervisor.state.${device.state}`),
  })
}

function Devices({ view }: { readonly view: SupervisorView }) {
  const { t } = useMessages()
  const words = useDeviceWords()
  const shown = view.devices.filter((device) => device.state !== 'absent')
  return shown.map((device) => {
    const Icon = deviceIcons[device.kind]
    const said = words(device)
    return (
      <StatusItem key={`${device.kind} ${device.name}`} icon={<Icon aria-hidden="true" />} state={device.state}>
        {device.simulated ? t('supervisor.device.simulated', said) : t('supervisor.device', said)}
      </StatusItem>
    )
  })
}

/** Bar, page and foot of every page of the supervisor. `now` is the station's time. */
export function Frame(props: { readonly view: SupervisorView; readonly now: number; readonly tab: Tab; readonly lostSince: number | null; readonly children: ReactNode }) {
  const { view, now, tab } = props
  const { t } = useMessages()
  return (
    <div className="sv">
      <header className="sv-bar">
        <Logo size={32} onBar />
        <p className="sv-office" title={`${view.office.unit} ${view.office.commune}`}>
          <span className="ellipsis">{view.office.unit}</span> <span className="ellipsis">{view.office.commune}</span>
        </p>
        <nav className="sv-nav" aria-label={t('supervisor.nav')}>
          {tabs.filter((name) => name !== 'try' || view.sample).map((name) => (
            <a key={name} href={`#${name}`} {...(name === tab ? { 'aria-current': 'page' as const } : {})}>
              {t(`supervisor.tab.${name}`)}
            </a>
          ))}
        </nav>
        <span className="sv-space" />
        {view.sample ? <SampleTag href="#setup" /> : null}
        <p className="sv-station" title={view.station}>{view.station}</p>
        <Clock now={now} className="sv-clock num" />
      </header>
      {props.lostSince === null ? null : <OfflineBand title={t('shared.disconnected', { time: formatClock(props.lostSince) })} />}
      {props.children}
      <StatusBar
        end={
          <>
            {view.sync.map((peer) => (
              <Sync key={peer.peer} peer={peer} now={now} />
            ))}
            <span className="mc-status-item num">{t('supervisor.as-of', { time: formatClock(view.asOf, true) })}</span>
          </>
        }
      >
        <Devices view={view} />
      </StatusBar>
    </div>
  )
}
