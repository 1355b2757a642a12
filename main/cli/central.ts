import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import envPaths from 'env-paths'
import { z } from 'zod'
import { openDatabase } from '#central/database/open.ts'
import { DatabaseUnavailableError, type Database } from '#central/database/port.ts'
import { enrol, isOfficeCode, newAdminKey } from '#central/offices.ts'
import { rebuildIfOutdated } from '#central/projection/rebuild.ts'
import { startCentral } from '#central/server.ts'
import { centralMessages, type CentralMessages } from './central-messages.ts'

interface Options {
  readonly data: string
  readonly databaseUrl?: string
  readonly port: number
  readonly host: string
  readonly publicHost?: readonly string[]
  readonly enrolFile?: string
  readonly clockOffset: number
  readonly office: string
  readonly name: string
  readonly json?: boolean
  readonly lang?: string
}

/** Environment variable with an admin key to use from this start on, for scripts that read the API. */
const adminKeyVariable = 'MOTCUA_CENTRAL_ADMIN_KEY'

/** A refusal that the user can mend: its message goes to stderr, exit code 1. */
class CentralRefusal extends Error {
  override readonly name = 'CentralRefusal'
}

/** Adds `central`, `central enrol` and `central admin-key` to the command line. */
export function registerCentral(program: Command): void {
  const central = place(program.command('central').description('chạy máy chủ tỉnh (bản mẫu)'))
    .option('--port <n>', 'cổng; 0 lấy cổng trống', portOf, 7420)
    .option('--host <address>', 'địa chỉ lắng nghe; TLS là việc của proxy phía trước', '127.0.0.1')
    .option('--public-host <name...>', 'tên mà proxy hoặc DNS dẫn tới máy này, ví dụ motcua.daklak.gov.vn')
    .option('--enrol-file <file>', 'JSON [{office,name,key}] ghi danh lúc khởi động')
    .addOption(new Option('--clock-offset <ms>', 'for demonstrations: how far the clock is ahead of the machine').default(0).argParser(Number).hideHelp())
    .action(async (_own: unknown, command: Command) => perform(command, serve))
  place(central.command('enrol').description('ghi danh một bộ phận một cửa, in khóa mới một lần'))
    .requiredOption('--office <code>', 'mã bộ phận, ví dụ H15.50.05.13')
    .requiredOption('--name <name>', 'tên bộ phận')
    .action(async (_own: unknown, command: Command) => perform(command, enrolOffice))
  place(central.command('admin-key').description('in khóa quản trị mới một lần')).action(async (_own: unknown, command: Command) => perform(command, makeAdminKey))
}

function place(command: Command): Command {
  return command
    .option('--data <dir>', 'thư mục dữ liệu khi không có PostgreSQL', join(envPaths('motcua', { suffix: '' }).data, 'central'))
    .option('--database-url <url>', 'PostgreSQL, ví dụ postgresql://motcua@localhost/motcua')
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError(centralMessages(undefined).badPort)
  return port
}

/** Runs an action; what the user can mend is told in their language, the rest is a bug and throws. */
async function perform(command: Command, action: (options: Options, words: CentralMessages) => Promise<void>): Promise<void> {
  const options = optionsOf(command)
  const words = centralMessages(options.lang)
  try {
    await action(options, words)
  } catch (error) {
    const message = messageOf(error, options, words)
    if (message === undefined) throw error
    process.stderr.write(`${message}\n`)
    process.exitCode = 1
  }
}

/** Options of `central` and its subcommand alike, wherever on the line they stood; the nearer wins when given. */
function optionsOf(command: Command): Options {
  const merged: Record<string, unknown> = {}
  const chain: Command[] = []
  for (let one: Command | null = command; one; one = one.parent) chain.unshift(one)
  for (const one of chain) {
    for (const [key, value] of Object.entries(one.opts<Record<string, unknown>>())) {
      if (!(key in merged) || one.getOptionValueSource(key) !== 'default') merged[key] = value
    }
  }
  return merged as unknown as Options
}

function messageOf(error: unknown, options: Options, words: CentralMessages): string | undefined {
  if (error instanceof CentralRefusal) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return words.portTaken(options.port)
  if (!(error instanceof DatabaseUnavailableError)) return undefined
  switch (error.reason) {
    case 'unreachable':
      return words.unreachable(error.message)
    case 'in-use':
      return words.inUse(error.message)
    case 'newer-schema':
      return words.newerSchema(error.message)
    case 'bad-url':
      return words.badUrl
  }
}

function print(options: Options, json: object, human: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(json) : human}\n`)
}

async function withDatabase(options: Options, use: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase({ folder: options.data, ...(options.databaseUrl === undefined ? {} : { url: options.databaseUrl }) })
  try {
    await use(db)
  } finally {
    await db.close()
  }
}

async function serve(options: Options, words: CentralMessages): Promise<void> {
  const stop = stopSignal()
  await withDatabase(options, async (db) => {
    await rebuildIfOutdated(db)
    if (options.enrolFile !== undefined) await enrolAll(db, options.enrolFile, words)
    const adminKey = process.env[adminKeyVariable]
    if (adminKey) await newAdminKey(db, adminKey)
    const now = () => Date.now() + options.clockOffset
    const { port, host, publicHost = [] } = options
    const central = await startCentral({ db, now, port, host, publicHosts: publicHost, onError: (error) => process.stderr.write(`central: ${error.message}\n`) })
    print(options, { ready: true, url: central.url }, words.ready(central.url))
    await stop
    await central.close()
  })
}

/** Resolves at SIGTERM or SIGINT; caught from the first moment, so that nothing is cut off while starting. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

const enrolFile = z.array(z.object({ office: z.string().refine(isOfficeCode), name: z.string().min(1).max(200), key: z.string().min(16).max(500) }))

async function enrolAll(db: Database, file: string, words: CentralMessages): Promise<void> {
  let read: z.infer<typeof enrolFile>
  try {
    read = enrolFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new CentralRefusal(words.badEnrolFile(file), { cause: error })
  }
  for (const { office, name, key } of read) await enrol(db, office, name, Date.now(), key)
}

async function enrolOffice(options: Options, words: CentralMessages): Promise<void> {
  const { office, name } = options
  if (!isOfficeCode(office)) throw new CentralRefusal(words.badOffice(office))
  await withDatabase(options, async (db) => {
    const key = await enrol(db, office, name, Date.now())
    print(options, { office, key }, words.enrolled(office, key))
  })
}

async function makeAdminKey(options: Options, words: CentralMessages): Promise<void> {
  await withDatabase(options, async (db) => {
    const key = await newAdminKey(db)
    print(options, { key }, words.adminKey(key))
  })
}
