import { createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import type { Database, Queryable, Transaction } from '../database/port.ts'
import { getMeta } from '../migrate.ts'
import { projectionVersion } from '../projection/fold.ts'
import { vietnamIso } from '../vietnam-time.ts'
import { BackupError, foldedNow, ownMeta, tablesOf, type Header, type Trailer } from './format.ts'

/** What was backed up. */
export interface Written {
  readonly file: string
  readonly events: number
  readonly offices: number
  readonly bytes: number
}

const newline = 10

/**
 * Writes the database as it is at this moment, while others go on writing to it. `out` is a file, replaced only once the new one is whole and on the
 * disk, or a folder (made where the path ends in `/`), in which the file gets a name by its time. The file holds key hashes and sealed personal data: only its owner may read it.
 * Throws BackupError.
 */
export async function writeBackup(db: Database, out: string, now: number): Promise<Written> {
  const at = vietnamIso(now) ?? ''
  const file = fileIn(out, at)
  const partial = `${file}.partial`
  const rows: Record<string, number> = {}
  const [central] = await db.query<{ yes: boolean }>(`SELECT to_regclass('public.meta') IS NOT NULL AS yes`)
  if (!central?.yes) throw new BackupError('not-central')
  try {
    const pack = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } })
    await db.snapshot((tx) => pipeline(Readable.from(content(tx, at, rows)), pack, createWriteStream(partial, { mode: 0o600 })))
    await sync(partial)
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw /^(ENOENT|ENOTDIR|EACCES|EPERM|EROFS|ENOSPC|EDQUOT|EIO|EISDIR)$/.test(code) ? new BackupError('unwritable', [`${code} ${file}`], error) : error
  }
  return { file, events: rows['events'] ?? 0, offices: rows['offices'] ?? 0, bytes: statSync(file).size }
}

/** A path that ends in `/` means a folder, also when nobody has made it yet: as a file it would be replaced by each backup. Throws BackupError. */
function fileIn(out: string, at: string): string {
  try {
    if (/[/\\]$/.test(out) && !existsSync(out)) mkdirSync(out, { mode: 0o700 })
  } catch (error) {
    throw new BackupError('unwritable', [out], error)
  }
  return existsSync(out) && statSync(out).isDirectory() ? join(out, `motcua-central-${at.slice(0, 19).replaceAll(/[-:]/g, '')}.backup`) : out
}

async function* content(tx: Transaction, at: string, rows: Record<string, number>): AsyncGenerator<Uint8Array> {
  yield line(await headerOf(tx, at))
  for (const { table, columns } of await tablesOf(tx)) {
    yield line({ table, columns })
    let count = 0
    for await (const piece of tx.copyOut(`SELECT ${columns.join(', ')} FROM ${table}`)) {
      for (let found = piece.indexOf(newline); found !== -1; found = piece.indexOf(newline, found + 1)) count += 1
      yield piece
    }
    rows[table] = count
    yield Buffer.from('\\.\n')
  }
  const upToDate = (await getMeta(tx, 'projection')) === String(projectionVersion)
  yield line({ end: true, rows, folded: upToDate ? await foldedNow(tx) : null } satisfies Trailer)
}

async function headerOf(tx: Queryable, at: string): Promise<Header> {
  const meta = await tx.query<{ key: string; value: string }>('SELECT key, value FROM meta')
  const all = new Map(meta.map(({ key, value }) => [key, value]))
  const kept = Object.fromEntries([...all].filter(([key]) => !ownMeta.has(key)))
  return { motcua: 'central-backup', format: 1, schema: Number(all.get('schema')), epoch: all.get('epoch') ?? '', at, meta: kept }
}

const line = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`)

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
