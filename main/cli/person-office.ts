import { existsSync, statSync } from 'node:fs'
import { Downstream } from '#journal/downstream.ts'
import { Journal } from '#journal/journal.ts'
import { dataFiles, readConfig, type DataFiles, type StationConfig } from '#main/config.ts'
import { personParts } from '#main/station/care-parts.ts'
import { lockDataFolder } from '#main/station/data-lock.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Drafts } from '#usecases/drafts.ts'
import { PersonEraser } from '#usecases/person-eraser.ts'
import { masterKey } from '#vault/master-key.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { openRunning } from './running-station.ts'

/** The two things that can be asked about a person, of a running station or of its folder. */
export interface PersonOffice {
  readonly export: (idNumber: string) => Promise<Readonly<Record<string, unknown>>>
  readonly erase: (idNumber: string) => Promise<{ readonly dossiers: number; readonly drafts: number; readonly everywhere: boolean }>
  readonly close: () => Promise<void>
}

/** Why a folder can't be asked: no journal in it, a key that only the running station can use, or a running station that doesn't answer. */
export class PersonOfficeError extends Error {
  override readonly name = 'PersonOfficeError'
  readonly reason: 'none' | 'locked' | 'unreachable'
  constructor(reason: PersonOfficeError['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** Who asks at the command line. */
const actor = 'technician'

/** Asks the station that runs on the folder, else the folder itself. Throws PersonOfficeError. */
export async function openPersonOffice(folder: string): Promise<PersonOffice> {
  if (!existsSync(folder)) throw new PersonOfficeError('none')
  const config = readConfig(`${folder}/station.json`) ?? sampleConfig()
  const files = dataFiles(folder, config.sample)
  if (!existsSync(files.journal)) throw new PersonOfficeError('none')
  const unlock = lockDataFolder(folder)
  if (!unlock) return overSocket(files)
  try {
    return await inFolder(config, files, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function inFolder(config: StationConfig, files: DataFiles, unlock: () => void): Promise<PersonOffice> {
  if (existsSync(files.vaultKey) && statSync(files.vaultKey).size !== 32) throw new PersonOfficeError('locked')
  const now = () => Date.now() + config.clockOffsetMs
  const vault = new Vault(files.vault, await masterKey(files.vaultKey, null))
  const journal = new Journal({ file: files.journal, station: config.station.id, views: openViews, now })
  const drafts = new Drafts(journal, vault, now)
  const eraser = new PersonEraser({ journal, vault, drafts, downstream: new Downstream(journal.db), isHub: config.roles.includes('hub'), slips: files.slips, onError: () => undefined })
  const persons = personParts({ journal, vault, drafts, dossiers: new DossierStore(journal, vault), eraser, now })
  return {
    export: (idNumber) => persons.export(actor, idNumber),
    erase: async (idNumber) => {
      const { codes, ...rest } = await persons.erase(actor, idNumber)
      return { ...rest, dossiers: codes.length }
    },
    close: async () => {
      await eraser.close()
      journal.close()
      vault.close()
      unlock()
    },
  }
}

async function overSocket(files: DataFiles): Promise<PersonOffice> {
  const running = await openRunning(files.running)
  if (!running) throw new PersonOfficeError('unreachable')
  const { client, close } = running.connection
  return {
    export: (idNumber) => client.person.export({ idNumber }),
    erase: (idNumber) => client.person.erase({ idNumber }),
    close: () => Promise.resolve(close()),
  }
}
