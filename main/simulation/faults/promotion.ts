import { localDay } from '#domain/local-time.ts'
import { Journal } from '#journal/journal.ts'
import { promote } from '#usecases/promotion.ts'
import { openViews } from '#views/views.ts'
import { sampleOffice } from '../office/rules.ts'
import { hashesOf } from './disks.ts'
import { pause, type Scene } from './scene.ts'

/** The hub burns; after a while the technician makes the spare the hub, as `motcua hub promote` does. Once a run. */
export async function promoteSpare(scene: Scene): Promise<void> {
  const { world, site } = scene
  const isForked = world.unlinked.size > 0
  if (world.promotions > 0 || site.isHubGone || isForked || !site.hub.program || !site.spare.program) return
  const { name } = site.hub
  // The copy may have stood still for a while, while central was told more.
  if (world.faults.chance(0.6)) {
    world.network.cut(name, site.spare.name)
    await pause(world, 500, 3_000)
  }
  if (world.unlinked.size > 0) return
  world.tell('the hub burns')
  reckonLosses(scene)
  site.hub.scrap()
  // Longer than a station waits for the answer to one question: nothing asked of the old hub is asked of the new one unawares.
  await pause(world, 4_000, 7_000)
  site.spare.start()
  site.spare.crash()
  const { disk } = site.spare
  site.spare.scrap()
  world.tell('the spare becomes the hub')
  if (disk) site.promote(promoted(disk))
}

/** What the old hub wrote and the spare has not got; of that, what central has not got either. */
function reckonLosses({ site, ledger }: Scene): void {
  // It may have crashed meanwhile: what is on its disk burns, too.
  site.hub.start()
  const old = site.hub.program?.journal
  if (!old) return
  const [heard, kept] = [hashesOf(site.spare, old.origin).length, hashesOf(site.central, old.origin).length]
  for (const origin of old.origins()) ledger.loseCopy(origin, Math.max(hashesOf(site.spare, origin).length, hashesOf(site.central, origin).length))
  const unheard = old.after(old.origin, heard, 100_000)
  ledger.loseHub(unheard.filter(({ seq }) => seq > kept).map(({ subject }) => subject), unheard.map(({ subject }) => subject))
}

function promoted(disk: Buffer): Buffer {
  const journal = new Journal({ file: disk, station: 'spare', views: openViews, now: Date.now })
  promote(journal, sampleOffice().rules, [localDay(Date.now())])
  const bytes = journal.db.serialize()
  journal.close()
  return bytes
}
