import type { EventData, NewEvent } from '#domain/event.ts'
import { differencesOf, periodOf, totalsOf, type DayEnd, type DayTotals, type OpenDay, type SaleTotals, type TerminalSale } from '#domain/terminal-day.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import { Refusal } from './refusal.ts'

/** An attempt to close the terminal's day; the data of its end stays JSON in `doc`. */
interface Attempt {
  readonly id: string
  readonly seq: number
  readonly at: number
  readonly staff: string
  readonly state: 'asked' | 'closed' | 'refused' | 'unknown'
  readonly doc: string | null
}

interface Parts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly now: () => number
}

/** Days of this station's card terminal: what was closed, what our own book says of it, and what is open now. */
export class TerminalDays {
  readonly #parts: Parts
  readonly #latest
  readonly #lastClosed
  readonly #unclearSince
  readonly #byId
  readonly #sales
  readonly #earlier

  constructor(parts: Parts) {
    this.#parts = parts
    const { db } = parts.journal
    this.#latest = db.prepare<[string], Attempt>('SELECT * FROM v_terminal_days WHERE origin = ? ORDER BY seq DESC LIMIT 1')
    this.#lastClosed = db.prepare<[string, number], Attempt>(`SELECT * FROM v_terminal_days WHERE origin = ? AND seq < ? AND state = 'closed' ORDER BY seq DESC LIMIT 1`)
    this.#unclearSince = db.prepare<[string, number, number], Attempt>(`SELECT * FROM v_terminal_days WHERE origin = ? AND seq > ? AND seq < ? AND state IN ('asked', 'unknown') ORDER BY seq`)
    this.#byId = db.prepare<[string], Attempt>('SELECT * FROM v_terminal_days WHERE id = ?')
    const sales = `SELECT received_at AS at, code, amount, card ->> 'card' AS card, card ->> 'receipt' AS receipt FROM v_payments WHERE card IS NOT NULL AND state = 'received'`
    this.#sales = db.prepare<[string, number, number], TerminalSale>(`${sales} AND origin = ? AND received_seq > ? AND received_seq <= ? ORDER BY received_seq`)
    this.#earlier = db.prepare<[string], TerminalSale>(
      `${sales} AND origin = ? AND received_seq > (SELECT coalesce(max(seq), 0) FROM v_terminal_days WHERE v_terminal_days.origin = v_payments.origin AND v_terminal_days.state = 'closed') ORDER BY received_seq`,
    )
  }

  /** Whether this command asked before. */
  isKnown(commandId: string): boolean {
    return this.#parts.commands.answerOf(commandId) !== undefined
  }

  /** The intent, stored before the terminal is asked; answers the attempt's id. */
  ask(commandId: string, staff: string): string {
    const { journal, commands, now } = this.#parts
    const id = orderedId(now())
    journal.append(staff, [{ type: 'terminal.day-asked', subject: id, data: { staff } }], () => commands.keep(commandId, now(), { id }))
    return id
  }

  /** The terminal closed its day; `terminal` is null when it keeps the totals to its own slip. */
  closed(id: string, terminal: DayTotals | null): void {
    const attempt = this.#byId.get(id)
    if (attempt) this.#end({ type: 'terminal.day-closed', subject: id, data: this.#heldAgainst(attempt, terminal) })
  }

  /** The totals of the last closed day as a person read them on the terminal's slip; may be mended. Refused where the terminal told them itself, or closed nothing. */
  compare(staff: string, { count, amount }: SaleTotals): void {
    const last = this.last()
    const attempt = this.#latest.get(this.#parts.journal.origin)
    if (!attempt || last?.outcome !== 'closed' || (last.terminal !== null && last.typedBy === null)) throw new Refusal('day-not-to-compare')
    const held = this.#heldAgainst(attempt, { count, amount, byCard: [] })
    this.#parts.journal.append(staff, [{ type: 'terminal.day-compared', subject: attempt.id, data: { ...held, staff } }])
  }

  failed(id: string, outcome: 'refused' | 'unknown', reason: string): void {
    this.#end({ type: 'terminal.day-failed', subject: id, data: { outcome, reason } })
  }

  /** After a start: whether the day of an attempt without an end was closed, nobody knows. */
  recover(): void {
    const last = this.#latest.get(this.#parts.journal.origin)
    if (last?.state === 'asked') this.failed(last.id, 'unknown', 'restarted')
  }

  /** How the attempt that was made last ended; null when there was none. One without an end could not store it. */
  last(): DayEnd | null {
    const attempt = this.#latest.get(this.#parts.journal.origin)
    if (!attempt) return null
    const { at, staff, seq, state, doc } = attempt
    if (doc === null) return { at, staff, outcome: 'unknown', reason: 'not-stored' }
    if (state !== 'closed') return { at, staff, ...(JSON.parse(doc) as EventData['terminal.day-failed']) }
    const { since, terminal, journal, differences, staff: typedBy = null } = JSON.parse(doc) as EventData['terminal.day-closed'] & { readonly staff?: string }
    const from = since === null ? null : (this.#byId.get(since) ?? null)
    const afterUnclear = from === null || from.state === 'closed' ? null : from.at
    return { at, staff, outcome: state, terminal, journal, differences, typedBy, sales: this.#salesOf(from, seq), afterUnclear }
  }

  /** What the next closing will be held against. */
  open(): OpenDay {
    const closed = this.#closedBefore(Number.MAX_SAFE_INTEGER)
    return { closed: closed && { at: closed.at, staff: closed.staff }, totals: totalsOf(this.#salesOf(closed, Number.MAX_SAFE_INTEGER)) }
  }

  /** Our own totals of an attempt's day beside the terminal's, and since when they count. */
  #heldAgainst(attempt: Attempt, terminal: DayTotals | null): EventData['terminal.day-closed'] {
    const before = this.#closedBefore(attempt.seq)
    const periodFrom = (from: Attempt | null) => ({ since: from?.id ?? null, totals: totalsOf(this.#salesOf(from, attempt.seq)) })
    const later = this.#unclearSince.all(this.#parts.journal.origin, before?.seq ?? 0, attempt.seq).map(periodFrom)
    const { since, totals } = periodOf(terminal, [periodFrom(before), ...later])
    return { terminal, journal: totals, differences: terminal ? differencesOf(terminal, totals) : [], since }
  }

  #closedBefore(seq: number): Attempt | null {
    return this.#lastClosed.get(this.#parts.journal.origin, seq) ?? null
  }

  /** From the beginning on also those under earlier epochs of this journal: the terminal knows nothing of a disk that was put back. */
  #salesOf(from: Attempt | null, to: number): readonly TerminalSale[] {
    const { journal } = this.#parts
    const own = this.#sales.all(journal.origin, from?.seq ?? 0, to)
    if (from !== null) return own
    const retired = journal.origins().filter((origin) => journal.standing(origin) === 'retired')
    return [...retired.flatMap((origin) => this.#earlier.all(origin)), ...own]
  }

  #end(event: NewEvent): void {
    this.#parts.journal.append('system', [event])
  }
}
