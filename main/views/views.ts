import type { EventType } from '#domain/event.ts'
import type { Sqlite } from '#journal/database.ts'
import type { Fold, FoldedEvent, PutAside } from '#journal/journal.ts'
import { codes } from './codes.ts'
import { dossiers } from './dossiers.ts'
import { erasures } from './erasures.ts'
import { numbers } from './numbers.ts'
import { prints } from './prints.ts'
import type { Fact, Projection } from './projection.ts'
import { ratings } from './ratings.ts'
import { settled } from './settled.ts'
import { terminalDays } from './terminal-days.ts'
import { tickets } from './tickets.ts'

/** All projections of a station. */
export const projections: readonly Projection[] = [tickets, dossiers, ratings, prints, codes, numbers, erasures, terminalDays, settled]

/** Version of all folding together: when it changes, the tables are folded anew from the journal. */
const versionOf = (all: readonly Projection[]): string => all.map((one) => `${one.name}:${one.version}`).join(' ')

/** Makes the tables (folding the journal again where their version changed) and answers how to fold one event. */
export function openViews(db: Sqlite, aside: PutAside = () => undefined, all: readonly Projection[] = projections): Fold {
  db.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID')
  const have = db.prepare(`SELECT value FROM meta WHERE key = 'views'`).pluck().get()
  if (have === versionOf(all)) return folder(db, all)
  return db.transaction(() => {
    const fold = createViews(db, all)
    db.exec('DELETE FROM quarantine')
    refold(db, fold, aside)
    db.prepare(`INSERT INTO meta (key, value) VALUES ('views', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`).run(versionOf(all))
    return fold
  })()
}

/** Drops and makes the tables empty. */
export function createViews(db: Sqlite, all: readonly Projection[] = projections): Fold {
  const old = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'v\\_%' ESCAPE '\\'`).all()
  for (const { name } of old) db.exec(`DROP TABLE "${name}"`)
  for (const projection of all) db.exec(projection.schema)
  return folder(db, all)
}

/** Folds every event of `from` in the order of arrival; what the views could not take when it came is passed over as it was then. */
export function refold(from: Sqlite, fold: Fold, aside: PutAside = () => undefined): number {
  const events = from.prepare<[number], FoldedEvent & { n: number }>(
    'SELECT n, origin, seq, at, type, version, subject, data FROM events WHERE n > ? ORDER BY n LIMIT 2000',
  )
  let [last, count] = [0, 0]
  for (;;) {
    const page = events.all(last)
    for (const event of page) {
      try {
        fold(event)
      } catch (error) {
        // A failing disk ends the folding; what an event is made of does not.
        if (error instanceof Error && 'code' in error && /^SQLITE_(IOERR|FULL)/.test(String(error.code))) throw error
        aside(event, error)
      }
    }
    count += page.length
    const end = page.at(-1)
    if (!end) return count
    last = end.n
  }
}

type AnyHandler = (fact: Fact<EventType>) => void

function folder(db: Sqlite, all: readonly Projection[]): Fold {
  const byType = new Map<string, AnyHandler[]>()
  for (const projection of all) {
    for (const [type, handler] of Object.entries(projection.handlers(db))) {
      byType.set(type, [...(byType.get(type) ?? []), handler as AnyHandler])
    }
  }
  // An event of a newer version is kept by the journal and passed over here; the upgrade folds anew.
  return (event) => {
    const handlers = event.version === 1 ? byType.get(event.type) : undefined
    if (!handlers) return
    const fact = { origin: event.origin, seq: event.seq, at: event.at, subject: event.subject, data: JSON.parse(event.data) }
    for (const handler of handlers) handler(fact)
  }
}
