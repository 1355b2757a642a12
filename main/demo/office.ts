import { mkdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { writeConfig, type StationConfig } from '#main/config.ts'
import { sampleConfig } from '#main/station/sample.ts'
import type { Ready } from '#main/station/open-station.ts'
import { startChild, type Child } from './processes.ts'

export interface CentralReady {
  readonly url: string
}

interface DeviceReady {
  readonly address: string
}

export interface DemoStation {
  readonly name: 'hub' | 'quay-2' | 'quay-3'
  readonly data: string
  readonly args: readonly string[]
  child: Child<Ready>
}

export interface DemoOffice {
  readonly key: string
  readonly centralArgs: readonly string[]
  central: Child<CentralReady>
  readonly stations: Readonly<Record<DemoStation['name'], DemoStation>>
  readonly printers: readonly Child<DeviceReady>[]
  readonly scanner: Child<DeviceReady>
  /** Token of every screen that quay-3 serves. */
  readonly tokens: Readonly<Record<string, string>>
}

export interface DemoPlace {
  /** Folder of data, sockets and logs. */
  readonly work: string
  /** Folder of printed slips. */
  readonly slips: string
  readonly clockOffsetMs: number
}

/** Counters without a station of their own: browsers on the LAN, served by quay-3. */
export const browserCounters = [1, 4, 5, 6]

/** Starts central, three printers, a scanner and three stations, each its own process. */
export async function openOffice(place: DemoPlace): Promise<DemoOffice> {
  for (const dir of [place.work, place.slips]) mkdirSync(dir, { recursive: true })
  const log = join(place.work, 'processes.log')
  const key = randomBytes(18).toString('base64url')
  const base = sampleConfig()
  const enrolled = join(place.work, 'offices.json')
  writeConfig(enrolled, [{ office: base.office.agency, name: `${base.office.unit} ${base.office.commune}`, key }] as never)
  const centralArgs = ['central', '--data', join(place.work, 'central'), '--enrol-file', enrolled, '--clock-offset', String(place.clockOffsetMs)]
  const [central, scanner, ...printers] = await Promise.all([
    startChild<CentralReady>([...centralArgs, '--port', '0'], log),
    startChild<DeviceReady>(['sim', 'scanner', '--at', `pty:${join(place.work, 'scanner')}`], log),
    startChild<DeviceReady>(['sim', 'printer', '--at', `pty:${join(place.work, 'printer-hub')}`, '--out', join(place.slips, 'hub')], log),
    startChild<DeviceReady>(['sim', 'printer', '--at', 'tcp://127.0.0.1:0', '--out', join(place.slips, 'quay-2'), '--fault', 'slow'], log),
    startChild<DeviceReady>(['sim', 'printer', '--at', 'tcp://127.0.0.1:0', '--out', join(place.slips, 'quay-3')], log),
  ])
  const tokens = { 'quay-2': randomBytes(18).toString('base64url'), 'quay-3': randomBytes(18).toString('base64url') }
  const common: StationConfig = { ...base, clockOffsetMs: place.clockOffsetMs, listen: { host: '127.0.0.1', port: 0, publicHost: null } }
  const printerOf = (index: number) => ({ address: printers[index]?.ready.address ?? '', profile: 'epson-tm-t82', drawer: 'pin2' as const })
  const hub = await startStation(place, 'hub', {
    ...common,
    station: { id: 'hub', name: 'Ki-ốt 1' },
    roles: ['hub', 'kiosk', 'board', 'supervisor'],
    counter: null,
    counterScreens: [],
    central: { url: central.ready.url, key },
    stations: [
      { id: 'quay-2', token: tokens['quay-2'], counters: [2] },
      { id: 'quay-3', token: tokens['quay-3'], counters: [3, ...browserCounters] },
    ],
    printer: printerOf(0),
  })
  const hubUrl = new URL(hub.child.ready.urls.kiosk ?? '').origin
  const counter = (name: 'quay-2' | 'quay-3', id: number) =>
    startStation(place, name, {
      ...common,
      station: { id: name, name: `Quầy ${id}` },
      roles: ['counter', 'touchpad', 'supervisor'],
      counter: id,
      counterScreens: id === 3 ? [3, ...browserCounters] : [id],
      hub: { url: hubUrl, token: tokens[name] },
      printer: printerOf(id - 1),
      scanner: id === 3 ? { address: scanner.ready.address } : null,
    })
  const [quay2, quay3] = await Promise.all([counter('quay-2', 2), counter('quay-3', 3)])
  const screens = JSON.parse(readFileSync(join(quay3.data, 'sample', 'tokens.json'), 'utf8')) as Record<string, string>
  return { key, centralArgs, central, scanner, printers, tokens: screens, stations: { hub, 'quay-2': quay2, 'quay-3': quay3 } }
}

async function startStation(place: DemoPlace, name: DemoStation['name'], config: StationConfig): Promise<DemoStation> {
  const data = join(place.work, name)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeConfig(join(data, 'station.json'), config)
  const args = ['station', '--headless', '--data', data]
  return { name, data, args, child: await startChild<Ready>(args, join(place.work, 'processes.log')) }
}

/** Ends everything, stations before what they talk to. */
export async function closeOffice(office: DemoOffice): Promise<void> {
  await Promise.all(Object.values(office.stations).map(({ child }) => child.stop()))
  await Promise.all([office.central.stop(), office.scanner.stop(), ...office.printers.map((printer) => printer.stop())])
}
