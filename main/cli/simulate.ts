import type { Command } from 'commander'
import { plants } from '#main/simulation/plants/plants.ts'
import { simulate, type Report } from '#main/simulation/simulate.ts'
import { globalsOf, misuse } from './answer.ts'
import { simulateMessages } from './simulate-messages.ts'

interface SimulateOptions {
  readonly seeds: string
  readonly plant?: string
  readonly threads?: string
  readonly verbose?: boolean
}

/** Progress is told at most this often, ms. */
const progressMs = 5_000

/** `motcua simulate`: the last line on stdout is the report as JSON; exit 1 when a promise was broken. */
export function registerSimulate(program: Command): void {
  const words = simulateMessages.vi
  program
    .command('simulate')
    .description(words.about)
    .option('--seeds <a-b>', words.seeds, '1-100')
    .option('--plant <bug>', words.plant)
    .option('--threads <n>', words.threads)
    .option('--verbose', words.verbose)
    .action(async (options: SimulateOptions, command: Command) => {
      const { json, lang } = globalsOf(command)
      if (options.plant === 'list') return void process.stdout.write(listOf(Object.keys(plants), json))
      const report = await run(command, options, simulateMessages[lang])
      process.stdout.write(`${JSON.stringify(report)}\n`)
      if (report.violations.length > 0) process.exitCode = 1
    })
}

const listOf = (names: readonly string[], json: boolean): string => (json ? `${JSON.stringify(names)}\n` : `${names.join('\n')}\n`)

function run(command: Command, options: SimulateOptions, say: (typeof simulateMessages)['vi']): Promise<Report> {
  const [first, last] = seedsOf(options.seeds) ?? misuse(command, say.badSeeds)
  const { plant } = options
  if (plant !== undefined && !Object.hasOwn(plants, plant)) misuse(command, say.unknownPlant(plant))
  const threads = options.threads === undefined ? null : wholeUpTo(options.threads, 64)
  if (Number.isNaN(threads)) misuse(command, say.badThreads)
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  let [done, told] = [0, Date.now()]
  return simulate({
    first,
    last,
    plant: plant ?? null,
    ...(threads === null ? {} : { threads }),
    ...(options.verbose === true ? { onLine: tell } : {}),
    onResult: ({ seed, violations }) => {
      done += 1
      for (const what of violations) tell(say.violation(seed, what))
      if (violations.length > 0) tell(say.replay(seed))
      if (Date.now() - told < progressMs) return
      told = Date.now()
      tell(say.progress(done, last - first + 1))
    },
  })
}

/** `A-B` or `A`, whole numbers; null when it is neither. */
function seedsOf(text: string): readonly [number, number] | null {
  const [, from, to] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? []
  if (from === undefined) return null
  const [first, last] = [Number(from), Number(to ?? from)]
  return first <= last ? [first, last] : null
}

/** 1 to `most`; NaN for anything else. */
const wholeUpTo = (text: string, most: number): number => (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : Number.NaN)
