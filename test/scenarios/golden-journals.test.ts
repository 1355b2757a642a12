import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openDatabase } from '#journal/database.ts'
import { migrations } from '#journal/migrations.ts'
import { verifyChains } from '#journal/verify.ts'
import { viewsThatDiffer } from '#views/verify.ts'
import { dump, dumpOf, goldenJournals, withGolden, type Dump } from '../fixtures/journals/dump.ts'

test('there is a golden journal of every schema', () => {
  expect(goldenJournals).toEqual(migrations.map((_, index) => `schema-${index + 1}.db`))
})

test.each(goldenJournals)('%s is brought up to date, its chains hold, and its views say what they said', (name) => {
  const golden = JSON.parse(readFileSync(dumpOf(name), 'utf8')) as Dump
  expect(golden['v_dossiers']?.rows).toHaveLength(6)
  withGolden(name, (journal) => {
    const empty = openDatabase(':memory:')
    expect(verifyChains(journal)).toMatchObject({ events: 82, problems: [] })
    expect(viewsThatDiffer(journal.db, empty)).toEqual([])
    empty.close()
    expect(journal.quarantine.list()).toEqual([])
    expect(dump(journal, golden)).toEqual(golden)
  })
})
