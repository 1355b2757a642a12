import type { Command } from 'commander'
import { openTerminal, type TerminalProtocol } from '#native/terminal/open.ts'
import { TerminalError, type CardTerminal, type ChargeResult } from '#native/terminal/port.ts'
import { parseAddress } from '#native/transport/address.ts'
import { globalsOf, misuse, refuse, type CliGlobals } from './answer.ts'
import { JournalDamaged, JournalFailed, TerminalJournal } from './terminal-journal.ts'
import { lockJournal } from './terminal-lock.ts'
import { terminalMessages, type TerminalMessages } from './terminal-messages.ts'

/** Options that every `terminal …` has. */
export interface Target {
  readonly to: string
  readonly protocol: TerminalProtocol
  readonly exponent: string
  readonly profile?: string
  readonly password?: string
}

/** What an action gets: its words, its terminal (opened on demand), and Ctrl C as a signal. */
export interface Context {
  readonly globals: CliGlobals
  readonly messages: TerminalMessages
  readonly open: (onOrphan?: (orphan: ChargeResult) => void) => Promise<CardTerminal>
  readonly signal: AbortSignal
}

/** Names a terminal in the file: its address without the settings of the line, which may change while it stays the same. */
export function terminalName(to: string): string {
  const address = parseAddress(to)
  return address.scheme === 'tcp' ? `tcp://${address.host}:${address.port}` : `${address.scheme}:${address.path}`
}

/** A sale may take three minutes, its recovery as long; whoever waits for the file waits for both. */
const journalPatienceMs = 400_000

/** Checks what was typed (exit 2) before anything happens. */
export function contextOf(target: Target, command: Command): Context {
  const globals = globalsOf(command)
  const messages = terminalMessages(globals.lang)
  try {
    parseAddress(target.to)
  } catch {
    misuse(command, messages.badAddress(target.to))
  }
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort())
  const { to, protocol, exponent, profile, password } = target
  const options = { exponent: exponent === '2' ? 2 : 0, ...(profile ? { profile } : {}), ...(password ? { password } : {}) } as const
  const open = async (onOrphan?: (orphan: ChargeResult) => void): Promise<CardTerminal> => {
    try {
      return await openTerminal(protocol, to, { ...options, ...(onOrphan ? { onOrphan } : {}) })
    } catch (error) {
      return error instanceof RangeError ? misuse(command, messages.badProfile) : Promise.reject(error)
    }
  }
  return { globals, messages, open, signal: stop.signal }
}

/** Runs `work` with the journal file locked and open, and closes both. A file that can't be used is exit 1 with what to do. */
export async function withJournal<T>(path: string, messages: TerminalMessages, work: (journal: TerminalJournal) => Promise<T>): Promise<T> {
  const lock = await usable(messages, () => lockJournal(path, journalPatienceMs))
  if (!lock) return refuse(messages.journalBusy)
  try {
    const journal = await usable(messages, () => Promise.resolve(new TerminalJournal(path)))
    try {
      return await work(journal)
    } catch (error) {
      return error instanceof JournalFailed ? refuse(messages.journalUnusable(error.message)) : await Promise.reject(error)
    } finally {
      journal.close()
    }
  } finally {
    lock.release()
  }
}

async function usable<T>(messages: TerminalMessages, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof JournalDamaged) return refuse(messages.journalDamaged(error.line))
    return refuse(messages.journalUnusable(error instanceof Error && 'code' in error ? String(error.code) : String(error)))
  }
}

/** Opens the terminal, asks it something and closes it; a terminal that can't be asked gives its reason instead. */
export async function asking<T>(context: Context, ask: (terminal: CardTerminal) => Promise<T>): Promise<{ readonly answer: T } | { readonly failure: TerminalError['code'] }> {
  const terminal = await context.open()
  try {
    return { answer: await ask(terminal) }
  } catch (error) {
    if (error instanceof TerminalError) return { failure: error.code }
    throw error
  } finally {
    await terminal.close()
  }
}
