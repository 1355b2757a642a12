import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { openDatabase } from '#journal/database.ts'
import { renewEpoch, type Renewal } from '#journal/renew-epoch.ts'
import { dataFiles, readConfig } from '#main/config.ts'
import { lockDataFolder } from '#main/station/data-lock.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { namedFolder } from '#shell/data-folder.ts'
import { answer, globalsOf, refuse } from './answer.ts'
import { stationMessages } from './station-messages.ts'

/** `motcua station new-epoch`: the way out of a fork. Exit 1 when the station runs or there is no journal. */
export function registerNewEpoch(program: Command): void {
  const words = stationMessages.vi
  const station = program.commands.find((one) => one.name() === 'station') ?? program.command('station').description(words.description)
  station
    .command('new-epoch')
    .description(words.newEpoch)
    .option('--data <folder>', words.dataOption)
    .action((_: unknown, command: Command) => {
      const globals = globalsOf(command)
      // `station` itself takes --data as well, and gets it first.
      const folder = namedFolder(command.optsWithGlobals<{ data?: string }>().data)
      const say = stationMessages[globals.lang]
      const { renewal, isHub } = renewFolder(folder, say)
      answer(globals, { ok: true, ...renewal }, isHub ? `${say.renewed(renewal)}\n${say.renewedHub}` : say.renewed(renewal))
    })
}

function renewFolder(folder: string, say: (typeof stationMessages)['vi']): { readonly renewal: Renewal; readonly isHub: boolean } {
  if (!existsSync(folder)) refuse(say.none(folder))
  const config = readConfig(`${folder}/station.json`) ?? sampleConfig()
  const { journal } = dataFiles(folder, config.sample)
  if (!existsSync(journal)) refuse(say.none(folder))
  const unlock = lockDataFolder(folder) ?? refuse(say.running(folder))
  const db = openDatabase(journal)
  try {
    return { renewal: renewEpoch(db, config.station.id, Date.now()), isHub: config.roles.includes('hub') }
  } finally {
    db.close()
    unlock()
  }
}
