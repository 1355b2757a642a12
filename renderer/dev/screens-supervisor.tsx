import type { ReplicationView } from '#contract/replication.ts'
import type { StationsView } from '#contract/stations.ts'
import type { SupervisorView } from '#contract/supervisor.ts'
import type { TerminalDayView } from '#contract/terminal-day.ts'
import { Devices } from '../supervisor/devices.tsx'
import { Frame, type Tab } from '../supervisor/frame.tsx'
import { Overview } from '../supervisor/overview.tsx'
import '../supervisor/page.tsx'
import { Screens } from '../supervisor/screens.tsx'
import { PersonData } from '../supervisor/person.tsx'
import { Setup } from '../supervisor/setup.tsx'
import { Stations } from '../supervisor/stations.tsx'
import '../supervisor/stations.css'
import { Sync } from '../supervisor/sync.tsx'
import '../supervisor/sync.css'
import type { DevScreens } from './screens.ts'
import { calmReplication, counterReplication, deafReplication, troubledReplication } from './replication-views.ts'
import { spareView, stationsView } from './stations-views.ts'
import { dayViews } from './terminal-day-views.ts'
import { selfTestView, setupView, supervisorView } from './supervisor-views.ts'

const profiles = [{ id: 'epson-tm-t82', name: 'Epson TM-T82' }, { id: 'xprinter-xp-80', name: 'Xprinter XP-80' }]

const serialPorts = [
  { path: '/dev/ttyUSB0', address: 'serial:usb=0403:6001:A50285BI', maker: 'FTDI' },
  { path: '/dev/ttyACM0', address: 'serial:usb=1eab:1d06@1-3:1.0', maker: 'Newland' },
]

const nothing = async () => Promise.resolve(null)

function Shown({ view = supervisorView, tab, day = dayViews.never, lostSince = null, setup = setupView, replication = troubledReplication, stations = stationsView }: { readonly view?: SupervisorView; readonly tab: Tab; readonly day?: TerminalDayView; readonly lostSince?: number | null; readonly setup?: typeof setupView; readonly replication?: ReplicationView; readonly stations?: StationsView }) {
  const loaded = { setup, kept: { hubToken: true, centralKey: false }, sample: view.sample, profiles, terminalProfiles: [{ id: 'ghl', name: 'GHL' }], serialPorts }
  return (
    <Frame view={view} now={view.now} tab={tab} lostSince={lostSince}>
      {tab === 'overview' ? <Overview view={view} now={view.now} /> : null}
      {tab === 'screens' ? <Screens addresses={view.addresses} /> : null}
      {tab === 'devices' ? <Devices day={day} dayActions={{ close: nothing, compare: nothing }} state="" load={async () => Promise.resolve(selfTestView)} onTest={async () => Promise.resolve({ ok: true, data: { outcome: 'printed', reason: 'process-id' } })} /> : null}
      {tab === 'stations' ? <Stations view={stations} actions={{ openCode: nothing, closeCode: nothing, revoke: nothing, endLeases: nothing, promote: nothing }} /> : null}
      {tab === 'sync' ? <Sync view={replication} onRetry={async () => Promise.resolve(null)} onRetryQuarantine={async () => Promise.resolve({ mended: 0, away: false })} onSettle={async () => Promise.resolve(null)} /> : null}
      {tab === 'person' ? <PersonData onExport={async () => Promise.resolve({ ok: true, data: { dossiers: [1, 2], drafts: [] } })} onErase={async () => Promise.resolve({ ok: true, data: { dossiers: 2, drafts: 0, everywhere: true } })} /> : null}
      {tab === 'setup' ? <Setup loaded={loaded} onSave={async () => Promise.resolve({ ok: true, data: { next: null } })} onTest={async () => Promise.resolve({ ok: true, data: { outcome: 'sent', reason: null } })} /> : null}
    </Frame>
  )
}

const wrongSetup = { ...setupView, office: { ...setupView.office, agency: 'h15' }, hubUrl: '192.168.1.10' }
const sample: SupervisorView = { ...supervisorView, sample: true, devices: supervisorView.devices.map((device) => ({ ...device, simulated: true, state: 'ok', code: 'ok' })) }
const { visits: _visits, ...withoutVisits } = supervisorView
const calm: SupervisorView = {
  ...withoutVisits, waiting: 0, longestWait: null, prints: [], devices: [], sync: [{ peer: 'central', reachable: true, lastContact: supervisorView.now - 3000, lostSince: null, waiting: 0 }],
  services: supervisorView.services.map((service) => ({ ...service, waiting: 0, waits: [], estimate: null })), today: { tickets: 0, dossiers: 0, cash: 0, vietqr: 0, card: 0, terminalQr: 0, ratings: [0, 0, 0, 0, 0] },
}
const crowded: SupervisorView = {
  ...sample, waiting: 60, longestWait: { minutes: 88, service: 'Đất đai, xây dựng' },
  services: supervisorView.services.map((service) => ({
    ...service, waiting: 10, waits: Array.from({ length: 10 }, (_, index) => ({ number: `${service.prefix}${100 + index}`, minutes: (index * index * 1.1) | 0, priority: index % 4 === 0 })),
  })),
  counters: [...supervisorView.counters, ...supervisorView.counters.map((counter) => ({ ...counter, id: counter.id + 6 }))],
}

export const screens: DevScreens = {
  'supervisor-overview': () => <Shown tab="overview" />,
  'supervisor-calm': () => <Shown tab="overview" view={calm} />,
  'supervisor-crowded': () => <Shown tab="overview" view={crowded} lostSince={supervisorView.now - 60_000} />,
  'supervisor-screens': () => <Shown tab="screens" view={sample} />,
  'supervisor-devices': () => <Shown tab="devices" />,
  ...Object.fromEntries(Object.entries(dayViews).map(([name, day]) => [`supervisor-day-${name}`, () => <Shown tab="devices" day={day} />])),
  'supervisor-stations': () => <Shown tab="stations" />,
  'supervisor-spare': () => <Shown tab="stations" stations={spareView} />,
  'supervisor-sync': () => <Shown tab="sync" />,
  'supervisor-sync-counter': () => <Shown tab="sync" replication={counterReplication} />,
  'supervisor-sync-deaf': () => <Shown tab="sync" view={calm} replication={deafReplication} />,
  'supervisor-sync-calm': () => <Shown tab="sync" view={calm} replication={calmReplication} />,
  'supervisor-person': () => <Shown tab="person" />,
  'supervisor-trouble': () => <Shown tab="overview" view={{ ...supervisorView, sync: troubledReplication.peers, quarantined: 3 }} />,
  'supervisor-setup': () => <Shown tab="setup" />,
  'supervisor-setup-wrong': () => <Shown tab="setup" setup={wrongSetup} />,
  'supervisor-setup-sample': () => <Shown tab="setup" view={sample} />,
}
