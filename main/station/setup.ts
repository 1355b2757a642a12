import type { StationSetup } from '#contract/supervisor.ts'
import { stationConfig, writeConfig, type StationConfig } from '#main/config.ts'
import { findProfile } from '#native/printer/profile.ts'
import { parseAddress } from '#native/transport/address.ts'
import { Refusal } from '#usecases/refusal.ts'
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

/** Writes what the technician set. A sample station becomes a real one: its data stays behind in its own journal. Throws Refusal for a device that cannot be. */
export function saveSetup(file: string, config: StationConfig, setup: StationSetup): void {
  checkDevices(setup)
  const base = config.sample ? { ...sampleConfig(), bank: null, clockOffsetMs: 0 } : config
  const hub = setup.roles.includes('hub')
  const next = stationConfig.parse({
    ...base,
    sample: false,
    station: { id: config.sample ? idOf(setup.stationName) : config.station.id, name: setup.stationName },
    roles: setup.roles,
    office: setup.office,
    counter: setup.counter,
    counters: countersFor(config, base, setup),
    hub: hub || !setup.hubUrl ? null : { url: setup.hubUrl, token: setup.hubToken },
    listen: { ...base.listen, host: hostFor(hub, config, base.listen.host) },
    printer: setup.printer && { ...config.printer, ...setup.printer },
    scanner: setup.scanner,
    central: setup.central,
  })
  writeConfig(file, next)
}

/** The clerk of this machine's counter as set; the sample's people leave with the sample, and a counter that is new serves everything until told otherwise. */
function countersFor(before: StationConfig, base: StationConfig, { counter, staffName }: StationSetup): StationConfig['counters'] {
  const plans = before.sample ? base.counters.map((one) => ({ ...one, staff: null, staffName: null })) : base.counters
  const fresh = { id: counter ?? 0, services: base.services.map((one) => one.id), staff: null, staffName: null }
  const all = counter === null || plans.some((one) => one.id === counter) ? plans : [...plans, fresh]
  return all.map((one) => {
    if (one.id !== counter || (one.staffName ?? '') === staffName) return one
    return { ...one, staff: staffName ? idOf(staffName) : null, staffName: staffName || null }
  })
}

/** A hub is heard on the network and stops being so with its role; what a technician wrote into the file otherwise stays. */
function hostFor(hub: boolean, before: StationConfig, host: string): string {
  if (hub) return host === '127.0.0.1' ? '0.0.0.0' : host
  return before.roles.includes('hub') ? '127.0.0.1' : host
}

/** A device that could not even be tried would keep the station from starting. */
function checkDevices({ printer, scanner }: StationSetup): void {
  if (printer && !findProfile(printer.profile)) throw new Refusal('printer-profile')
  for (const device of [printer, scanner]) {
    try {
      if (device) parseAddress(device.address)
    } catch {
      throw new Refusal('device-address', { address: device?.address ?? '' })
    }
  }
}

/** An id out of a name: `Quầy 3` → `quay-3`. */
function idOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  const id = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 30)
  return id.length >= 2 ? id : `tram-${id || '1'}`
}
