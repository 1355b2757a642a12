import { localDay } from '#domain/local-time.ts'
import { openDatabase } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { renewEpoch } from '#journal/renew-epoch.ts'
import { promote } from '#usecases/promotion.ts'
import { openViews } from '#views/views.ts'
import { sampleOffice } from '../office/rules.ts'
import type { SimProcess } from '../world/process.ts'
import { edited, hashesOf, loseDisk } from './disks.ts'
import { pause, type Scene } from './scene.ts'

/** The hub burns; after a while the technician makes the spare the hub, as `motcua hub promote` does. Once a run. */
export async function promoteSpare(scene: Scene): Promise<void> {
  const { world, site } = scene
  const isForked = world.unlinked.size > 0
  if (world.hubFell || isForked || !site.hub.program || !site.spare.program) return
  const { name } = site.hub
  // The copy may have stood still for a while, while central was told more.
  if (world.faults.chance(0.6)) {
    world.network.cut(name, site.spare.name)
    await pause(world, 500, 3_000)
  }
  if (world.mended || world.hubFell || world.unlinked.size > 0) return
  world.hubFell = true
  world.tell('the hub burns')
  world.stayOpen(14_000)
  reckonLosses(scene, (origin) => hashesOf(site.spare, origin).length)
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

/** The hub is put back from a backup made a while ago, under a new epoch; what it lacks comes back from central and from the spare. Once a run, as above. */
export async function restoreHub(scene: Scene): Promise<void> {
  const { world, site } = scene
  const backup = site.hub.program?.journal.db.serialize()
  if (!backup) return
  await pause(world, 300, 4_000)
  if (world.mended || world.hubFell || world.unlinked.size > 0) return
  world.hubFell = true
  world.tell('the hub is put back from a backup')
  world.stayOpen(11_000)
  const known = openDatabase(backup)
  const counts = new Map(known.prepare<[], { origin: string; count: number }>('SELECT origin, count(*) AS count FROM events GROUP BY origin').all().map(({ origin, count }) => [origin, count]))
  known.close()
  reckonLosses(scene, (origin) => counts.get(origin) ?? 0)
  site.hub.crash()
  site.hub.isOpen = true
  loseDisk(world, site.hub.name)
  site.hub.disk = edited(backup, (db) => void renewEpoch(db, site.hub.name, Date.now()))
  // Longer than a question stays open, as above.
  await pause(world, 3_200, 4_500)
  // It may come up before those who could give back what it lacks can be reached.
  const others = world.faults.chance(0.5) ? [site.central.name, site.spare.name] : []
  for (const other of others) world.network.cut(site.hub.name, other)
  site.hub.isOpen = false
  // It may die as soon as it is on the disk that it is another hub now.
  world.promotions += 1
  site.hub.start()
  await pause(world, 500, 4_000)
  for (const other of others) world.network.mend(site.hub.name, other)
}

/** What the old hub wrote and the new one has not got (`heard`: how much of an origin it has); of that, what nobody else has either. */
function reckonLosses(scene: Scene, heard: (origin: string) => number): void {
  const { world, site, ledger } = scene
  // It may have crashed meanwhile: what is on its disk burns, too.
  world.strikes = 0
  site.hub.start()
  const old = site.hub.program?.journal
  if (!old) return
  const kept = (origin: string) => Math.max(heard(origin), hashesOf(site.spare, origin).length, hashesOf(site.central, origin).length)
  for (const origin of old.origins()) ledger.loseCopy(origin, kept(origin))
  const unheard = old.after(old.origin, heard(old.origin), 100_000)
  const gone = unheard.filter(({ seq }) => seq > kept(old.origin))
  if (world.hubsClock === 'still') noteWitnesses(scene)
  ledger.loseHub(gone.map(({ subject }) => subject), unheard.map(({ subject }) => subject))
}

/** Which stations know of which tickets of the day: they bring them to the next hub. */
function noteWitnesses({ world, site, ledger }: Scene): void {
  const seen = new Map<string, SimProcess[]>()
  for (const { name, process, program } of site.stations) {
    if (!process || !program || world.unlinked.has(name)) continue
    for (const { id } of process.run(program.queue.snapshot)?.tickets ?? []) seen.set(id, [...(seen.get(id) ?? []), process])
  }
  for (const [id, by] of seen) ledger.witnessed(id, by)
}

function promoted(disk: Buffer): Buffer {
  const journal = new Journal({ file: disk, station: 'spare', views: openViews, now: Date.now })
  promote(journal, sampleOffice().rules, [localDay(Date.now())])
  const bytes = journal.db.serialize()
  journal.close()
  return bytes
}
