import type { StoredEvent } from '#domain/event.ts'
import { CommandLog } from '#journal/commands.ts'
import { openDatabase } from '#journal/database.ts'
import { openViews } from '#views/views.ts'
import { FragileJournal } from '../world/fragile-journal.ts'
import type { Computer } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** Opens a machine's journal from its disk; a strike of the world ends the process in the middle of a commit. */
export function openJournal(world: World, machine: Computer, disk: Buffer | null, views = openViews) {
  const { plant } = world
  const onPassedOver = ({ origin, seq, type }: StoredEvent) => world.violation(`${machine.name}: views could not take ${type} of ${origin} #${seq}`)
  const options = { file: atBoot(world, machine, disk), station: stationOf(machine.name), views, now: Date.now, onPassedOver }
  const journal = new FragileJournal(plant.journal?.(options) ?? options, (moment) => strike(world, machine, moment))
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

function strike(world: World, machine: Computer, moment: string): boolean {
  if (!machine.program || !world.faults.chance(world.strikes)) return false
  world.tell(`${machine.name} loses its power ${moment} a commit`)
  machine.crash()
  world.timeline.afterAsNobody(world.faults.int(200, 6_000), () => machine.start())
  return true
}
