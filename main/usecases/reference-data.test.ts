import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Downstream } from '#journal/downstream.ts'
import { Journal } from '#journal/journal.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import { openViews } from '#views/views.ts'
import { ReferenceData } from './reference-data.ts'

let dir: string
let journal: Journal
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-reference-'))
  journal = new Journal({ file: join(dir, 'journal.db'), station: 'hub', views: openViews, now: Date.now })
})
afterEach(() => {
  journal.close()
  rmSync(dir, { recursive: true, force: true })
})

const [before, after] = ['2026-12-31', '2027-01-01']
const open = '1.000656'

it('a price changes with the day, and screens are told of it by another revision', () => {
  const downstream = new Downstream(journal.db)
  const reference = new ReferenceData(downstream, loadCatalogue())
  const cost = (day: string) => reference.procedures(day).get(open)?.fees[0]?.amountVnd
  const put = (kind: string, key: string, body: unknown) => downstream.put({ kind, key, at: 1, body: body === null ? null : JSON.stringify(body) })
  const first = reference.revision(before)
  put('price', 'p', { procedure: open, fee: 'Lệ phí', from: after, amountVnd: 8_000 })
  expect([cost(before), cost(after), cost(before)]).toEqual([null, 8_000, null])
  expect(new Set([first, reference.revision(before), reference.revision(after)]).size).toBe(3)

  // A whole new version of the procedure, and the price on top of it.
  const shipped = loadCatalogue().procedure(open)
  put('procedure', `${open}@${after}`, { code: open, from: after, procedure: { ...shipped, shortName: 'Tên mới' } })
  expect(reference.procedures(after).get(open)).toMatchObject({ shortName: 'Tên mới', fees: [{ amountVnd: 8_000 }] })

  // What a later version may send and this one can't read changes nothing.
  put('price', 'p2', { procedure: open, fee: 'Lệ phí', amountVnd: 'tám nghìn' })
  expect(cost(after)).toBe(8_000)
  const told = reference.revision(after)
  put('status', 'H15.50.05.13-261123-0001', { status: 4 })
  expect(reference.revision(after)).toBe(told)
  put('price', 'p', null)
  expect(cost(after)).toBeNull()
  expect(reference.revision(after)).not.toBe(told)
})
