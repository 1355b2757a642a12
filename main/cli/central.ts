import { readFileSync } from 'node:fs'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { z } from 'zod'
import type { Database } from '#central/database/port.ts'
import { startForwarder } from '#central/foreign/forwarder.ts'
import { httpSystem } from '#central/foreign/http-system.ts'
import { enrol, isOfficeCode, isOfficeName, newAdminKey } from '#central/offices.ts'
import { rebuildIfOutdated } from '#central/projection/rebuild.ts'
import { startCentral } from '#central/server.ts'
import { registerBackup } from './central-backup.ts'
import { centralMessages, type CentralMessages } from './central-messages.ts'
import { CentralRefusal, perform, place, print, withDatabase, type CentralOptions } from './central-options.ts'

/** Environment variable with an admin key to use from this start on, for scripts that read the API. */
const adminKeyVariable = 'MOTCUA_CENTRAL_ADMIN_KEY'

/** Environment variable with the key of the system that `--forward-to` names: an argument is seen by everybody on the machine. */
const forwardKeyVariable = 'MOTCUA_FORWARD_KEY'

/** Adds `central` and its subcommands to the command line. */
export function registerCentral(program: Command): void {
  const central = place(program.command('central').description('chạy máy chủ tỉnh (bản mẫu)'))
    .option('--port <n>', 'cổng; 0 lấy cổng trống', portOf, 7420)
    .option('--host <address>', 'địa chỉ lắng nghe; TLS là việc của proxy phía trước', '127.0.0.1')
    .option('--public-host <name...>', 'tên mà proxy hoặc DNS dẫn tới máy này, ví dụ motcua.daklak.gov.vn')
    .option('--enrol-file <file>', 'JSON [{office,name,key}] ghi danh lúc khởi động')
    .option('--forward-to <url>', `hệ thống sẵn có của tỉnh mà mỗi hồ sơ được báo sang; khóa của nó ở biến ${forwardKeyVariable}`)
    .addOption(new Option('--clock-offset <ms>', 'for demonstrations: how far the clock is ahead of the machine').default(0).argParser(Number).hideHelp())
    .action(async (_own: unknown, command: Command) => perform(command, serve))
  place(central.command('enrol').description('ghi danh một bộ phận một cửa, in khóa mới một lần'))
    .requiredOption('--office <code>', 'mã bộ phận, ví dụ H15.50.05.13')
    .requiredOption('--name <name>', 'tên bộ phận')
    .action(async (_own: unknown, command: Command) => perform(command, enrolOffice))
  place(central.command('admin-key').description('in khóa quản trị mới một lần')).action(async (_own: unknown, command: Command) => perform(command, makeAdminKey))
  registerBackup(central)
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError(centralMessages(undefined).badPort)
  return port
}

async function serve(options: CentralOptions, words: CentralMessages): Promise<void> {
  const stop = stopSignal()
  await withDatabase(options, async (db) => {
    await rebuildIfOutdated(db)
    if (options.enrolFile !== undefined) await enrolAll(db, options.enrolFile, words)
    const adminKey = process.env[adminKeyVariable]
    if (adminKey) await newAdminKey(db, adminKey)
    const now = () => Date.now() + options.clockOffset
    const { port, host, publicHost = [], forwardTo } = options
    if (forwardTo !== undefined && !/^https?:\/\//.test(forwardTo)) throw new CentralRefusal(words.badForward)
    const onError = (error: Error): void => void process.stderr.write(`central: ${error.message}\n`)
    const central = await startCentral({ db, now, port, host, publicHosts: publicHost, onError })
    const forwarder = forwardTo === undefined ? null : startForwarder({ db, now, onError, system: httpSystem({ url: forwardTo, key: process.env[forwardKeyVariable] ?? '' }) })
    print(options, { ready: true, url: central.url }, words.ready(central.url))
    await stop
    await forwarder?.close()
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

const enrolFile = z
  .array(z.object({ office: z.string().refine(isOfficeCode), name: z.string().refine(isOfficeName), key: z.string().min(16).max(500) }))
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length)

async function enrolAll(db: Database, file: string, words: CentralMessages): Promise<void> {
  let read: z.infer<typeof enrolFile>
  try {
    read = enrolFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new CentralRefusal(words.badEnrolFile(file), { cause: error })
  }
  for (const { office, name, key } of read) await enrol(db, office, name, Date.now(), key)
}

async function enrolOffice(options: CentralOptions, words: CentralMessages): Promise<void> {
  const { office, name } = options
  if (!isOfficeCode(office)) throw new CentralRefusal(words.badOffice(office))
  if (!isOfficeName(name)) throw new CentralRefusal(words.badName)
  await withDatabase(options, async (db) => {
    const key = await enrol(db, office, name, Date.now())
    print(options, { office, key }, words.enrolled(office, key))
  })
}

async function makeAdminKey(options: CentralOptions, words: CentralMessages): Promise<void> {
  await withDatabase(options, async (db) => {
    const key = await newAdminKey(db)
    print(options, { key }, words.adminKey(key))
  })
}
