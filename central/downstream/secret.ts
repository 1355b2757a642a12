import { createHmac, randomBytes } from 'node:crypto'
import type { Queryable } from '../database/port.ts'

/** The province's secret under which persons to be forgotten are named; drawn when it is first needed. Base64. */
export async function erasureSecret(db: Queryable): Promise<string> {
  await db.query(`INSERT INTO meta (key, value) VALUES ('erasure_secret', $1) ON CONFLICT (key) DO NOTHING`, [randomBytes(32).toString('base64')])
  const [row] = await db.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'erasure_secret'`)
  return row?.value ?? ''
}

/** How an ID number is named, as `main/vault/erasure-tokens.ts` does it at the stations. The number itself is kept nowhere. */
export function erasureToken(secret: string, idNumber: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64')).update(`person:${idNumber}`).digest('hex')
}
