import type { DayTotals } from '#domain/terminal-day.ts'
import type { CardTerminal, TerminalError } from '#native/terminal/port.ts'
import type { ChargeDesk } from './charge-desk.ts'

/** Where attempts are stored, durably, before each call returns. */
export interface DayBook {
  /** Whether this command was done before. */
  readonly isKnown: (commandId: string) => boolean
  /** Answers the attempt's id. */
  readonly ask: (commandId: string, staff: string) => string
  readonly closed: (id: string, terminal: DayTotals | null) => void
  readonly failed: (id: string, outcome: 'refused' | 'unknown', reason: string) => void
}

interface Parts {
  readonly book: DayBook
  readonly charges: Pick<ChargeDesk, 'whyNot' | 'occupy' | 'hasTerminal' | 'canBeAsked'>
  readonly now: () => number
  readonly log: (code: string, error: unknown) => void
}

/**
 * Closes the day of the card terminal with intent and outcome, never while a payment runs or is in doubt. Closing moves no money between cards and the office, so an attempt
 * whose answer was lost may be made again: a terminal that had closed closes an empty day.
 */
export class DayClosing {
  readonly #parts: Parts
  #since: number | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Since when the terminal closes its day, epoch ms; null when it doesn't. */
  runningSince(): number | null {
    return this.#since
  }

  /** What keeps the day from being closed now: a key of refusals behind `day-`; null when nothing does. */
  whyNot(): string | null {
    return this.#parts.charges.whyNot()
  }

  /** The terminal hangs on no cable: its day is closed on its own keys, and what is done here is to note that it was. */
  get isByHand(): boolean {
    const { hasTerminal, canBeAsked } = this.#parts.charges
    return hasTerminal && !canBeAsked
  }

  /** Asks the terminal to close its day, once a command; answers why not. The outcome comes by the book. */
  begin(commandId: string, staff: string): string | null {
    const { book, charges, now } = this.#parts
    if (book.isKnown(commandId)) return null
    const why = this.whyNot()
    if (why !== null) return why
    const id = book.ask(commandId, staff)
    if (this.isByHand) {
      book.closed(id, null)
      return null
    }
    this.#since = now()
    charges.occupy((terminal) => this.#close(id, terminal))
    return null
  }

  async #close(id: string, terminal: CardTerminal): Promise<void> {
    const { book, log } = this.#parts
    try {
      const unheard = await unheardOf(terminal)
      if (unheard !== null) return book.failed(id, 'refused', unheard)
      book.closed(id, await terminal.endOfDay())
    } catch (error) {
      log('terminal-day.not-closed', error)
      this.#failed(id, error)
    } finally {
      this.#since = null
    }
  }

  /** A terminal that answered just before and not this time may have closed; so may one whose outcome could not be stored, which is left to the next start. */
  #failed(id: string, error: unknown): void {
    const { book, log } = this.#parts
    const said = isTerminalError(error) && error.code !== 'unreachable' ? error.code : null
    try {
      book.failed(id, said === null ? 'unknown' : 'refused', said ?? 'no-answer')
    } catch (again) {
      log('terminal-day.outcome-not-stored', again)
    }
  }
}

/** Why the terminal can't be spoken with, before anything is asked of it; null when it answers. A terminal without that question answers too. */
async function unheardOf(terminal: CardTerminal): Promise<string | null> {
  try {
    await terminal.last()
    return null
  } catch (error) {
    if (!isTerminalError(error)) throw error
    return error.code === 'unsupported' ? null : error.code
  }
}

const isTerminalError = (error: unknown): error is TerminalError => error instanceof Error && error.name === 'TerminalError'
