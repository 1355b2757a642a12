import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { endWithStarter } from './cli/starter.ts'
import { nameHelpCommands, speakVietnamese } from './cli/usage.ts'

/** Loads the module of one command only, so that `motcua due` does not wait for a database or a canvas. */
type Load = (program: Command) => Promise<void>

const start: Load = async (program) => {
  const [{ registerStart }, { startStation }] = await Promise.all([import('./cli/start.ts'), import('./station.ts')])
  registerStart(program, { startStation })
}

const commands: Readonly<Record<string, Load>> = {
  start,
  station: start,
  'station new-epoch': async (program) => (await import('./cli/station-new-epoch.ts')).registerNewEpoch(program),
  'station pair': async (program) => (await import('./cli/station-pair.ts')).registerStationPair(program),
  hub: async (program) => (await import('./cli/hub.ts')).registerHub(program),
  person: async (program) => (await import('./cli/person.ts')).registerPerson(program),
  central: async (program) => (await import('./cli/central.ts')).registerCentral(program),
  demo: async (program) => (await import('./cli/demo.ts')).registerDemo(program),
  simulate: async (program) => (await import('./cli/simulate.ts')).registerSimulate(program),
  verify: async (program) => (await import('./cli/verify.ts')).registerVerify(program),
  doctor: async (program) => (await import('./cli/doctor.ts')).registerDoctor(program),
  due: async (program) => (await import('./cli/due.ts')).registerDue(program),
  form: async (program) => (await import('./cli/form.ts')).registerForm(program, await import('./cli/find-dossier.ts')),
  printer: async (program) => (await import('./cli/printer.ts')).registerPrinterCommands(program),
  reader: async (program) => {
    const [{ registerReader }, chip] = await Promise.all([import('./cli/reader.ts'), import('./cli/reader-chip.ts')])
    chip.registerReaderChip(registerReader(program))
  },
  terminal: async (program) => (await import('./cli/terminal.ts')).registerTerminal(program),
  sim: async (program) => {
    const [printer, scanner, chip] = await Promise.all([import('./cli/sim-printer.ts'), import('./cli/sim-scanner.ts'), import('./cli/sim-chip-reader.ts')])
    const [ecr, zvt] = await Promise.all([import('./cli/sim-ecr.ts'), import('./cli/sim-zvt.ts')])
    printer.registerSimPrinter(program)
    scanner.registerSimScanner(program)
    ecr.registerSimEcr(program)
    chip.registerSimChipReader(program)
    zvt.registerSimZvt(program)
  },
}

/** Named in docs/cli.md but of a later release: said so, exit 2. */
const later = new Set(
  'queue'.split(','),
)

const sayLater = {
  vi: (name: string) => `Lệnh "${name}" chưa có trong bản này. Các lệnh đang có: motcua --help\n`,
  en: (name: string) => `The command "${name}" is not in this version yet. Those there are: motcua --help\n`,
}

/** The words of a command line without the options that every command knows. */
function wordsOf(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !/^--(json|lang(=.*)?)$/.test(arg) && args[index - 1] !== '--lang')
}

const version = () => (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version

function programFor(english: boolean): Command {
  const program = new Command('motcua')
    .description('Một Cửa: bộ phận một cửa, từ lấy số đến trả kết quả')
    .option('--json', 'kết quả là JSON, một đối tượng hoặc mỗi dòng một đối tượng')
    .option('--lang <code>', 'ngôn ngữ của thông báo: vi hoặc en', 'vi')
    .version(version(), '-V, --version', 'số phiên bản')
    .exitOverride()
  if (!english) speakVietnamese(program)
  return program
}

async function run(args: readonly string[]): Promise<void> {
  const english = args.some((arg, index) => arg === '--lang=en' || (arg === 'en' && args[index - 1] === '--lang'))
  const [name = '', second = ''] = wordsOf(args)
  const missing = [name, `${name} ${second}`].find((one) => later.has(one))
  if (missing !== undefined) {
    process.stderr.write(sayLater[english ? 'en' : 'vi'](missing))
    process.exitCode = 2
    return
  }
  const program = programFor(english)
  const load = commands[`${name} ${second}`] ?? commands[name]
  if (load) await load(program)
  else for (const each of new Set(Object.values(commands))) await each(program)
  if (!english) nameHelpCommands(program)
  await program.parseAsync(args, { from: 'user' })
}

/** Wrong usage is exit 2, help is exit 0, as docs/cli.md says; commander would answer 1 for the first. */
function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2
}

endWithStarter()
try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } else process.exitCode = exitCodeOf(error)
}
