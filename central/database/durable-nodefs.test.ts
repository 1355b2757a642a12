import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { openPglite } from './pglite.ts'

afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

it('each acknowledged commit of PGlite was synced to the disk: as shipped none is, and an update of PGlite could bring that back unseen', { timeout: 60_000 }, async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'motcua-fsync-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  const sync = vi.spyOn(fs, 'fsyncSync')
  syncBuiltinESMExports()
  const db = await openPglite(folder)
  try {
    await db.query('CREATE TABLE told (n integer)')
    for (let n = 0; n < 3; n += 1) {
      const before = sync.mock.calls.length
      await db.transaction((tx) => tx.query('INSERT INTO told VALUES ($1)', [n]))
      expect(sync.mock.calls.length).toBeGreaterThan(before)
    }
  } finally {
    await db.close()
  }
})
