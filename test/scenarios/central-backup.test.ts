import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BackupError } from '#central/backup/format.ts'
import { restoreBackup } from '#central/backup/restore.ts'
import { verifyDatabase } from '#central/backup/verify.ts'
import { openAsItIs, openDatabase, type DatabasePlace } from '#central/database/open.ts'
import { enrol } from '#central/offices.ts'
import { officeStore } from '#central/store.ts'
import { originsOf, summarise } from '#central/summary.ts'
import { dayOf } from './sync-support/office.ts'
import { emptyPlace, freshPlace } from './sync-support/place.ts'
import { freePort, postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { centralOnce, centralProcess } from './sync-support/process.ts'
import { accept, TestOffice } from './sync-support/stations.ts'
import { until } from './sync-support/wire.ts'

const missing = postgresMissing()
if (missing) console.warn(`PostgreSQL is not tested: ${missing}`)
const office = 'H15.50.05.13'

const answer = async (...args: readonly string[]): Promise<Record<string, unknown>> => JSON.parse((await centralOnce(['--json', 'central', ...args])).out) as Record<string, unknown>
const flags = ({ folder, url }: DatabasePlace): readonly string[] => (url === undefined ? ['--data', folder] : ['--database-url', url])

describe.each(['pglite', 'postgresql'] as const)('backup of central on %s', (kind) => {
  const skip = kind === 'postgresql' && missing !== null
  const folder = mkdtempSync(join(tmpdir(), 'motcua-backup-'))
  let cluster: Cluster | null = null
  const places: DatabasePlace[] = []

  async function place(having = emptyPlace): Promise<DatabasePlace> {
    const made = await having(cluster)
    places.push(made)
    return made
  }
  const out = (name: string): string => join(folder, name)

  beforeAll(async () => {
    if (kind === 'postgresql' && !skip) cluster = await startCluster()
  })
  beforeEach(({ skip: leave }) => (skip ? leave(missing ?? '') : undefined))
  afterAll(() => {
    cluster?.stop()
    for (const each of [folder, ...places.map((one) => one.folder)]) rmSync(each, { recursive: true, force: true })
  })

  /** A central with one office of that many visits. */
  async function filled(visits: number): Promise<DatabasePlace> {
    const where = await place(freshPlace)
    const db = await openDatabase(where)
    await enrol(db, office, 'Phường Hòa Phú', 1)
    await officeStore(db, office, () => 1).append(dayOf('hub.aa', visits).events)
    await db.query(`UPDATE meta SET value = '0' WHERE key = 'projection'`)
    await db.close()
    return where
  }

  test('the database is lost after a backup: stations send what came after it, nothing is lost and nothing twice', async () => {
    const port = String(await freePort())
    const [before, after] = [await place(), await place()]
    const { key } = await answer('enrol', '--office', office, '--name', 'Phường Hòa Phú', ...flags(before))
    let central = await centralProcess(['--port', port, ...flags(before)])
    const stations = new TestOffice()
    try {
      await stations.hub(['quay-3'], { central: { url: central.url, key: String(key) } })
      const counter = await stations.counter('quay-3', 3)
      const events = (): readonly { origin: string; seq: number }[] => stations.query('hub', 'SELECT origin, count(*) AS seq FROM events GROUP BY origin ORDER BY origin')
      const atCentral = async (): Promise<readonly { origin: string; seq: number; stored: number }[]> =>
        (await (await fetch(`${central.url}/api/v1/origins`, { headers: { authorization: `Bearer ${String(key)}` } })).json()) as { origin: string; seq: number; stored: number }[]
      const everythingThere = async (dossiers: number): Promise<void> => {
        await until(() => stations.query('hub', `SELECT 1 FROM events WHERE type = 'dossier.accepted'`).length === dossiers)
        await until(async () => JSON.stringify((await atCentral()).map(({ origin, seq }) => ({ origin, seq }))) === JSON.stringify(events()))
      }
      for (const n of [1, 2, 3]) await accept(counter, n)
      await everythingThere(3)
      // A folder serves one process at a time; PostgreSQL is backed up while central runs.
      if (kind === 'pglite') await central.end('SIGTERM')
      const backup = await answer('backup', '--out', out('day.backup'), ...flags(before))
      expect(backup).toMatchObject({ ok: true, offices: 1, file: out('day.backup') })
      if (kind === 'pglite') central = await centralProcess(['--port', port, ...flags(before)])
      for (const n of [4, 5]) await accept(counter, n)
      await everythingThere(5)
      const most = (await atCentral()).reduce((sum, { stored }) => sum + stored, 0)
      expect(most).toBeGreaterThan(Number(backup['events']))

      await central.end('SIGKILL')
      const restored = await answer('restore', '--from', out('day.backup'), '--verify', ...flags(after))
      expect(restored).toMatchObject({ ok: true, verified: true, kept: true, events: backup['events'], offices: 1 })
      expect(restored['epoch']).not.toBe(JSON.parse(zstdDecompressSync(readFileSync(out('day.backup'))).toString('utf8').split('\n')[0] ?? '').epoch)
      central = await centralProcess(['--port', port, ...flags(after)])
      await everythingThere(5)
      expect((await atCentral()).map(({ seq, stored }) => seq - stored)).toEqual([0, 0])
      await central.end('SIGTERM')
      const db = await openAsItIs(after)
      expect(await verifyDatabase(db, null)).toEqual([])
      expect((await summarise(db, null, 0)).offices).toMatchObject([{ office, dossiers: 5, quarantined: 0, refusals: [] }])
      expect(await db.query('SELECT code FROM dossiers')).toHaveLength(5)
      await db.close()
    } finally {
      await stations.close()
      central.child.kill('SIGKILL')
    }
  })

  test('a backup moves to the other kind of database, and its file is for its owner only', async () => {
    const from = await filled(20)
    expect(await answer('backup', '--out', folder, ...flags(from))).toMatchObject({ ok: true, events: 160, verified: false })
    const { file } = await answer('backup', '--out', folder, '--verify', ...flags(from))
    expect(statSync(String(file)).mode & 0o777).toBe(0o600)
    const other: DatabasePlace = { folder: out('moved') }
    expect(await answer('restore', '--from', String(file), '--verify', ...flags(other))).toMatchObject({ ok: true, events: 160, offices: 1, origins: 1 })
    const db = await openDatabase(other)
    expect(await originsOf(db, office)).toMatchObject([{ origin: 'hub.aa', seq: 160, stored: 160 }])
    expect((await summarise(db, office, 0)).offices).toMatchObject([{ tickets: 20, dossiers: 20, ratings: 20 }])
    await db.close()
  })

  test('nothing is restored into a database that holds something, nor from a file that is damaged, cut off, newer, or no backup', async () => {
    const from = await filled(5)
    await answer('backup', '--out', out('good.backup'), ...flags(from))
    const told = await centralOnce(['--json', 'central', 'restore', '--from', out('good.backup'), ...flags(from)])
    expect(told).toMatchObject({ code: 1, out: '{"ok":false,"reason":"not-empty","problems":[]}\n', err: expect.stringMatching(/Mời tạo cơ sở dữ liệu mới/) as string })
    const target = await openAsItIs(await place())
    const restoring = (name: string): Promise<unknown> => restoreBackup(target, out(name), true, 0).catch((error: unknown) => (error instanceof BackupError ? error.reason : error))
    const good = readFileSync(out('good.backup'))
    const plain = zstdDecompressSync(good).toString('utf8')
    const variants: Readonly<Record<string, readonly [Buffer, string]>> = {
      'cut.backup': [good.subarray(0, good.length - 20), 'damaged'],
      'flipped.backup': [Buffer.from(good.map((byte, index) => (index === good.length >> 1 ? byte ^ 0xff : byte))), 'damaged'],
      'text.backup': [Buffer.from('not a backup'), 'not-a-backup'],
      'other.backup': [zstdCompressSync(Buffer.from('{"other":1}\n')), 'not-a-backup'],
      'newer.backup': [zstdCompressSync(Buffer.from(plain.replace(/"schema":\d+/, '"schema":9999'))), 'newer-schema'],
      'no-end.backup': [zstdCompressSync(Buffer.from(plain.slice(0, plain.lastIndexOf('{"end"')))), 'damaged'],
      'one-less.backup': [zstdCompressSync(Buffer.from(plain.replace(/\n[^\n]+\thub\.aa\t7\t[^\n]+/, ''))), 'damaged'],
      'altered.backup': [zstdCompressSync(Buffer.from(plain.replace('"amount":10000', '"amount":90000'))), 'not-verified'],
      'folded.backup': [zstdCompressSync(Buffer.from(plain.replace(/"folded":null/, '"folded":{"tickets":"6:1"}'))), 'not-verified'],
    }
    for (const [name, [bytes, reason]] of Object.entries(variants)) {
      writeFileSync(out(name), bytes)
      expect([name, await restoring(name)]).toEqual([name, reason])
    }
    expect(await restoring('nowhere.backup')).toBe('missing')
    expect(await restoring('good.backup')).toMatchObject({ events: 40, offices: 1, origins: 1 })
    await target.close()
  })

  test('a backup that cannot be written leaves the one before it; a place without central is told', async () => {
    const from = await filled(2)
    await answer('backup', '--out', out('kept.backup'), ...flags(from))
    const before = readFileSync(out('kept.backup'))
    expect(await answer('backup', '--out', join(out('kept.backup'), 'below'), ...flags(from))).toMatchObject({ ok: false, reason: 'unwritable' })
    expect(readFileSync(out('kept.backup'))).toEqual(before)
    expect(await answer('backup', '--out', out('none.backup'), ...flags(await place()))).toMatchObject({ ok: false, reason: 'not-central' })
    expect((await centralOnce(['central', 'backup', ...flags(from)])).code).not.toBe(0)
  })
})
