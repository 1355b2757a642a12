import { useEffect, useState, type ReactNode } from 'react'
import type { DeviceReport, DeviceTest, DeviceTestOutcome, SelfTestView } from '#contract/self-test.ts'
import type { TerminalDayView } from '#contract/terminal-day.ts'
import type { MessageKey } from '../i18n/catalogue.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { Result } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { Banknote, BellRing, Plug, Printer, ScanLine } from '../ui/icon.ts'
import { EmptyState } from '../ui/list.tsx'
import { Loading } from '../ui/loading.tsx'
import { Alert, Tag, type Tone } from '../ui/status.tsx'
import { deviceIcons } from './frame.tsx'
import { TerminalDay, type TerminalDayActions } from './terminal-day.tsx'

export interface DevicesProps {
  /** Changes whenever a device does: then all is asked anew. */
  readonly state: string
  readonly load: () => Promise<SelfTestView | null>
  readonly onTest: (id: string, test: DeviceTest) => Promise<Result<DeviceTestOutcome> | null>
  /** The day of the card terminal; null until it is known. */
  readonly day: TerminalDayView | null
  readonly dayActions: TerminalDayActions
}

/** Devices that are asked how they are instead of being read from. */
const asked: ReadonlySet<DeviceReport['kind']> = new Set(['terminal', 'chip-reader'])

const tagTones = { ok: 'green', warning: 'yellow', down: 'red', absent: 'neutral' } as const
const testIcons = { print: Printer, drawer: Banknote, beep: BellRing, echo: ScanLine } as const
const outcomeTones: Readonly<Record<DeviceTestOutcome['outcome'], Tone>> = { printed: 'ok', ok: 'ok', sent: 'info', unknown: 'warn', failed: 'danger' }

/** Where a test has better words than its outcome alone. */
const ownWords: Readonly<Record<string, MessageKey & `supervisor.tried.${string}.${string}`>> = {
  'print.printed': 'supervisor.tried.print.printed',
  'drawer.printed': 'supervisor.tried.drawer.printed',
  'beep.printed': 'supervisor.tried.beep.printed',
  'echo.failed': 'supervisor.tried.echo.failed',
}

/** Words for what came of a test: the outcome, then the device's reason where there is one. */
function useOutcomeWords(): (test: DeviceTest, outcome: DeviceTestOutcome) => { readonly title: string; readonly why: string | null } {
  const { t, byKey } = useMessages()
  return (test, { outcome, reason }) => {
    const title = t(ownWords[`${test}.${outcome}`] ?? `supervisor.tried.${outcome}`)
    const why = outcome === 'printed' ? null : ['heard', 'slip', 'device', 'refusal'].map((area) => byKey(`${area}.${reason ?? ''}`)).find((words) => words !== null)
    return { title, why: why ?? null }
  }
}

/** What is known of a device besides its state, each on a line of its own. */
function Facts({ device }: { readonly device: DeviceReport }) {
  const { t, byKey } = useMessages()
  const { lastError, address, path } = device
  const rows: readonly (readonly [string, string | null])[] = [
    [t('supervisor.fact.address'), address === null ? null : [address, path].filter(Boolean).join(' → ')],
    [t('supervisor.fact.firmware'), device.firmware],
    [t('supervisor.fact.last-error'), lastError && t('supervisor.fact.last-error.at', { what: byKey(`device.${lastError.code}`) ?? lastError.code, time: formatClock(lastError.at) })],
  ]
  return (
    <dl className="sv-facts">
      {rows.map(([name, value]) => (value === null ? null : <div key={name}><dt>{name}</dt><dd>{value}</dd></div>))}
    </dl>
  )
}

function DeviceRow({ device, onTest, children }: { readonly device: DeviceReport; readonly onTest: DevicesProps['onTest']; readonly children: ReactNode }) {
  const { t, byKey } = useMessages()
  const outcomeWords = useOutcomeWords()
  const [running, setRunning] = useState<DeviceTest | null>(null)
  const [tried, setTried] = useState<{ readonly tone: Tone; readonly title: string; readonly why: string | null } | null>(null)
  const Icon = deviceIcons[device.kind]
  const run = async (test: DeviceTest) => {
    setRunning(test)
    setTried(null)
    const answer = await onTest(device.id, test)
    const outcome: DeviceTestOutcome = answer?.ok === true ? answer.data : { outcome: answer?.ok === false && answer.code === 'DISCONNECTED' ? 'unknown' : 'failed', reason: answer?.ok === false ? answer.reason : null }
    setTried({ tone: outcomeTones[outcome.outcome], ...outcomeWords(test, outcome) })
    setRunning(null)
  }
  return (
    <li className="sv-device">
      <Icon aria-hidden="true" />
      <div className="sv-device-text">
        <h2>{t(`supervisor.device-id.${device.id === 'backup-printer' ? 'backup-printer' : device.kind}`)}</h2>
        <p>{[device.name === device.address ? '' : device.name, device.simulated ? t('supervisor.device.simulation') : ''].filter(Boolean).join(', ')}</p>
        <Facts device={device} />
      </div>
      <Tag tone={tagTones[device.state]}>{byKey(`device.${device.code}`) ?? t(`supervisor.state.${device.state}`)}</Tag>
      <div className="sv-device-tests">
        {device.tests.map((test) => {
          const TestIcon = testIcons[test]
          return (
            <Button key={test} icon={<TestIcon aria-hidden="true" />} pending={running === test ? t(`supervisor.trying.${test}`) : undefined} unavailable={running !== null && running !== test ? t('supervisor.trying.wait') : undefined} onPress={() => void run(test)}>
              {t(asked.has(device.kind) ? 'supervisor.try-device.terminal' : `supervisor.try-device.${test}`)}
            </Button>
          )
        })}
      </div>
      {tried === null ? null : <Alert tone={tried.tone} title={tried.title}>{tried.why}</Alert>}
      {children}
    </li>
  )
}

function FreePorts({ ports }: { readonly ports: SelfTestView['freePorts'] }) {
  const { t } = useMessages()
  if (ports.length === 0) return null
  return (
    <section className="sv-free-ports">
      <h2>{t('supervisor.free-ports')}</h2>
      <p className="sv-lead">{t('supervisor.free-ports.next')}</p>
      <ul>
        {ports.map((port) => (
          <li key={port.path}>
            <b>{[port.path, port.maker].filter(Boolean).join(', ')}</b>
            <span className="sv-url">{port.address}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Self-test: each device found or set, what it says of itself, and one press to try it. */
export function Devices({ state, load, onTest, day, dayActions }: DevicesProps) {
  const { t } = useMessages()
  const [view, setView] = useState<SelfTestView | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let here = true
    void load().then((loaded) => {
      if (here && loaded !== null) setView(loaded)
    })
    return () => {
      here = false
    }
  }, [load, state, asked])
  const test: DevicesProps['onTest'] = async (id, one) => {
    const answer = await onTest(id, one)
    setAsked((times) => times + 1)
    return answer
  }
  if (view === null) return <Loading sentence={t('shared.loading.long')} />
  return (
    <main className="sv-page">
      <h1>{t('supervisor.devices.title')}</h1>
      <p className="sv-lead">{t('supervisor.devices.next')}</p>
      {view.devices.length === 0 ? <EmptyState icon={<Plug aria-hidden="true" />} title={t('supervisor.devices.none')} /> : null}
      <ul className="sv-devices">
        {view.devices.map((device) => (
          <DeviceRow key={device.id} device={device} onTest={test}>
            {device.kind === 'terminal' && day !== null ? <TerminalDay view={day} actions={dayActions} /> : null}
          </DeviceRow>
        ))}
      </ul>
      <FreePorts ports={view.freePorts} />
    </main>
  )
}
