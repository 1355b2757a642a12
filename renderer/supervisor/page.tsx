import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { DeviceTest } from '#contract/self-test.ts'
import type { SampleAction, SetupView, StationSetup } from '#contract/supervisor.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { useCommand, useLive, useNow, useStation, type Result } from '../state/index.ts'
import { Loading } from '../ui/loading.tsx'
import { Devices } from './devices.tsx'
import { Frame, tabs, type Tab } from './frame.tsx'
import { Overview } from './overview.tsx'
import { Screens } from './screens.tsx'
import { Setup } from './setup.tsx'
import { StationsTab } from './stations-tab.tsx'
import { PersonTab, SyncTab } from './sync-tabs.tsx'
import type { TerminalDayActions } from './terminal-day.tsx'
import { TryDevices } from './try-devices.tsx'
import './supervisor.css'
import './overview.css'
import './setup.css'
import './devices.css'

/** The tab of the address bar. `#setup` may come with the key (`#t=…&setup`), which the connection takes out before React runs. */
export function tabOf(hash: string): Tab {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  return tabs.find((tab) => words.has(tab)) ?? 'overview'
}

/** Read while the module loads: later the key and all beside it are gone from the address bar. */
const first = typeof location === 'undefined' ? 'overview' : tabOf(location.hash)

function listen(onChange: () => void): () => void {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

function useTab(): Tab {
  const hash = useSyncExternalStore(listen, () => location.hash)
  return hash === '' ? first : tabOf(hash)
}

/** The set-up as the station has it; read once when the page opens. */
function SetupTab() {
  const { t } = useMessages()
  const { run } = useCommand()
  const [loaded, setLoaded] = useState<SetupView | null>(null)
  useEffect(() => {
    let here = true
    void run((client) => client.supervisor.setup()).then((answer) => {
      if (here && answer?.ok === true) setLoaded(answer.data)
    })
    return () => {
      here = false
    }
  }, [run])
  const save = useCallback((setup: StationSetup) => run((client) => client.supervisor.saveSetup(setup)), [run])
  const test = useCallback((address: string, profile: string) => run((client, commandId) => client.supervisor.testPrint({ commandId, address, profile })), [run])
  if (loaded === null) return <Loading sentence={t('shared.loading.long')} />
  return <Setup loaded={loaded} onSave={save} onTest={test} />
}

/** Closing the card terminal's day, with refusals as sentences. */
function useTerminalDay(): TerminalDayActions {
  const { byKey } = useMessages()
  const { run } = useCommand()
  return useMemo(() => {
    const said = (answer: Result<unknown> | null) => (answer === null || answer.ok ? null : (byKey(`refusal.${answer.reason ?? ''}`, answer.details) ?? byKey(`error.${answer.code}`) ?? answer.code))
    return {
      close: () => run((client, commandId) => client.terminalDay.close({ commandId })).then(said),
      compare: (slip) => run((client) => client.terminalDay.compare(slip)).then(said),
    }
  }, [run, byKey])
}

/** The devices; `state` tells when one of them changed. */
function DevicesTab({ state }: { readonly state: string }) {
  const { run: ask } = useCommand()
  const { run: tryIt } = useCommand()
  const { view: day } = useLive((client, signal) => client.terminalDay.live(undefined, { signal }))
  const dayActions = useTerminalDay()
  const load = useCallback(async () => {
    for (let tries = 0; tries < 20; tries++) {
      const answer = await ask((client) => client.supervisor.selfTest())
      if (answer !== null) return answer.ok ? answer.data : null
      // the answer before is still on its way, and may be older than this change
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return null
  }, [ask])
  const test = useCallback((id: string, one: DeviceTest) => tryIt((client, commandId) => client.supervisor.testDevice({ commandId, id, test: one })), [tryIt])
  return <Devices state={state} load={load} onTest={test} day={day} dayActions={dayActions} />
}

function TryTab() {
  const { byKey, t } = useMessages()
  const { run } = useCommand()
  const act = useCallback(
    async (action: SampleAction) => {
      const answer = await run((client) => client.supervisor.sample(action))
      return answer?.ok === false ? (byKey(`refusal.${answer.reason ?? ''}`) ?? t('shared.loading.long')) : null
    },
    [run, byKey, t],
  )
  const slip = useCallback(async () => {
    const answer = await run((client) => client.supervisor.lastSlip())
    return answer?.ok === true ? answer.data : null
  }, [run])
  return <TryDevices onAct={act} loadSlip={slip} />
}

/** The supervisor's pages connected to the station. */
export function SupervisorPage() {
  const { t } = useMessages()
  const live = useLive((client, signal) => client.supervisor.live(undefined, { signal }))
  const now = useNow(live)
  const station = useStation()
  const tab = useTab()
  useEffect(() => {
    document.title = t('supervisor.title')
  }, [t])
  const { view } = live
  if (view === null) return <Loading sentence={t('shared.loading.long')} />
  const lostSince = station.kind === 'connecting' ? station.lostSince : null
  return (
    <Frame view={view} now={now} tab={tab} lostSince={lostSince}>
      {tab === 'overview' ? <Overview view={view} now={now} /> : null}
      {tab === 'screens' ? <Screens addresses={view.addresses} /> : null}
      {tab === 'devices' ? <DevicesTab state={JSON.stringify(view.devices)} /> : null}
      {tab === 'stations' ? <StationsTab /> : null}
      {tab === 'sync' ? <SyncTab /> : null}
      {tab === 'person' ? <PersonTab /> : null}
      {tab === 'setup' ? <SetupTab /> : null}
      {tab === 'try' ? <TryTab /> : null}
    </Frame>
  )
}
