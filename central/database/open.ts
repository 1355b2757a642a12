import { migrate } from '../migrate.ts'
import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'
import type { Database } from './port.ts'

export interface DatabasePlace {
  /** PostgreSQL, e.g. `postgresql://user:password@host/name`. Without it: PGlite in `folder/pg`. */
  readonly url?: string
  readonly folder: string
}

/** Opens central's database with its schema up to date. Throws DatabaseUnavailableError. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const db = place.url === undefined ? await openPglite(place.folder) : await openPostgres(place.url)
  try {
    await migrate(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
