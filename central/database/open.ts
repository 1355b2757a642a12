import { migrate } from '../migrate.ts'
import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'
import type { Database } from './port.ts'

export interface DatabasePlace {
  /** PostgreSQL, e.g. `postgresql://user:password@host/name`. Without it: PGlite in `folder/pg`. */
  readonly url?: string
  readonly folder: string
}

/** Opens a database as it is, whatever is in it. Throws DatabaseUnavailableError. */
export function openAsItIs(place: DatabasePlace): Promise<Database> {
  return place.url === undefined ? openPglite(place.folder) : openPostgres(place.url)
}

/** Opens central's database with its schema up to date. Throws DatabaseUnavailableError. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const db = await openAsItIs(place)
  try {
    await migrate(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
