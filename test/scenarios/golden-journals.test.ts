import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { migrations } from '#journal/migrations.ts'
import { verifyChains } from '#journal/verify.ts'
import { openViews, projections } from '#views/views.ts'
import { viewsThatDiffer } from '#views/verify.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'journals')
const golden = readdirSync(folder).filter((name) => name.endsWith('.db'))

/** Every view of a journal, as lines that a person can compare. */
function dump(journal: Journal): string {
  const tables = projections.flatMap((one) => one.tables).toSorted()
  const lines = tables.flatMap((table) => {
    const columns = journal.db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all()
    const rows = journal.db.prepare(`SELECT * FROM "${table}" ORDER BY ${columns.map((_, index) => index + 1).join()}`).all()
    return [`# ${table}`, ...rows.map((row) => JSON.stringify(row))]
  })
  return `${lines.join('\n')}\n`
}

test('there is a golden journal of every schema', () => {
  expect(golden).toEqual(migrations.map((_, index) => `schema-${index + 1}.db`))
})

test.each(golden)('%s is brought up to date, its chains hold, and its views are what they were', async (name) => {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-golden-'))
  copyFileSync(join(folder, name), join(dir, name))
  const journal = new Journal({ file: join(dir, name), station: 'golden', views: openViews, now: Date.now })
  const empty = openDatabase(':memory:')
  try {
    expect(verifyChains(journal)).toMatchObject({ events: 82, problems: [] })
    expect(viewsThatDiffer(journal.db, empty)).toEqual([])
    expect(journal.quarantine.list()).toEqual([])
    await expect(dump(journal)).toMatchFileSnapshot(join(folder, name.replace(/db$/, 'views.txt')))
  } finally {
    empty.close()
    journal.close()
    rmSync(dir, { recursive: true })
  }
})
