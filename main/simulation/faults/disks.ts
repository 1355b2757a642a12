import { openDatabase, setMeta, type Sqlite } from '#journal/database.ts'
import { renewEpoch } from '#journal/renew-epoch.ts'
import { stationOf } from '../office/books.ts'
import type { StationProgram } from '../office/station.ts'
import type { Computer, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { pause, type Scene } from './scene.ts'

/**
 * Central is put back from a backup made a while ago; `motcua central restore` draws a new epoch. Not when the hub has burnt, too: what only
 * central had of it would be gone.
 */
export async function restoreCentral({ world, site }: Scene): Promise<void> {
  const { central } = site
  const backup = central.program?.journal.db.serialize()
  if (!backup) return
  await pause(world, 500, 9_000)
  if (world.mended || world.hubFell) return
  world.tell('central is put back from a backup')
  central.crash()
  central.disk = edited(backup, (db) => setMeta(db, 'epoch', `r${world.faults.int(0, 1e9)}`))
  // Behind a load balancer nobody notices that it was away.
  if (world.faults.chance(0.5)) await pause(world, 100, 3_000)
  central.start()
}

/** A station's disk dies; the station starts again on a new one. What nobody had a copy of is gone. */
export async function burnDisk(scene: Scene): Promise<void> {
  const { world, site } = scene
  const machine = world.faults.pick(site.stations)
  if (!machine.program) return
  world.tell(`${machine.name}: the disk dies`)
  burn(scene, machine)
  machine.disk = null
  await pause(world, 300, 4_000)
  machine.start()
}

/** A station is put back from a backup made a while ago; the technician gives it its new epoch before it starts, as the handbook says. */
export async function restoreStation(scene: Scene): Promise<void> {
  const { world, site } = scene
  const machine = world.faults.pick(site.stations)
  const backup = machine.program?.journal.db.serialize()
  if (!backup) return
  await pause(world, 500, 9_000)
  if (world.mended || !machine.program) return
  world.tell(`${machine.name} is put back from a backup`)
  burn(scene, machine)
  machine.disk = edited(backup, (db) => void renewEpoch(db, stationOf(machine.name), Date.now()))
  await pause(world, 500, 5_000)
  machine.start()
}

/** A copy of a counter's disk is set up as another station, with an id and a new epoch of its own, and works beside the first. */
export async function cloneDisk(scene: Scene): Promise<void> {
  const clone = copyOf(scene, '-b')
  if (!clone?.disk) return
  clone.disk = edited(clone.disk, (db) => void renewEpoch(db, stationOf(clone.name), Date.now()))
  clone.start()
  scene.onClone(clone)
  await pause(scene.world, 500, 5_000)
}

/** The same, and the technician forgot the new epoch: two machines write one chain until somebody looks. Nobody works at the copy before that. Not when the hub burns, too: see the README. */
export async function forgottenClone(scene: Scene): Promise<void> {
  if (scene.world.hubFell) return
  const clone = copyOf(scene, '+')
  if (clone) scene.world.unlinked.add(clone.name)
  clone?.start()
  await pause(scene.world, 500, 5_000)
}

/** Of each machine one copy: two copies of a disk that nobody has mended yet would both bring its unshared events under an epoch of their own. */
function copyOf({ world, site }: Scene, suffix: string): Machine<StationProgram> | null {
  const machine = world.faults.pick(site.counters)
  const name = machine.name + suffix
  if (!machine.program || site.all.some((one) => one !== machine && one.name.startsWith(machine.name))) return null
  world.tell(`${machine.name}: its disk is copied`)
  const clone = site.another(name)
  clone.disk = machine.program.journal.db.serialize()
  return clone
}

/** Stops a machine whose disk will not come back: what of its own chain the hub has not got is gone. */
function burn({ world, site, ledger }: Scene, machine: Machine<StationProgram>): void {
  const journal = machine.program?.journal
  if (!journal) return
  const { origin } = journal
  const mine = journal.after(origin, 0, 100_000)
  const hubs = hashesOf(site.hub, origin)
  loseDisk(world, machine.name)
  machine.crash()
  ledger.burn(origin, mine.findLast(({ seq, hash }) => hubs[seq - 1] === hash)?.seq ?? 0)
}

/** Whoever was asking that machine can't know any more what became of it. */
export function loseDisk({ disksLost }: World, machine: string): void {
  disksLost.set(machine, (disksLost.get(machine) ?? 0) + 1)
}

/** The hashes of an origin's events on a machine, running or not. */
export function hashesOf({ program, disk }: Computer, origin: string): readonly string[] {
  const read = (db: Sqlite) => db.prepare<[string], string>('SELECT lower(hex(hash)) FROM events WHERE origin = ? ORDER BY seq').pluck().all(origin)
  if (program) return read(program.journal.db)
  if (!disk) return []
  const db = openDatabase(disk)
  const hashes = read(db)
  db.close()
  return hashes
}

/** A disk's bytes after a change made while the machine was off. */
export function edited(disk: Buffer, change: (db: Sqlite) => void): Buffer {
  const db = openDatabase(disk)
  change(db)
  const bytes = db.serialize()
  db.close()
  return bytes
}

/** The technician looks at what the screens complain of, and gives a station whose chain has a double its new epoch. Answers how many had. */
export function mendForks(world: World, machines: readonly Machine<StationProgram>[]): number {
  const forked = machines.filter(({ program }) => program?.pusher.state().forks.length)
  for (const machine of forked) {
    machine.crash()
    if (machine.disk) machine.disk = edited(machine.disk, (db) => void renewEpoch(db, stationOf(machine.name), Date.now()))
    world.tell(`${machine.name} gets a new epoch`)
    machine.start()
  }
  return forked.length
}
