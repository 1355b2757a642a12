import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { runStation } from '#cli/run-station.ts'
import { startMessages, type Language } from '#cli/start-messages.ts'
import { addStartOptions, type StartOptions } from '#cli/start-options.ts'
import { noWindowExit, stationFailedExit } from '#cli/start.ts'
import { startStation } from '#main/station.ts'
import { dataFolder } from '#shell/data-folder.ts'
import { endElectron, openElectron } from '#shell/electron.ts'
import { knock } from '#shell/front-door.ts'

/**
 * The program that Electron runs: the same station as under plain Node, with Electron's windows around it. The installed program is also
 * the `motcua` command; a first word that is no option is a command.
 */
async function main(): Promise<number> {
  const packaged = !('defaultApp' in process)
  const words = process.argv.slice(packaged ? 1 : 2)
  if (words[0] !== undefined && !/^-|^(start|station)$/.test(words[0])) {
    // cli.ts reads its words where Node has them.
    process.argv = [process.execPath, 'motcua', ...words.filter((word) => word !== '--no-sandbox')]
    await import('#main/cli.ts')
    return Number(process.exitCode ?? 0)
  }
  // Chromium's own switches stand in the same list; which of them are refused is the shell's affair.
  const command = addStartOptions(new Command('start')).option('--lang <code>').allowUnknownOption().allowExcessArguments()
  const options = command.parse(words[0]?.startsWith('st') ? words.slice(1) : words, { from: 'user' }).opts<StartOptions & { lang?: string }>()
  return open(options, options.lang === 'en' ? 'en' : 'vi')
}

async function open(options: StartOptions, language: Language): Promise<number> {
  const data = dataFolder(options.data)
  const host = await openElectron({ dataFolder: data, preload: fileURLToPath(new URL('../preload/electron.cjs', import.meta.url)) })
  if ('refused' in host) {
    if (host.refused === 'already-running') return (await knock(data)) ? 0 : noWindowExit
    process.stderr.write(`${startMessages[language].switches(host.switches)}\n`)
    return stationFailedExit
  }
  return runStation({ data, options, language, startStation, host })
}

try {
  endElectron(await main())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  endElectron(stationFailedExit)
}
