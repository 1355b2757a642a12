import type { StoredEvent } from '#domain/event.ts'
import { CommandLog } from '#journal/commands.ts'
import { openDatabase, type Sqlite } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { openViews } from '#views/views.ts'
import { makeFragile } from '../world/fragile-database.ts'
import type { Computer } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** Opens a machine's journal from its disk; a strike of the world ends the process in the middle of a commit. */
export function openJournal(world: World, machine: Computer, disk: Buffer | null, views = openViews) {
  const { plant } = world
  const onPassedOver = ({ origin, seq, type }: StoredEvent) => world.violation(`${machine.name}: views could not take ${type} of ${origin} #${seq}`)
  const options = { file: atBoot(world, machine, disk), station: stationOf(machine.name), views, now: Date.now, onPassedOver }
  const { views: open, ...others } = plant.journal?.(options) ?? options
  const journal = new Journal({
    ...others,
    // The journal's own statements are prepared after this: all that it commits is fragile.
    views: (db, aside) => {
      makeFragile(db, (moment) => strike(world, machine, db, moment))
      return open(db, aside)
    },
  })
  const commands = plant.commands?.(journal.db) ?? new CommandLog(journal.db)
  commands.tidy(Date.now())
  journal.append('system', [{ type: 'station.started', subject: machine.name, data: { version: 'simulated', roles: [] } }])
  return { journal, commands }
}

/** The station id of a machine. A copy whose technician forgot everything, `quay-3+`, still calls itself `quay-3`. */
export const stationOf = (machine: string): string => machine.replace(/\+$/, '')

let blank: Buffer | null = null

/** A database with its tables and nothing in it: made once, as every run begins with several. */
function blankDisk(): Buffer {
  if (blank) return blank
  const db = openDatabase(':memory:')
  openViews(db)
  blank = db.serialize()
  db.close()
  return blank
}

function atBoot({ plant }: World, machine: Computer, disk: Buffer | null): Buffer {
  if (!plant.atBoot) return disk ?? blankDisk()
  const db = openDatabase(disk ?? blankDisk())
  plant.atBoot(db, machine)
  const bytes = db.serialize()
  db.close()
  return bytes
}

/** In the middle of a start, too: then the disk keeps what was committed so far. */
function strike(world: World, machine: Computer, db: Sqlite, moment: string): boolean {
  if (!world.faults.chance(world.strikes)) return false
  world.tell(`${machine.name} loses its power ${moment} a commit`)
  machine.crash(db)
  world.timeline.afterAsNobody(world.faults.int(200, 6_000), () => machine.start())
  return true
}
