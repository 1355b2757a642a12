import type { SetupView, StationSetup } from '#contract/supervisor.ts'
import { stationConfig, writeConfig, type StationConfig } from '#main/config.ts'
import { findProfile } from '#native/printer/profile.ts'
import { findEcrProfile } from '#native/terminal/ecr/profile.ts'
import { parseAddress } from '#native/transport/address.ts'
import { Refusal } from '#usecases/refusal.ts'
import { sampleConfig } from './sample.ts'

/** The configuration as the set-up page shows it, without the keys: they are only ever written. */
export function setupOf(config: StationConfig): Pick<SetupView, 'setup' | 'kept'> {
  const { counter, central } = config
  const setup = {
    stationName: config.station.name,
    roles: config.roles,
    hubUrl: config.hub?.url ?? '',
    hubToken: '',
    counter,
    // The sample's clerk, telephone and account are nobody's: they must not become the real office's by pressing Save.
    staffName: config.sample ? '' : (config.counters.find((one) => one.id === counter)?.staffName ?? ''),
    office: config.sample ? { ...config.office, phone: '' } : config.office,
    printer: config.printer,
    backupPrinter: config.backupPrinter,
    scanner: config.scanner,
    bank: config.sample ? null : config.bank,
    terminal: config.terminal,
    central: central && { url: central.url, key: '' },
  }
  return { setup, kept: { hubToken: config.hub !== null, centralKey: central !== null } }
}

/** What was typed, else the key there is; a kept key goes to no other address than it was given for. */
function keyFor(typed: string, url: string, kept: { readonly url: string; readonly key: string } | null, missing: string): string {
  if (typed !== '') return typed
  if (!kept || kept.url !== url) throw new Refusal(missing)
  return kept.key
}

/** How to reach the hub; null at the hub itself. */
function hubFor(config: StationConfig, { roles, hubUrl, hubToken }: StationSetup): StationConfig['hub'] {
  if (roles.includes('hub')) return null
  if (!hubUrl) throw new Refusal('hub-needed')
  const cert = config.hub?.url === hubUrl ? config.hub.cert : undefined
  return { url: hubUrl, ...(cert === undefined ? {} : { cert }), token: keyFor(hubToken, hubUrl, config.hub && { url: config.hub.url, key: config.hub.token }, 'hub-token-needed') }
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
    hub: hubFor(config, setup),
    listen: { ...base.listen, host: hostFor(hub, config, base.listen.host) },
    printer: setup.printer && { ...config.printer, ...setup.printer },
    backupPrinter: setup.backupPrinter && { ...config.backupPrinter, ...setup.backupPrinter },
    scanner: setup.scanner,
    bank: setup.bank,
    terminal: setup.terminal,
    central: setup.central && { url: setup.central.url, key: keyFor(setup.central.key, setup.central.url, config.central, 'central-key-needed') },
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
function checkDevices({ printer, backupPrinter, scanner, terminal }: StationSetup): void {
  if ([printer, backupPrinter].some((one) => one && !findProfile(one.profile))) throw new Refusal('printer-profile')
  if (terminal?.protocol === 'ecr' && terminal.profile !== null && !findEcrProfile(terminal.profile)) throw new Refusal('terminal-profile')
  for (const device of [printer, backupPrinter, scanner, terminal?.protocol === 'hand' ? null : terminal]) {
    try {
      if (device) parseAddress(device.address)
    } catch {
      throw new Refusal('device-address', { address: device?.address ?? '' })
    }
  }
}

/** An id out of a name: `Quầy 3` → `quay-3`. */
export function idOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  const id = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 30)
  return id.length >= 2 ? id : `tram-${id || '1'}`
}
