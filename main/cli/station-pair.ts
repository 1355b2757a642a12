import type { Command } from 'commander'
import { findHubs } from '#lan/discovery.ts'
import { JoinError } from '#lan/join.ts'
import { readCode } from '#lan/pairing-code.ts'
import { joinOffice } from '#main/station/join-office.ts'
import { lockDataFolder } from '#main/station/data-lock.ts'
import { dataFolder } from '#shell/data-folder.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { hubMessages } from './hub-messages.ts'
import { stationMessages } from './station-messages.ts'

interface Options {
  readonly code: string
  readonly hub?: string
  readonly name?: string
  readonly port?: string
  readonly data?: string
}

type Words = (typeof hubMessages)['vi']

/** How long the network is listened to for a hub, ms. */
const searchMs = 3_000

/** `motcua station pair`: exit 1 when the hub can't be found or refuses the code, 2 for a code or an address that can be none. */
export function registerStationPair(program: Command): void {
  const words = hubMessages.vi
  const station = program.commands.find((one) => one.name() === 'station') ?? program.command('station').description(stationMessages.vi.description)
  station
    .command('pair')
    .description(words.pair)
    .requiredOption('--code <code>', words.code)
    .option('--hub <address>', words.hub)
    .option('--name <name>', words.name)
    .option('--port <number>', words.port)
    .option('--data <folder>', words.data)
    .action(async (_: unknown, command: Command) => {
      const globals = globalsOf(command)
      const say = hubMessages[globals.lang]
      // `station` itself takes --data and --port as well, and gets them first.
      const options = command.optsWithGlobals<Options>()
      const code = readCode(options.code) ?? misuse(command, say.badCode)
      if (options.port !== undefined && !isPort(options.port)) misuse(command, say.badPort)
      const hub = options.hub === undefined ? await found(say) : (hubUrl(options.hub) ?? misuse(command, say.badHub))
      const folder = dataFolder(options.data)
      const unlock = lockDataFolder(folder) ?? refuse(say.running(folder))
      try {
        const name = options.name === undefined ? {} : { name: options.name }
        const port = options.port === undefined ? {} : { port: Number(options.port) }
        const joined = await joinOffice({ folder, code, hub, ...name, ...port })
        answer(globals, { ok: true, ...joined }, say.paired(joined.station, joined.hub, joined.fingerprint))
      } catch (error) {
        if (error instanceof JoinError) refuse(say.faults[error.fault])
        throw error
      } finally {
        unlock()
      }
    })
}

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

async function found(say: Words): Promise<string> {
  process.stderr.write(`${say.searching}\n`)
  const hubs = await findHubs(searchMs)
  const [first] = hubs
  if (!first) return refuse(say.noneFound)
  return hubs.length > 1 ? refuse(say.severalFound(hubs.map(({ url }) => url))) : first.url
}

/** `192.168.1.10`, `192.168.1.10:7470` or a whole address, as one over TLS; null when it is none. */
function hubUrl(text: string): string | null {
  const url = `https://${text.trim().replace(/^https?:\/\//, '')}`
  if (!URL.canParse(url)) return null
  const { hostname, port, host } = new URL(url)
  return `https://${port ? host : `${hostname}:7470`}`
}
