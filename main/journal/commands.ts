import type { Sqlite } from './database.ts'

const keepForMs = 3 * 24 * 3_600_000
/** Kept however old the clock says they are: it may have been set years ahead a moment ago. */
const keepAtLeast = 1_000

/** Answers of commands by their id, so that a command sent twice is done once and answered the same. */
export class CommandLog {
  readonly #find
  readonly #keep
  readonly #forget

  constructor(db: Sqlite) {
    this.#find = db.prepare<[string]>('SELECT answer FROM commands WHERE id = ?').pluck()
    this.#keep = db.prepare('INSERT INTO commands (id, at, answer) VALUES (?, ?, ?)')
    this.#forget = db.prepare(`DELETE FROM commands WHERE at < ? AND id NOT IN (SELECT id FROM commands ORDER BY at DESC LIMIT ${keepAtLeast})`)
  }

  /** The answer already given to this command, undefined when it is new. */
  answerOf(id: string): unknown {
    const text = this.#find.get(id)
    return typeof text === 'string' ? JSON.parse(text) : undefined
  }

  /** To be called inside the journal's transaction (`within` of `append`). */
  keep(id: string, at: number, answer: unknown): void {
    this.#keep.run(id, at, JSON.stringify(answer))
  }

  /** Forgets answers that no screen can still be waiting for. */
  tidy(now: number): void {
    this.#forget.run(now - keepForMs)
  }
}
