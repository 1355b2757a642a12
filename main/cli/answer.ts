import type { Command } from 'commander'

/** The options of the root program that every command obeys. */
export interface CliGlobals {
  readonly json: boolean
  readonly lang: 'vi' | 'en'
}

/** Reads `--json` and `--lang` for a command, wherever they stood on the line. */
export function globalsOf(command: Command): CliGlobals {
  const options = command.optsWithGlobals<{ json?: boolean; lang?: string }>()
  return { json: options.json === true, lang: options.lang === 'en' ? 'en' : 'vi' }
}

/** One line on stdout: JSON with `--json`, else the text for people. */
export function answer(globals: CliGlobals, data: unknown, text: string): void {
  process.stdout.write(`${globals.json ? JSON.stringify(data) : text}\n`)
}

/** Refused or failed, with a message for people; the root program prints it on stderr and exits 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** Ends a command with exit 1. */
export function refuse(message: string): never {
  throw new Refusal(message)
}

/** Wrong usage: message on stderr, exit 2. */
export function misuse(command: Command, message: string): never {
  return command.error(message, { exitCode: 2, code: 'motcua.usage' })
}
