import type { StationSetup } from '#contract/supervisor.ts'
import { stationConfig, writeConfig, type StationConfig } from '#main/config.ts'
import { sampleConfig } from './sample.ts'

/** The configuration as the set-up page shows it. */
export function setupOf(config: StationConfig): StationSetup {
  const { counter } = config
  return {
    stationName: config.station.name,
    roles: config.roles,
    hubUrl: config.hub?.url ?? '',
    hubToken: config.hub?.token ?? '',
    counter,
    staffName: config.counters.find((one) => one.id === counter)?.staffName ?? '',
    office: config.office,
    printer: config.printer,
    scanner: config.scanner,
    central: config.central,
  }
}

/** Writes what the technician set. A sample station becomes a real one: its data stays behind in its own journal. */
export function saveSetup(file: string, config: StationConfig, setup: StationSetup): void {
  const base = config.sample ? { ...sampleConfig(), bank: null, clockOffsetMs: 0 } : config
  const hub = setup.roles.includes('hub')
  const next = stationConfig.parse({
    ...base,
    sample: false,
    station: { id: config.sample ? idOf(setup.stationName) : config.station.id, name: setup.stationName },
    roles: setup.roles,
    office: setup.office,
    counter: setup.counter,
    counters: base.counters.map((one) => (one.id === setup.counter && setup.staffName ? { ...one, staffName: setup.staffName } : one)),
    hub: hub || !setup.hubUrl ? null : { url: setup.hubUrl, token: setup.hubToken },
    listen: { ...base.listen, host: hub ? '0.0.0.0' : '127.0.0.1' },
    printer: setup.printer,
    scanner: setup.scanner,
    central: setup.central,
  })
  writeConfig(file, next)
}

/** A station id out of its name: `Quầy 3` → `quay-3`. */
function idOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  const id = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 30)
  return id.length >= 2 ? id : `tram-${id || '1'}`
}
