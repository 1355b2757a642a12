import type { StoredEvent } from '#domain/event.ts'
import { nextWorkingDay } from '#domain/calendar.ts'
import { localDay } from '#domain/local-time.ts'
import { CommandLog } from '#journal/commands.ts'
import { Downstream } from '#journal/downstream.ts'
import { Journal } from '#journal/journal.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import type { DataFiles, StationConfig } from '#main/config.ts'
import { Appointments } from '#usecases/appointments.ts'
import { CodeBlocks } from '#usecases/code-blocks.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Drafts } from '#usecases/drafts.ts'
import { Intake } from '#usecases/intake.ts'
import { OnlineDossiers } from '#usecases/online-dossiers.ts'
import { Payments } from '#usecases/payments.ts'
import { PersonEraser } from '#usecases/person-eraser.ts'
import { QueueDesk } from '#usecases/queue-desk.ts'
import { ReferenceData } from '#usecases/reference-data.ts'
import { StaffList } from '#usecases/staff-list.ts'
import { masterKey, type SecretStore } from '#vault/master-key.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import type { HubPlace } from './hub-place.ts'
import { linkedQueue } from './linked-queue.ts'
import { screensOf } from './sessions.ts'

export interface BooksHost {
  readonly secrets: SecretStore | null
  readonly place: HubPlace
  readonly now: () => number
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
  readonly closer: AsyncDisposableStack
}

/** Vault, journal and queue, and what a station does with them. `desk` is the hub's own queue, null at other stations, whose `queue` is the hub's. */
export async function openBooks(config: StationConfig, files: DataFiles, { secrets, place, now, changed, log, closer }: BooksHost) {
  const vault = new Vault(files.vault, await masterKey(files.vaultKey, secrets))
  closer.defer(() => vault.close())
  const onPassedOver = ({ origin, seq, type }: StoredEvent, error: unknown) => log(`views.passed-over ${origin} #${seq} ${type}`, error)
  const journal = new Journal({ file: files.journal, station: config.station.id, views: openViews, now, onPassedOver })
  closer.defer(() => journal.close())
  journal.onCommit(changed)
  const downstream = new Downstream(journal.db)
  downstream.onChange(changed)
  const commands = new CommandLog(journal.db)
  const appointments = new Appointments(downstream, vault, now)
  const tidy = () => {
    commands.tidy(now())
    appointments.tidy()
  }
  tidy()
  const tidying = setInterval(tidy, 3_600_000)
  closer.defer(() => clearInterval(tidying))

  const rules = { ...config.rules, services: config.services, counters: config.counters }
  const desk = config.roles.includes('hub') ? new QueueDesk({ journal, commands, vault, rules, now }) : null
  const catalogue = loadCatalogue()
  // Numbers of the next working day are leased ahead: a hub that dies overnight must not stop the morning.
  const days = () => [localDay(now()), nextWorkingDay(localDay(now()), catalogue.calendar)]
  const queue = desk ?? linkedQueue(config, place, { journal, commands, vault, rules, now, numberDays: config.roles.includes('kiosk') ? days : () => [] })
  closer.defer(queue.close)
  queue.onChange(changed)

  const reference = new ReferenceData(downstream, catalogue)
  const dossiers = new DossierStore(journal, vault)
  const drafts = new Drafts(journal, vault, now)
  const payments = new Payments({ journal, commands, dossiers, now })
  const codes = new CodeBlocks(journal, queue)
  if (!desk && screensOf(config).some((screen) => screen.startsWith('counter-'))) closer.defer(codes.keepSupplied(days))
  const intake = new Intake({
    journal, commands, vault, dossiers, drafts, codes, agency: config.office.agency, now,
    get procedures() {
      return reference.procedures(localDay(now()))
    },
    get calendar() {
      return reference.calendar()
    },
  })
  const eraser = new PersonEraser({ journal, vault, drafts, downstream, isHub: desk !== null, slips: files.slips, onError: (error) => log('person.erase-failed', error) })
  closer.defer(() => eraser.close())
  return { journal, rules, days, desk, queue, dossiers, drafts, payments, intake, eraser, downstream, online: new OnlineDossiers(downstream), appointments, staff: new StaffList(downstream), reference, vault }
}
