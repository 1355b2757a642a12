import type { QueueSnapshot } from '#domain/ticket.ts'
import { Changes } from '#api/changes.ts'
import type { ApiParts } from '#api/parts.ts'
import type { SyncView } from '#contract/shared.ts'
import { Connections } from '#lan/connections.ts'
import { announceHub, findHubs } from '#lan/discovery.ts'
import { screenTokens, type ScreenTokens } from '#lan/tokens.ts'
import { localDay } from '#domain/local-time.ts'
import { dataFiles, readConfig, type DataFiles, type StationConfig } from '#main/config.ts'
import { receiptPdf } from '#main/forms/receipt-pdf.ts'
import { DayFigures } from '#usecases/day-figures.ts'
import { resumeAfterRestore } from '#usecases/promotion.ts'
import { vietQrPayload } from '#usecases/vietqr.ts'
import type { ServeWindow } from '#shell/host.ts'
import type { SecretStore } from '#vault/master-key.ts'
import { openCharges } from './charges.ts'
import { slipComposer } from './compose-slips.ts'
import { deviceViews, openDevices } from './devices.ts'
import { expireRatings } from './expire-ratings.ts'
import { lanHost } from './lan-address.ts'
import { hubChanges } from './hub-changes.ts'
import { kioskProcedures } from './kiosk-procedures.ts'
import { openBooks } from './open-books.ts'
import { personParts, replicationParts } from './care-parts.ts'
import { HubPlace } from './hub-place.ts'
import { movingReplication } from './moving-replication.ts'
import { openLan } from './open-lan.ts'
import { stationsDesk } from './stations-desk.ts'
import { serveScreens, version } from './serve-screens.ts'
import { screensOf } from './sessions.ts'
import { saveSetup, setupOf } from './setup.ts'
import { onceEach } from './once.ts'
import type { PrinterUnit } from './printer.ts'
import { openSelfTest } from './self-test.ts'
import { serialPorts, slipProfiles, terminalProfiles, testPrint } from './setup-devices.ts'
import { openTerminalDay } from './terminal-day.ts'
import { testedDevices } from './tested-devices.ts'

/** How long a station that lost its hub listens for one, ms. */
const searchMs = 2_000

export interface Ready {
  readonly ready: true
  readonly urls: Partial<Record<'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor', string>>
  readonly station: string
  readonly sample: boolean
}

export interface OpenStation {
  readonly ready: Ready
  readonly port: number
  /** Serves the contract to a window of this process over a message port. */
  readonly serveWindow: ServeWindow
  readonly close: () => Promise<void>
}

/** What surrounds the station in its process. */
export interface StationHost {
  readonly secrets: SecretStore | null
  /** Closes this station and opens it anew with what its configuration says then. */
  readonly restart: () => Promise<void>
}


/** Puts the parts of a station together, in the order in which they need each other; what was opened is closed again when one of them fails. */
export async function openStation(config: StationConfig, files: DataFiles, host: StationHost): Promise<OpenStation> {
  const closer = new AsyncDisposableStack()
  const close = () => closer.disposeAsync().catch((error: unknown) => log('station.close', error))
  try {
    return { ...(await putTogether(config, files, host, closer)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function putTogether(config: StationConfig, files: DataFiles, host: StationHost, closer: AsyncDisposableStack): Promise<Omit<OpenStation, 'close'>> {
  const now = () => Date.now() + config.clockOffsetMs
  const changes = new Changes()
  const place = new HubPlace({ config, configFile: files.config, officeFile: files.office, find: () => findHubs(searchMs) })
  const books = await openBooks(config, files, { secrets: host.secrets, place, now, changed: changes.ring, log, closer })
  const { journal, desk, queue, downstream, reference, vault } = books
  // Asked each time: the address in the network may change while we run (DHCP).
  const addresses = { base: '', lan: () => '', screens: (): Readonly<Record<string, string>> => ({}) }
  // A citizen's phone would not believe our certificate: that page alone comes over plain HTTP.
  const followUrl = (key: string) => `${(desk ? addresses.lan() : place.address().url.replace(/\/$/, '')).replace(/^https:/, 'http:')}/follow.html#t=${key}`
  const lookupUrl = (code: string) => config.lookUpUrl.replace('{code}', encodeURIComponent(code))
  const compose = slipComposer({ ...books, config, followUrl, lookupUrl, now })
  const devices = await openDevices(config, files, { journal, compose, now, changed: changes.ring, log, closer })
  const money = await openCharges({ config: config.terminal ?? devices.sampleDevices?.terminal ?? null, payments: books.payments, prints: devices.prints, changed: changes.ring, log, closer })
  const days = openTerminalDay({ journal, charges: money.charges, now, log })
  const tested = testedDevices(config, { ...devices, ...money }, now)
  const presence = new Connections(now, changes.ring)
  const lan = await openLan({ config, files, journal, desk, changes: hubChanges(downstream, vault), presence, now, changed: changes.ring, log, closer })
  if (desk && resumeAfterRestore(journal, books.rules, books.days())) desk.refold()
  const replication = movingReplication({ journal, downstream, vault, now, changed: changes.ring, log }, place)
  closer.defer(replication.close)
  closer.defer(place.watch(() => !desk && queue.lostSince() !== null, () => lan.term.known))

  const parts: ApiParts = {
    ...officeParts(config), ...books, ...devices, ...money, ...days, now, changes, followUrl, isHub: desk !== null,
    get calendar() {
      return reference.calendar()
    },
    get procedures() {
      return kioskProcedures(reference.procedures(localDay(now())))
    },
    get catalogue() {
      return reference.revision(localDay(now()))
    },
    setupUrl: () => (config.sample ? `${addresses.screens()['supervisor']}&setup` : null),
    figures: new DayFigures(journal, now),
    devices: () => deviceViews(config, devices.printer, devices.scanner, presence, tested),
    sync: () => [...replication.views(), ...centralBehindHub(queue.snapshot())],
    replication: replicationParts({ journal, downstream, replication, central: config.central, isHub: desk !== null }),
    persons: personParts({ ...books, now }),
    addresses: () => addresses.screens(),
    vietQr: (bank, amount, purpose) => vietQrPayload({ bankBin: bank.bin, account: bank.account, amount, purpose }),
    receiptPdf: (dossier, size) => receiptPdf(dossier, config.office, size, { lookUpUrl: lookupUrl(dossier.code) }),
    journalReveal: (code, staff) => void journal.append(staff, [{ type: 'person.revealed', subject: code, data: { code, staff } }]),
    selfTest: openSelfTest(tested, now),
    linked: lan.book,
    stations: stationsDesk({ config, files, journal, desk, queue, lan, presence, calendar: () => reference.calendar(), address: () => addresses.lan(), now, restart: () => restartSoon(host) }),
    setup: setupParts({ config, files, host, now, base: () => addresses.base, units: devices.printer?.units ?? [] }),
  }
  const tokens = screenTokens(files.tokens, screensOf(config))
  const { port, serveWindow } = await serveScreens({ config, journal, lan, parts, desk, tokens, presence, closer, log })
  addresses.base = `http://${config.listen.host === '0.0.0.0' ? 'localhost' : config.listen.host}:${port}`
  addresses.lan = () => `${lan.identity ? 'https' : 'http'}://${lanHost(config.listen)}:${port}`
  addresses.screens = () => addressesOf(config, tokens, addresses.lan())
  journal.append('system', [{ type: 'station.started', subject: config.station.id, data: { version, roles: config.roles } }])
  if (desk && lan.identity) closer.defer(announceHub(`${config.office.commune} (${config.station.id})`, port, (error) => log('lan.discovery', error)))
  if (desk) closer.defer(expireRatings(desk, now, log))
  return { ready: { ready: true, urls: ownUrls(config, addressesOf(config, tokens, addresses.base)), station: config.station.name, sample: config.sample }, port, serveWindow }
}

/** What the configuration alone says to the screens. */
function officeParts(config: StationConfig) {
  const { sample, office, priorities, receptionCounter, voice, bank } = config
  return {
    station: { id: config.station.id, name: config.station.name, counter: config.counter },
    sample, office, priorities, receptionCounter, voice, bank,
  }
}

/** Time for the answer to reach the page that asked for the restart, ms. */
const restartAfterMs = 300

function restartSoon(host: StationHost): void {
  setTimeout(() => void host.restart().catch((error: unknown) => log('station.restart-failed', error)), restartAfterMs)
}

interface SetupHost {
  readonly config: StationConfig
  readonly files: DataFiles
  readonly host: StationHost
  readonly now: () => number
  readonly base: () => string
  readonly units: readonly PrinterUnit[]
}

function setupParts({ config, files, host, now, base, units }: SetupHost): ApiParts['setup'] {
  const once = onceEach<Awaited<ReturnType<typeof testPrint>>>()
  return {
    read: () => setupOf(config),
    save: (setup) => {
      saveSetup(files.config, { ...config, stations: readConfig(files.config)?.stations ?? config.stations }, setup)
      restartSoon(host)
      if (!config.sample) return null
      // The real office has keys of its own; the technician's page goes on with the new one.
      const key = screenTokens(dataFiles(files.dir, false).tokens, ['supervisor'])['supervisor']
      return `${base()}/supervisor.html#t=${key}`
    },
    profiles: slipProfiles,
    terminalProfiles,
    serialPorts,
    testPrint: (commandId, address, profile) => once(commandId, () => testPrint({ address, profile, at: now(), sample: config.sample, units })),
  }
}

/** What the hub last said of its way to central, for the screens of the other stations. */
function centralBehindHub(queue: QueueSnapshot | null): readonly SyncView[] {
  return queue?.central ? [{ ...queue.central, peer: 'central', ofHub: true }] : []
}

/** Every screen that this station serves, with its token in the fragment, which no server sees. */
function addressesOf(config: StationConfig, tokens: ScreenTokens, base: string): Readonly<Record<string, string>> {
  const page = (screen: string) => screen.split('-')[0]
  return Object.fromEntries(screensOf(config).map((screen) => [screen, `${base}/${page(screen)}.html#t=${tokens[screen]}`]))
}

function ownUrls(config: StationConfig, urls: Readonly<Record<string, string>>): Ready['urls'] {
  const counter = config.counter === null ? {} : { counter: urls[`counter-${config.counter}`], touchpad: urls[`touchpad-${config.counter}`] }
  const all = { kiosk: urls['kiosk'], board: urls['board'], supervisor: urls['supervisor'], ...counter }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** One line of JSON on stderr: a code, and the error without the data that it is about. */
function log(code: string, error: unknown): void {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), code, error: said })}\n`)
}
