import { isDiskFailure, type Sqlite } from './database.ts'
import type { Fold, FoldedEvent } from './journal.ts'

/** Why the views could not take an event: its number or code is another's already, or its content is not what its type has. */
export type QuarantineReason = 'duplicate' | 'malformed'

/** Another station's event that is stored and not shown anywhere. */
export interface Quarantined {
  readonly origin: string
  readonly seq: number
  readonly at: number
  readonly reason: QuarantineReason
  readonly type: string
  readonly subject: string
}

const longestPage = 200

/** Events that could not be folded into the views. They wait here in sight of the supervisor; nothing waits behind them. */
export class Quarantine {
  readonly #db: Sqlite
  readonly #fold: Fold
  readonly #read
  readonly #drop

  constructor(db: Sqlite, fold: Fold) {
    this.#db = db
    this.#fold = fold
    this.#read = db.prepare<[], Quarantined & FoldedEvent>(
      'SELECT q.origin, q.seq, q.at, q.reason, e.type, e.subject, e.version, e.data FROM quarantine q JOIN events e USING (origin, seq) ORDER BY q.at, q.origin, q.seq',
    )
    this.#drop = db.prepare('DELETE FROM quarantine WHERE origin = ? AND seq = ?')
  }

  /** The oldest of those that are `open`: more than a page holds nobody reads. */
  list(open: (event: Quarantined) => boolean = () => true): readonly Quarantined[] {
    const page: Quarantined[] = []
    for (const { origin, seq, at, reason, type, subject } of this.#read.iterate()) {
      const event = { origin, seq, at, reason, type, subject }
      if (open(event)) page.push(event)
      if (page.length === longestPage) break
    }
    return page
  }

  /** Folds them once more, each for itself; answers how many are well now. */
  retry(): number {
    const attempt = this.#db.transaction((event: Quarantined & FoldedEvent) => {
      this.#fold(event)
      this.#drop.run(event.origin, event.seq)
    })
    return this.#read.all().filter((event) => {
      try {
        attempt(event)
        return true
      } catch (error) {
        if (isDiskFailure(error)) throw error
        return false
      }
    }).length
  }
}

/** Puts an event aside; to be called in the transaction in which it was stored or folded. */
export function putAside(db: Sqlite, { origin, seq, at }: { readonly origin: string; readonly seq: number; readonly at: number }, error: unknown): void {
  db.prepare('INSERT INTO quarantine (origin, seq, at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(origin, seq, at, reasonOf(error))
}

function reasonOf(error: unknown): QuarantineReason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(code) ? 'duplicate' : 'malformed'
}
