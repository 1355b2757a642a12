import { RPCHandler as WindowHandler } from '@orpc/server/message-port'
import { RPCHandler } from '@orpc/server/ws'
import { onError, ORPCError } from '@orpc/server'
import { join } from 'node:path'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { Changes } from '#api/changes.ts'
import type { ApiParts } from '#api/parts.ts'
import { stationRouter } from '#api/router.ts'
import type { Session } from '#api/session.ts'
import type { SyncView } from '#contract/shared.ts'
import { PrintDesk } from '#effects/print-desk.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { Connections } from '#lan/connections.ts'
import { HubLink } from '#lan/hub-link.ts'
import { startLanServer } from '#lan/server.ts'
import { screenTokens, type ScreenTokens } from '#lan/tokens.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'
import { receiptPdf } from '#main/forms/receipt-pdf.ts'
import { CardDesk } from '#usecases/card-desk.ts'
import { CodeBlocks } from '#usecases/code-blocks.ts'
import { DayFigures } from '#usecases/day-figures.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Drafts } from '#usecases/drafts.ts'
import { Intake } from '#usecases/intake.ts'
import { Payments } from '#usecases/payments.ts'
import { QueueDesk } from '#usecases/queue-desk.ts'
import { vietQrPayload } from '#usecases/vietqr.ts'
import type { ServeWindow } from '#shell/host.ts'
import { Vault } from '#vault/vault.ts'
import { masterKey, type SecretStore } from '#vault/master-key.ts'
import { openViews } from '#views/views.ts'
import { slipComposer } from './compose-slips.ts'
import { deviceViews, openCardScanner } from './devices.ts'
import { expireRatings } from './expire-ratings.ts'
import { openSlipPrinter } from './printer.ts'
import { startSampleDevices } from './sample-devices.ts'
import { hubSync, startReplication } from './replication.ts'
import { screenSession, screensOf, sessionOpener } from './sessions.ts'
import { saveSetup, setupOf } from './setup.ts'
import { serialPorts, slipProfiles, testPrint } from './setup-devices.ts'

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

const version = '0.1.0'
const screens = join(import.meta.dirname, '..', '..', 'dist', 'renderer')

/** Puts the parts of a station together, in the order in which they need each other. */
export async function openStation(config: StationConfig, files: DataFiles, host: StationHost): Promise<OpenStation> {
  const now = () => Date.now() + config.clockOffsetMs
  const log = (code: string, error: unknown) => process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), code, error: describe(error) })}\n`)
  const changes = new Changes()

  const catalogue = loadCatalogue()
  const vault = new Vault(files.vault, await masterKey(files.vaultKey, host.secrets))
  const journal = new Journal({ file: files.journal, station: config.station.id, views: openViews, now })
  journal.onCommit(changes.ring)
  const commands = new CommandLog(journal.db)
  commands.tidy(now())

  const rules = { ...config.rules, services: config.services, counters: config.counters }
  const desk = config.roles.includes('hub') ? new QueueDesk({ journal, commands, vault, rules, now }) : null
  const queue = desk ?? new HubLink({ url: config.hub?.url ?? '', token: config.hub?.token ?? '', rules, now })
  queue.onChange(changes.ring)

  const dossiers = new DossierStore(journal, vault)
  const drafts = new Drafts(journal, vault, now)
  const payments = new Payments({ journal, commands, dossiers, now })
  const codes = new CodeBlocks(journal, queue)
  const procedures = new Map(catalogue.procedures.map((one) => [one.code, one]))
  const intake = new Intake({ journal, commands, vault, dossiers, drafts, codes, procedures, calendar: catalogue.calendar, agency: config.office.agency, now })

  const address = { base: '' }
  const followUrl = (key: string) => `${config.hub && !desk ? config.hub.url.replace(/\/$/, '') : address.base}/follow.html#t=${key}`
  const lookupUrl = (code: string) => config.lookUpUrl.replace('{code}', encodeURIComponent(code))
  const compose = slipComposer({ config, queue, dossiers, payments, followUrl, lookupUrl, now })
  const simulated = await startSampleDevices(config, files)
  const printer = openSlipPrinter(config.printer ?? simulated?.printer ?? null, compose)
  printer?.onState(changes.ring)
  const prints = new PrintDesk(journal, printer, now)
  const cards = new CardDesk(now, changes.ring)
  const scanner = openCardScanner((config.scanner ?? simulated?.scanner)?.address ?? null, cards.read, changes.ring)
  const presence = new Connections(now, changes.ring)
  const replication = startReplication(config, journal, now, changes.ring)

  const parts: ApiParts = {
    now, changes, rules, queue, prints, printer, dossiers, intake, payments, drafts, cards, followUrl,
    station: { id: config.station.id, name: config.station.name, counter: config.counter },
    sample: config.sample,
    office: config.office,
    priorities: config.priorities,
    receptionCounter: config.receptionCounter,
    voice: config.voice,
    calendar: catalogue.calendar,
    procedures: catalogue.procedures.map((one) => ({ ...one, service: catalogue.serviceOf(one), together: catalogue.together(one.code) })),
    bank: config.bank,
    setupUrl: () => (config.sample ? `${urls['supervisor']}&setup` : null),
    figures: new DayFigures(journal, now),
    devices: () => deviceViews(config, printer, scanner, presence),
    sync: () => [...replication.views(), ...centralBehindHub(queue.snapshot())],
    addresses: () => urls,
    vietQr: (bank, amount, purpose) => vietQrPayload({ bankBin: bank.bin, account: bank.account, amount, purpose }),
    receiptPdf: (dossier, size) => receiptPdf(dossier, config.office, size, { lookUpUrl: lookupUrl(dossier.code) }),
    journalReveal: (code, staff) => void journal.append(staff, [{ type: 'person.revealed', subject: code, data: { code, staff } }]),
    sampleDevices: simulated,
    setup: {
      read: () => setupOf(config),
      save: (setup) => {
        saveSetup(files.config, config, setup)
        setTimeout(() => void host.restart().catch((error: unknown) => log('station.restart-failed', error)), 300)
      },
      profiles: slipProfiles,
      serialPorts,
      testPrint: (to, profile) => testPrint(to, profile, now()),
    },
  }

  const tokens = screenTokens(files.tokens, screensOf(config))
  const open = sessionOpener(config, tokens, journal)
  const router = stationRouter(parts, desk)
  const logged = (error: unknown) => logBug(log, error)
  const handler = new RPCHandler(router, { interceptors: [onError(logged)] })
  const windows = new WindowHandler(router, { interceptors: [onError(logged)] })
  const greeting = (session: Session) =>
    ({ ok: true, audience: session.audience, counter: session.counter, station: config.station.name, sample: config.sample, version }) as const
  const server = await startLanServer({
    ...config.listen,
    screens,
    log,
    sync: hubSync(config, journal),
    open: (token) => {
      const session = open(token)
      return session && { session, welcome: greeting(session) }
    },
    serve: (ws, session) => void handler.upgrade(ws, { context: { session: session as Session } }),
    entered: (welcome) => presence.enter(welcome.audience),
  })
  address.base = `http://${config.listen.publicHost ?? (config.listen.host === '0.0.0.0' ? 'localhost' : config.listen.host)}:${server.port}`
  const urls = addressesOf(config, tokens, address.base)
  journal.append('system', [{ type: 'station.started', subject: config.station.id, data: { version, roles: config.roles } }])
  const stopRatings = desk ? expireRatings(desk, now) : () => undefined

  return {
    ready: { ready: true, urls: ownUrls(config, urls), station: config.station.name, sample: config.sample },
    port: server.port,
    serveWindow: (port, kind) => {
      const session = screenSession(config, kind === 'counter' || kind === 'touchpad' ? `${kind}-${config.counter ?? 0}` : kind)
      windows.upgrade(port, { context: { session } })
      port.postMessage(JSON.stringify(greeting(session)))
    },
    close: async () => {
      stopRatings()
      await server.close()
      await scanner?.close()
      await printer?.close()
      await prints.idle()
      await simulated?.stop()
      queue.close()
      await replication.close()
      journal.close()
      vault.close()
    },
  }
}

/** What the hub last said of its way to central, for the screens of the other stations. */
function centralBehindHub(queue: QueueSnapshot | null): readonly SyncView[] {
  return queue?.central ? [{ peer: 'central', ...queue.central }] : []
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

/** Expected refusals are the screen's business; everything else is a bug and is logged, without its data. */
function logBug(log: (code: string, error: unknown) => void, error: unknown): void {
  const expected = error instanceof ORPCError && (error.defined || error.code === 'FORBIDDEN')
  if (!expected && !(error instanceof Error && error.name === 'AbortError')) log('api.bug', error)
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
