import type { StoredEvent } from '#domain/event.ts'
import type { Database, Queryable } from '../database/port.ts'
import { getMeta, setMeta } from '../migrate.ts'
import { heldBack, retryQuarantine } from '../downstream/quarantine.ts'
import { restoreStatuses } from '../downstream/statuses.ts'
import { apply } from './apply.ts'
import { fold, projectionVersion } from './fold.ts'

const page = 5_000

/** Folds all projections anew when this version folds differently from the one that wrote them. Answers whether it did. */
export async function rebuildIfOutdated(db: Database): Promise<boolean> {
  if (!(await isOutdated(db))) return false
  return db.longTransaction(async (tx) => {
    // Of several processes that start at once, one does it while the others wait here.
    await tx.query('LOCK TABLE origins IN EXCLUSIVE MODE')
    if (!(await isOutdated(tx))) return false
    await rebuildIn(tx, Date.now())
    return true
  })
}

const isOutdated = async (db: Queryable): Promise<boolean> => (await getMeta(db, 'projection')) !== String(projectionVersion)

/**
 * Empties the projections and folds every stored event, in one transaction; processes that ingest wait meanwhile. What was in quarantine
 * comes last, so that of two dossiers with one code the same one counts as before.
 */
export async function rebuild(db: Database, now = Date.now()): Promise<void> {
  await db.longTransaction((tx) => rebuildIn(tx, now))
}

/** The same inside the caller's transaction. */
export async function rebuildIn(tx: Queryable, now: number): Promise<void> {
  await tx.query('LOCK TABLE origins IN EXCLUSIVE MODE')
  const aside = new Set((await heldBack(tx, null)).map(placeOf))
  await tx.query('TRUNCATE tickets, dossiers, payments, ratings')
  await restoreStatuses(tx)
  const origins = await tx.query<{ office: string; origin: string }>('SELECT office, origin FROM origins ORDER BY office, origin')
  for (const { office, origin } of origins) {
    for await (const events of pages(tx, office, origin)) {
      await apply(tx, office, origin, fold(events.filter(({ seq }) => !aside.has(placeOf({ office, origin, seq })))))
    }
  }
  await retryQuarantine(tx, null, now)
  await setMeta(tx, 'projection', String(projectionVersion))
}

const placeOf = ({ office, origin, seq }: { readonly office: string; readonly origin: string; readonly seq: number }): string => `${office} ${origin} ${seq}`

/** All events of an origin in order, page by page. `prev` and `hash` are not needed for folding and left empty. */
async function* pages(tx: Queryable, office: string, origin: string): AsyncGenerator<readonly StoredEvent[]> {
  for (let seq = 0; ; seq += page) {
    const events = await tx.query<StoredEvent>(
      `SELECT origin, seq, at, actor, type, version, subject, data, '' AS prev, '' AS hash FROM events
       WHERE office = $1 AND origin = $2 AND seq > $3::bigint AND seq <= $3::bigint + $4::bigint ORDER BY seq`,
      [office, origin, seq, page],
    )
    if (events.length === 0) return
    yield events
  }
}
