import { keyHash, newKey } from '#sync/protocol/keys.ts'
import type { Database } from './database/port.ts'
import { getMeta, setMeta } from './migrate.ts'

/** Who holds a key. */
export type Holder =
  | { readonly kind: 'admin' }
  | { readonly kind: 'office'; readonly office: string }
  | { readonly kind: 'revoked' }

const officeCode = /^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/

/** Office codes as they are given (`H15.50.05.13`): letters, digits, dots, hyphens. */
export function isOfficeCode(code: string): boolean {
  return officeCode.test(code)
}

/** What an office may be called: one line that is not blank. */
export function isOfficeName(name: string): boolean {
  return name.length <= 200 && /\S/.test(name) && !/[\p{Cc}\p{Cs}]/u.test(name)
}

/** Finds whose key this is, by its hash; null for nobody's. The index look-up compares hashes of 256-bit keys, which leaks nothing of use. */
export async function holderOf(db: Database, key: string): Promise<Holder | null> {
  if (key === '') return null
  const hash = keyHash(key)
  if ((await getMeta(db, 'admin_key_hash')) === hash) return { kind: 'admin' }
  const rows = await db.query<{ office: string; revoked_at: number | null }>('SELECT office, revoked_at FROM offices WHERE key_hash = $1', [hash])
  const [row] = rows
  if (!row) return null
  return row.revoked_at === null ? { kind: 'office', office: row.office } : { kind: 'revoked' }
}

/** Enrols an office, or gives an enrolled one a new key (the old one ends). The answer is the only time the key is seen. */
export async function enrol(db: Database, office: string, name: string, now: number, key = newKey('mcv')): Promise<string> {
  await db.query(
    `INSERT INTO offices (office, name, key_hash, enrolled_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (office) DO UPDATE SET name = excluded.name, key_hash = excluded.key_hash, revoked_at = NULL`,
    [office, name, keyHash(key), now],
  )
  return key
}

/** Ends an office's key; what it sent stays. Answers false when there is no such office. */
export async function revoke(db: Database, office: string, now: number): Promise<boolean> {
  const rows = await db.query('UPDATE offices SET revoked_at = coalesce(revoked_at, $2) WHERE office = $1 RETURNING 1', [office, now])
  return rows.length === 1
}

/** Makes a new admin key; the old one ends. */
export async function newAdminKey(db: Database, key = newKey('mca')): Promise<string> {
  await setMeta(db, 'admin_key_hash', keyHash(key))
  return key
}

/** Notes that an office was heard of, to the second; also when this machine's clock was ahead and is right again. */
export async function touch(db: Database, office: string, now: number): Promise<void> {
  await db.query('UPDATE offices SET last_contact = $2::bigint WHERE office = $1 AND (last_contact BETWEEN $2::bigint - 1000 AND $2::bigint + 1000) IS NOT TRUE', [office, now])
}
