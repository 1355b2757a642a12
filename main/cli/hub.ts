import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ORPCError } from '@orpc/client'
import type { Command } from 'commander'
import { pairingPurpose, type PairingPurpose } from '#contract/stations.ts'
import { toIso } from '#domain/local-time.ts'
import { Journal } from '#journal/journal.ts'
import { askTerm } from '#lan/ask-term.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import { dataFiles, readConfig, type DataFiles, type StationConfig } from '#main/config.ts'
import { lockDataFolder } from '#main/station/data-lock.ts'
import { keptOffice } from '#main/station/office-book.ts'
import { mayTakeOver, takeOver } from '#main/station/take-over.ts'
import { namedFolder } from '#shell/data-folder.ts'
import { Refusal } from '#usecases/refusal.ts'
import { openViews } from '#views/views.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { hubMessages } from './hub-messages.ts'
import { openRunning } from './running-station.ts'

type Words = (typeof hubMessages)['vi']

interface Promoted {
  readonly term: number
  readonly station: string
  /** Where the new hub runs; null when it is to be started. */
  readonly url: string | null
}

/** A station that starts anew with a long journal needs some seconds. */
const backMs = 45_000

/** `motcua hub promote` and `motcua hub code`. */
export function registerHub(program: Command): void {
  const words = hubMessages.vi
  const hub = program.command('hub').description(words.hubCommand)
  hub
    .command('promote')
    .description(words.promote)
    .option('--data <folder>', words.data)
    .option('--force', words.force)
    .action(async (options: { data?: string; force?: boolean }, command: Command) => {
      const globals = globalsOf(command)
      const say = hubMessages[globals.lang]
      const promoted = await inWords(say, () => promoteFolder(namedFolder(options.data), options.force === true, say))
      answer(globals, { ok: true, ...promoted }, say.promoted(promoted.term, promoted.url))
    })
  hub
    .command('code')
    .description(words.showCode)
    .requiredOption('--for <purpose>', words.purpose)
    .option('--data <folder>', words.data)
    .action(async (options: { for: string; data?: string }, command: Command) => {
      const globals = globalsOf(command)
      const say = hubMessages[globals.lang]
      const purpose = purposeOf(options.for) ?? misuse(command, say.badPurpose)
      const folder = namedFolder(options.data)
      const { connection } = (await openRunning(dataFiles(folder, false).running)) ?? refuse(say.notRunning(folder))
      try {
        const { code, expiresAt } = await inWords(say, () => connection.client.stations.openCode(purpose))
        answer(globals, { ok: true, code, expires: toIso(expiresAt) }, say.shown(code, clockOf(expiresAt), purpose.kind === 'board' || purpose.kind === 'touchpad'))
      } finally {
        connection.close()
      }
    })
}

/** `13:50`, Vietnam time. */
const clockOf = (at: number): string => toIso(at).slice(11, 16)

function purposeOf(text: string): PairingPurpose | null {
  const [kind, counter] = text.split(':')
  const parsed = pairingPurpose.safeParse({ kind, counter: counter === undefined ? null : Number(counter) })
  if (!parsed.success) return null
  const needsCounter = parsed.data.kind === 'counter' || parsed.data.kind === 'touchpad'
  return needsCounter === (parsed.data.counter !== null) || parsed.data.kind === 'spare' ? parsed.data : null
}

async function promoteFolder(folder: string, force: boolean, say: Words): Promise<Promoted> {
  if (!existsSync(folder)) throw new Refusal('not-a-spare')
  const config = readConfig(dataFiles(folder, false).config)
  if (!config) throw new Refusal('not-a-spare')
  const files = dataFiles(folder, config.sample)
  const running = await openRunning(files.running)
  if (!running) return { ...(await promoteStopped(config, files, force, say)), station: config.station.id, url: null }
  const { term } = await running.connection.client.stations.promote({ force }).finally(() => running.connection.close())
  await backAsHub(running.origin, term, say)
  return { term, station: config.station.id, url: running.origin }
}

async function promoteStopped(config: StationConfig, files: DataFiles, force: boolean, say: Words): Promise<{ readonly term: number }> {
  if (!mayTakeOver(config, files)) throw new Refusal('not-a-spare')
  if (!force && (await someoneIsHub(config, files))) throw new Refusal('hub-alive')
  const unlock = lockDataFolder(files.dir) ?? refuse(say.running(files.dir))
  const journal = new Journal({ file: files.journal, station: config.station.id, views: openViews, now: Date.now })
  try {
    return { term: takeOver({ config, files, journal, calendar: loadCatalogue().calendar, now: Date.now }).term }
  } finally {
    journal.close()
    unlock()
  }
}

/** Whether the hub answers, or another spare that has taken its place already. */
async function someoneIsHub({ hub }: StationConfig, files: DataFiles): Promise<boolean> {
  const machines = [...(hub ? [hub] : []), ...(keptOffice(files.office)?.spares ?? [])]
  const words = await Promise.all(machines.map(askTerm))
  return words.some((word) => word?.hub)
}

/** Resolves when the station has come up anew as the hub of that generation. */
async function backAsHub(url: string, term: number, say: Words): Promise<void> {
  for (const end = Date.now() + backMs; Date.now() < end; await sleep(100)) {
    const word = await askTerm({ url })
    if (word?.hub && word.term === term) return
  }
  refuse(say.notBack)
}

/** A refusal of the station in the command's words. */
async function inWords<T>(say: Words, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : error instanceof ORPCError ? String((error.data as { reason?: unknown } | undefined)?.reason) : null
    const text = reason === null ? undefined : say.refusals[reason]
    return text === undefined ? Promise.reject(error) : refuse(text)
  }
}
