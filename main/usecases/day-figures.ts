import { startOfDay, localDay } from '#domain/local-time.ts'
import type { Journal } from '#journal/journal.ts'

export interface Figures {
  readonly tickets: number
  readonly dossiers: number
  readonly cash: number
  readonly vietqr: number
  /** At the card terminal: by card, and by its QR code. */
  readonly card: number
  readonly terminalQr: number
  readonly ratings: readonly [number, number, number, number, number]
}

/** Counts of the present day out of the views. */
export class DayFigures {
  readonly #now: () => number
  readonly #tickets
  readonly #dossiers
  readonly #money
  readonly #ratings

  constructor(journal: Journal, now: () => number) {
    this.#now = now
    this.#tickets = journal.db.prepare<[string]>('SELECT count(*) FROM v_tickets WHERE day = ?').pluck()
    this.#dossiers = journal.db.prepare<[number]>('SELECT count(*) FROM v_dossiers WHERE received_at >= ?').pluck()
    this.#money = journal.db.prepare<[number], { method: string; total: number }>(
      `SELECT method, sum(amount) AS total FROM v_payments WHERE state = 'received' AND received_at >= ? GROUP BY method`,
    )
    this.#ratings = journal.db.prepare<[number], { score: number; n: number }>(
      `SELECT score, count(*) AS n FROM v_ratings WHERE state = 'given' AND opened_at >= ? GROUP BY score`,
    )
  }

  today(): Figures {
    const day = localDay(this.#now())
    const from = startOfDay(day)
    const money = new Map(this.#money.all(from).map((row) => [row.method, row.total]))
    const scores = new Map(this.#ratings.all(from).map((row) => [row.score, row.n]))
    const of = (score: number) => scores.get(score) ?? 0
    return {
      tickets: Number(this.#tickets.get(day)),
      dossiers: Number(this.#dossiers.get(from)),
      cash: money.get('cash') ?? 0,
      vietqr: money.get('vietqr') ?? 0,
      card: money.get('card') ?? 0,
      terminalQr: money.get('terminal-qr') ?? 0,
      ratings: [of(5), of(4), of(3), of(2), of(1)],
    }
  }
}
