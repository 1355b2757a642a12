import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Journal } from '#journal/journal.ts'
import { readConfig } from '#main/config.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { namedFolder } from '#shell/data-folder.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Vault } from '#vault/vault.ts'
import { masterKey } from '#vault/master-key.ts'
import { openViews } from '#views/views.ts'
import type { FoundDossier } from './form.ts'

/** Looks a dossier up in a data folder, a real station's journal first, then its sample's; null when neither has it. */
export async function findDossier(code: string, data: string | undefined): Promise<FoundDossier | null> {
  const dir = namedFolder(data)
  const config = readConfig(join(dir, 'station.json')) ?? sampleConfig()
  for (const home of [dir, join(dir, 'sample')]) {
    const found = existsSync(join(home, 'journal.db')) ? await lookIn(home, code) : null
    if (found) return { dossier: found, office: config.office }
  }
  return null
}

async function lookIn(home: string, code: string) {
  const journal = new Journal({ file: join(home, 'journal.db'), station: 'form', views: openViews, now: Date.now })
  const vault = new Vault(join(home, 'vault.db'), await masterKey(join(home, 'vault.key'), null))
  try {
    return new DossierStore(journal, vault).find(code)
  } finally {
    vault.close()
    journal.close()
  }
}
