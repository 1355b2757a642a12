import { Command, CommanderError } from 'commander'

/** Loads the module of one command only, so that `motcua due` does not wait for a database or a canvas. */
type Load = (program: Command) => Promise<void>

const start: Load = async (program) => {
  const [{ registerStart }, { startStation }] = await Promise.all([import('./cli/start.ts'), import('./station.ts')])
  registerStart(program, { startStation })
}

const commands: Readonly<Record<string, Load>> = {
  start,
  station: start,
  central: async (program) => (await import('./cli/central.ts')).registerCentral(program),
  demo: async (program) => (await import('./cli/demo.ts')).registerDemo(program),
  verify: async (program) => (await import('./cli/verify.ts')).registerVerify(program),
  doctor: async (program) => (await import('./cli/doctor.ts')).registerDoctor(program),
  due: async (program) => (await import('./cli/due.ts')).registerDue(program),
  form: async (program) => (await import('./cli/form.ts')).registerForm(program, await import('./cli/find-dossier.ts')),
  printer: async (program) => (await import('./cli/printer.ts')).registerPrinterCommands(program),
  reader: async (program) => void (await import('./cli/reader.ts')).registerReader(program),
  sim: async (program) => {
    const [printer, scanner] = await Promise.all([import('./cli/sim-printer.ts'), import('./cli/sim-scanner.ts')])
    printer.registerSimPrinter(program)
    scanner.registerSimScanner(program)
  },
}

/** Named in docs/cli.md but of a later release: said so, exit 2. */
const later = new Set(['terminal', 'simulate', 'queue', 'person', 'hub'])

const sayLater = {
  vi: (name: string) => `Lệnh "${name}" chưa có trong bản này. Các lệnh đang có: motcua --help\n`,
  en: (name: string) => `The command "${name}" is not in this version yet. Those there are: motcua --help\n`,
}

async function run(args: readonly string[]): Promise<void> {
  const program = new Command('motcua')
    .description('Một Cửa: bộ phận một cửa, từ lấy số đến trả kết quả')
    .option('--json', 'kết quả là JSON, một đối tượng hoặc mỗi dòng một đối tượng')
    .option('--lang <code>', 'ngôn ngữ của thông báo: vi hoặc en', 'vi')
    .exitOverride()
  const name = args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--lang')
  if (name !== undefined && later.has(name)) {
    process.stderr.write((args.includes('en') ? sayLater.en : sayLater.vi)(name))
    process.exitCode = 2
    return
  }
  const load = name === undefined ? undefined : commands[name]
  if (load) await load(program)
  else for (const each of new Set(Object.values(commands))) await each(program)
  await program.parseAsync(args, { from: 'user' })
}

/** Wrong usage is exit 2, help is exit 0, as docs/cli.md says; commander would answer 1 for the first. */
function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } else process.exitCode = exitCodeOf(error)
}
