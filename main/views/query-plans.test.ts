import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PrintDesk } from '#effects/print-desk.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal, newestOfEach } from '#journal/journal.ts'
import { DayFigures } from '#usecases/day-figures.ts'
import { DossierStore } from '#usecases/dossier-store.ts'
import { Payments } from '#usecases/payments.ts'
import { TerminalDays } from '#usecases/terminal-days.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from './views.ts'

/** A station's journal, and the text of every statement that was prepared while `work` ran. */
function prepared(work: (journal: Journal, vault: Vault) => void): { readonly journal: Journal; readonly statements: readonly string[] } {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-plans-'))
  const journal = new Journal({ file: join(dir, 'j.db'), station: 'a', views: openViews, now: Date.now })
  const vault = new Vault(join(dir, 'v.db'), randomBytes(32))
  onTestFinished(() => {
    journal.close()
    vault.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const statements: string[] = []
  const prepare = journal.db.prepare.bind(journal.db)
  journal.db.prepare = ((sql: string) => {
    statements.push(sql)
    return prepare(sql)
  }) as typeof prepare
  work(journal, vault)
  journal.db.prepare = prepare
  return { journal, statements }
}

const plan = (journal: Journal, sql: string): readonly string[] =>
  journal.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from(sql.matchAll(/\?/g), () => null)).map((row) => row.detail)

it('what a screen looks up is found by an index, however long the journal is', () => {
  const { journal, statements } = prepared((journal, vault) => {
    const commands = new CommandLog(journal.db)
    const dossiers = new DossierStore(journal, vault)
    void [new PrintDesk(journal, null, Date.now), new DayFigures(journal, Date.now), new Payments({ journal, commands, dossiers, now: Date.now }), new TerminalDays({ journal, commands, now: Date.now })]
  })
  const reads = statements.filter((sql) => sql.trimStart().startsWith('SELECT'))
  expect(reads.length).toBeGreaterThan(8)
  // The newest few in the order of an index are no scan: the walk ends with the limit.
  const walks = (step: string, sql: string) => step.includes('USING INDEX') && /ORDER BY \w+ DESC LIMIT [\w?]+$/.test(sql)
  const scans = reads.flatMap((sql) => plan(journal, sql).filter((step) => step.startsWith('SCAN') && !walks(step, sql)).map((step) => `${step}: ${sql}`))
  expect(scans).toEqual([])
})

it('the newest event of each origin is found without reading the others', () => {
  const { journal } = prepared(() => undefined)
  expect(plan(journal, newestOfEach).filter((step) => /SCAN (events|last)/.test(step))).toEqual([])
  journal.append('kiosk', [{ type: 'help.asked', subject: 'k', data: { station: 'k' } }])
  expect(journal.db.prepare(newestOfEach).all()).toMatchObject([{ origin: journal.origin, seq: 1 }])
})
