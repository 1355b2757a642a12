import { join } from 'node:path'
import type { Command } from 'commander'
import envPaths from 'env-paths'
import { BackupError } from '#central/backup/format.ts'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import { DatabaseUnavailableError, type Database } from '#central/database/port.ts'
import { centralMessages, type CentralMessages } from './central-messages.ts'

/** Options of `central` and its subcommands, merged. */
export interface CentralOptions {
  readonly data: string
  readonly databaseUrl?: string
  readonly port: number
  readonly host: string
  readonly publicHost?: readonly string[]
  readonly enrolFile?: string
  readonly forwardTo?: string
  readonly clockOffset: number
  readonly out: string
  readonly from: string
  readonly verify?: boolean
  readonly office: string
  readonly name: string
  readonly json?: boolean
  readonly lang?: string
}

/** A refusal that the user can mend: its message goes to stderr, exit code 1. */
export class CentralRefusal extends Error {
  override readonly name = 'CentralRefusal'
}

/** Adds the options that say which database. */
export function place(command: Command): Command {
  return command
    .option('--data <dir>', 'thư mục dữ liệu khi không có PostgreSQL', join(envPaths('motcua', { suffix: '' }).data, 'central'))
    .option('--database-url <url>', 'PostgreSQL, ví dụ postgresql://motcua@localhost/motcua')
}

/** Runs an action; what the user can mend is told in their language, the rest is a bug and throws. */
export async function perform(command: Command, action: (options: CentralOptions, words: CentralMessages) => Promise<void>): Promise<void> {
  const options = optionsOf(command)
  const words = centralMessages(options.lang)
  try {
    await action(options, words)
  } catch (error) {
    const message = messageOf(error, options, words)
    if (message === undefined) throw error
    if (options.json && error instanceof BackupError) process.stdout.write(`${JSON.stringify({ ok: false, reason: error.reason, problems: error.problems })}\n`)
    process.stderr.write(`${message}\n`)
    process.exitCode = 1
  }
}

/** Options of `central` and its subcommand alike, wherever on the line they stood; the nearer wins when given. */
function optionsOf(command: Command): CentralOptions {
  const merged: Record<string, unknown> = {}
  const chain: Command[] = []
  for (let one: Command | null = command; one; one = one.parent) chain.unshift(one)
  for (const one of chain) {
    for (const [key, value] of Object.entries(one.opts<Record<string, unknown>>())) {
      if (!(key in merged) || one.getOptionValueSource(key) !== 'default') merged[key] = value
    }
  }
  return merged as unknown as CentralOptions
}

function messageOf(error: unknown, options: CentralOptions, words: CentralMessages): string | undefined {
  if (error instanceof CentralRefusal) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return words.portTaken(options.port)
  if (error instanceof BackupError) return words.backup(error.reason, error.problems)
  if (!(error instanceof DatabaseUnavailableError)) return undefined
  switch (error.reason) {
    case 'unreachable':
      return words.unreachable(error.message)
    case 'no-password':
      return words.noPassword
    case 'in-use':
      return words.inUse(error.message)
    case 'newer-schema':
      return words.newerSchema(error.message)
    case 'unsuitable':
      return words.unsuitable(error.message)
    case 'bad-url':
      return words.badUrl
  }
}

export function print(options: CentralOptions, json: object, human: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(json) : human}\n`)
}

/** Where the options say that the database is. */
export function placeOf({ data, databaseUrl }: CentralOptions): DatabasePlace {
  return { folder: data, ...(databaseUrl === undefined ? {} : { url: databaseUrl }) }
}

export async function withDatabase(options: CentralOptions, use: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase(placeOf(options))
  try {
    await use(db)
  } finally {
    await db.close()
  }
}
