import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { QueueDesk } from '#usecases/queue-desk.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'

/** A moment of a working day, so that a run never crosses midnight. */
const morning = Date.UTC(2026, 10, 23, 2)

/** The hub's queue with everything behind it and nothing before it: journal, views, command log, in `dir`. */
export function openDesk(dir: string, key = randomBytes(32)) {
  const config = sampleConfig()
  const start = Date.now()
  const now = () => morning + Date.now() - start
  const journal = new Journal({ file: join(dir, 'journal.db'), station: 'bench', views: openViews, now })
  const vault = new Vault(join(dir, 'vault.db'), key)
  const rules = { ...config.rules, services: config.services, counters: config.counters }
  const desk = new QueueDesk({ journal, commands: new CommandLog(journal.db), vault, rules, now })
  return {
    journal,
    desk,
    rules,
    close: () => {
      desk.close()
      journal.close()
      vault.close()
    },
  }
}
